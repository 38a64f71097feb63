using RewardServer.Compatibility.Labels;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;
using RewardServer.Http;

namespace RewardServer.Compatibility.Samples;

/// <summary>What the URL of a call for rewards says: its clients can set nothing else.</summary>
/// <param name="Rubric">What to grade by: <c>?rubric=NAME</c>.</param>
/// <param name="Kind">What a plain gold is: <c>?kind=</c> math, text, number or choice; null for math.</param>
/// <param name="Skipped">The reward of what cannot be judged: <c>?skipped=NUMBER</c>; null: the call is refused.</param>
internal sealed record CallTerms(Rubric Rubric, string? Kind, double? Skipped)
{
    /// <summary>Reads the URL.</summary>
    /// <param name="http">The call.</param>
    /// <param name="grading">Knows the rubrics.</param>
    /// <param name="protocol">The protocol's name in <see cref="TrainerOptions.Rubrics"/>.</param>
    /// <param name="rubric">The rubric where the URL names none; null for the protocol's.</param>
    /// <param name="kind">The kind where the URL names none.</param>
    /// <returns>The terms, or the problem to answer with.</returns>
    public static (CallTerms? Terms, IResult? Problem) Read(HttpContext http, TrainerGrading grading, string protocol, string? rubric = null, string? kind = null)
    {
        var (found, problem) = grading.RubricOf(http, protocol, rubric);
        if (found is null)
        {
            return (null, problem);
        }

        kind = http.Request.Query["kind"].FirstOrDefault() ?? kind;
        if (kind is not null && !LabelReading.Kinds.Contains(kind))
        {
            return (null, Problems.Invalid("kind", LabelReading.WhyNoKind(kind)));
        }

        var (skipped, malformed) = SkippedReward.Of(http);
        return malformed is null ? (new(found, kind, skipped), null) : (null, malformed);
    }

    /// <summary>Why the rubric cannot grade answers that come one by one; null where it can.</summary>
    public IResult? WhyNotOneByOne() =>
        Rubric.Components.FirstOrDefault(component => component is { Decides: true, Grader: IGroupGrader }) is { } component
            ? Problems.Invalid("rubric", $"'{component.Name}' of rubric '{Rubric.Definition.Name}' compares the answers to one prompt, and this call brings one answer")
            : null;

    /// <summary>The reward of an item that <see cref="TrainerFaults.Unrewarded"/> has let through.</summary>
    public double RewardOf(GradedItem item) => item.Reward ?? Skipped!.Value;
}
