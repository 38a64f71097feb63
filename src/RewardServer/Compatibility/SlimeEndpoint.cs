using System.Text.Json;
using RewardServer.Compatibility.Programs;
using RewardServer.Compatibility.Samples;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Sets.Tests;
using RewardServer.Http;

namespace RewardServer.Compatibility;

/// <summary>
/// slime's remote reward model (<c>--rm-type remote_rm --rm-url URL</c>; slime/rollout/rm_hub/__init__.py). Its client posts one sample a
/// call, waits 120 s, tries ten times, ever later, and cannot mask.
/// </summary>
internal static class SlimeEndpoint
{
    /// <summary>The protocol's name in <see cref="TrainerOptions.Rubrics"/>.</summary>
    public const string Name = "slime";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(105);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(70);

    /// <summary>Adds <c>POST /slime</c>.</summary>
    public static void MapSlime(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/slime", RewardAsync).BehindTrainerGate(Patience, TrainerFaults.Unavailable).AnsweringFaults(TrainerFaults.Unavailable).ExcludeFromDescription();

    private static async Task<IResult> RewardAsync(HttpContext http, TrainerGrading grading, SampleGrading samples)
    {
        var (request, problem) = await TrainerBody.ReadAsync<SlimeRequest>(http);
        if (request is null)
        {
            return problem!;
        }

        var (terms, wrong) = CallTerms.Read(http, grading, Name);
        if ((wrong ?? terms!.WhyNotOneByOne()) is { } refusal)
        {
            return refusal;
        }

        var plain = http.Request.Query["plain"].FirstOrDefault();
        if (plain is not (null or "0" or "1" or "true" or "false"))
        {
            return Problems.Invalid("plain", "must be 1, for the bare number, or 0");
        }

        var (prompt, ofPrompt) = request.Prompt is { } asked ? ChatReading.Read(asked) : (ChatText.FromText(""), null);
        var errors = ofPrompt is { } error ? [(JsonPaths.Below("prompt", error.Path), error.Message)] : new List<(string, string)>();
        if (LenientText.Of(request.Response) is not { } response)
        {
            errors.Add(("response", "must be a text"));
            return Problems.Invalid(errors);
        }

        if (errors.Count > 0)
        {
            return Problems.Invalid(errors);
        }

        Sample[] batch = [new("label", prompt!, SpecialTokens.Strip(response), request.Label)];
        var (graded, unread) = await samples.GradeAsync(http, terms!, batch, Deadline);
        return (unread ?? TrainerFaults.Unrewarded(graded!, batch, terms!.Skipped, TrainerFaults.Unavailable)) is { } none ? none
            : plain is "1" or "true" ? TrainerBody.Json(terms!.RewardOf(graded![0]))
            : TrainerBody.Json(Answer(graded![0], terms!.RewardOf(graded[0])));
    }

    // Flat, for --reward-key, --eval-reward-key and --log-reward-category each name one member.
    private static Dictionary<string, object?> Answer(GradedItem item, double reward)
    {
        var answer = new Dictionary<string, object?>
        {
            ["reward"] = reward,
            ["score"] = reward,
            ["outcome"] = JsonNamingPolicy.CamelCase.ConvertName(item.Outcome.ToString()),
            ["signals"] = string.Join(",", item.Components.SelectMany(component => component.Signals).Distinct()),
            ["reason"] = item.Reason ?? string.Join("; ", item.Components.Where(component => component.Weight != 0).Select(component => $"{component.Name}: {component.Reason}")),
        };
        foreach (var component in item.Components)
        {
            answer[answer.ContainsKey(component.Name) ? $"component:{component.Name}" : component.Name] = component.Score;
        }

        return answer;
    }
}

/// <summary>What slime posts.</summary>
internal sealed record SlimeRequest
{
    /// <summary>What the model was asked: a text, or messages.</summary>
    public JsonElement? Prompt { get; init; }

    /// <summary>What it wrote.</summary>
    public required JsonElement Response { get; init; }

    /// <summary>What makes the task; null where the data set has none.</summary>
    public JsonElement? Label { get; init; }
}
