using System.Text.Json;
using System.Text.Json.Nodes;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Judge;
using RewardServer.Grading.Graders.Maths;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Compatibility.NemoGym;

/// <summary>Answers <c>/verify</c>: each outcome in the way in which no caller trains on what is no score of the candidate's.</summary>
/// <param name="row">The request's members.</param>
/// <param name="caller">Who asked.</param>
internal sealed class GymAnswer(IReadOnlyDictionary<string, JsonElement> row, GymCaller caller)
{
    /// <summary>The answer for an item.</summary>
    /// <param name="rubric">The rubric.</param>
    /// <param name="item">What the item earned.</param>
    /// <param name="skipped">The reward that the call wants where it was skipped; null where it wants none.</param>
    public IResult Of(Rubric rubric, GradedItem item, double? skipped) => item.Outcome switch
    {
        Outcome.Scored => new GymRow(row, Scored(rubric, item)),
        Outcome.Skipped when skipped is { } reward => new GymRow(row, new() { ["reward"] = TrainerBody.Number(reward), ["failure_reason"] = item.Reason }),
        // Another try would find the same: a collection does not come back to it, and NeMo-RL leaves it out of the loss.
        Outcome.Skipped when caller != GymCaller.Other => new GymRow(row, Masked("skipped", item.Reason, isTerminal: true)),
        Outcome.Skipped => TypedResults.Problem(item.Reason, statusCode: StatusCodes.Status422UnprocessableEntity, title: "The task cannot be judged"),
        // By this class `gym eval reverify --judge-failed-only` finds what to judge again.
        _ when caller == GymCaller.Collection => new GymRow(row, Masked(IsOfJudge(rubric, item) ? "judge_failed" : "grading_failed", item.Reason, isTerminal: false)),
        _ => Unavailable(item.Reason),
    };

    /// <summary>What NeMo-RL's agents and verifiers take for a fault of ours, after which the rollout is tried again or left out, and never trained on.</summary>
    /// <param name="reason">What is wrong.</param>
    public static IResult Unavailable(string? reason) =>
        TypedResults.Problem(reason, statusCode: StatusCodes.Status503ServiceUnavailable, title: "Not graded; try again");

    private JsonObject Scored(Rubric rubric, GradedItem item)
    {
        var reward = GymReward.Of(rubric, item);
        var ours = new JsonObject { ["reward"] = TrainerBody.Number(reward.Reward) };
        if (reward.Components.Count > 0)
        {
            ours["reward_components"] = new JsonObject(reward.Components.Select(component => KeyValuePair.Create(component.Key, (JsonNode?)TrainerBody.Number(component.Value))));
        }

        // Metrics are made of the numbers at the top alone.
        foreach (var component in item.Components)
        {
            if (component.Score is { } score && !row.ContainsKey(component.Name) && !ours.ContainsKey(component.Name))
            {
                ours[component.Name] = TrainerBody.Number(score);
            }
        }

        if (item.Components.Select(component => component.Details).FirstOrDefault(details => details is MathsDetails or AnswerDetails) is { } found)
        {
            ours["extracted_answer"] = found is MathsDetails maths ? maths.Extracted : ((AnswerDetails)found).Extracted;
        }

        return ours;
    }

    private static bool IsOfJudge(Rubric rubric, GradedItem item) =>
        item.Components.Any(failed => failed.Outcome == Outcome.Failed && rubric.Components.Any(one => one.Name == failed.Name && one.Grader is JudgeGrader));

    // The reward is a number because NeMo-Gym's agents refuse a row without one; the other members say that it is none.
    private JsonObject Masked(string failure, string? reason, bool isTerminal)
    {
        var instance = row.TryGetValue("instance_config", out var given) ? JsonNode.Parse(given.GetRawText()) as JsonObject ?? [] : [];
        instance["mask_sample"] = true;
        var ours = new JsonObject
        {
            ["reward"] = TrainerBody.Number(0),
            ["_ng_failure_class"] = failure,
            ["failure_reason"] = reason,
            ["mask_sample"] = true,
            ["instance_config"] = instance,
        };
        if (isTerminal)
        {
            ours["_ng_failure_terminal"] = true;
        }

        return ours;
    }
}
