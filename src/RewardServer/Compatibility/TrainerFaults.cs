using Microsoft.AspNetCore.Http.HttpResults;
using RewardServer.Compatibility.Samples;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Compatibility;

/// <summary>The answers to trainers that cannot mask a sample, where there is no reward to give.</summary>
internal static class TrainerFaults
{
    private const int MostReasons = 100;

    /// <summary>503: a fault of ours, on which the client tries again.</summary>
    public static ProblemHttpResult Unavailable(string reason) => Unavailable(reason, StatusCodes.Status503ServiceUnavailable);

    /// <summary>A fault of ours under another status.</summary>
    public static ProblemHttpResult Unavailable(string reason, int status) =>
        TypedResults.Problem(reason, statusCode: status, title: "Not graded, by a fault of the server; try again");

    /// <summary>422: tasks that cannot be judged, each by the place of its label.</summary>
    public static ProblemHttpResult Unjudgeable(IEnumerable<(string Path, string Reason)> skipped)
    {
        var reasons = skipped.Take(MostReasons).GroupBy(one => one.Path).ToDictionary(group => group.Key, group => group.Select(one => one.Reason).ToArray());
        var (path, first) = reasons.First();
        return TypedResults.Problem(new HttpValidationProblemDetails(reasons)
        {
            Status = StatusCodes.Status422UnprocessableEntity,
            Title = "A task cannot be judged",
            Detail = $"{path}: {first[0]}. With ?skipped=NUMBER in the URL such samples earn that number.",
        });
    }

    /// <summary>What to answer where not every sample has a reward.</summary>
    /// <param name="graded">What the samples earned.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="skipped">The reward of what cannot be judged; null where the call gives none.</param>
    /// <param name="fault">Makes the answer to a fault of ours.</param>
    /// <returns>Null where every sample has one.</returns>
    public static IResult? Unrewarded(IReadOnlyList<GradedItem> graded, IReadOnlyList<Sample> samples, double? skipped, Func<string, IResult> fault)
    {
        if (graded.FirstOrDefault(item => item.Outcome == Outcome.Failed) is { } failed)
        {
            return fault(failed.Reason!);
        }

        var unjudged = graded.Index().Where(item => item.Item.Outcome == Outcome.Skipped)
            .Select(item => (samples[item.Index].LabelPath, item.Item.Reason!)).ToList();
        return skipped is null && unjudged.Count > 0 ? Unjudgeable(unjudged) : null;
    }
}
