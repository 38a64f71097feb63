using System.Text.Json;
using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Graders.Judge;

/// <summary>Options of the grader "judge".</summary>
public sealed record JudgeOptions
{
    /// <summary>Which judge, by its name in the server's configuration.</summary>
    public required string Judge { get; init; }

    /// <summary>
    /// By what it judges, besides what the task says; null for how helpful, right and clear the response is. A reward model or a classifier has
    /// its own, and does not read them.
    /// </summary>
    public string? Criteria { get; init; }

    /// <summary>What of a completion it is shown.</summary>
    public CompletionPart Part { get; init; } = CompletionPart.Response;

    /// <summary>The judge that is named.</summary>
    /// <param name="judges">Those there are.</param>
    /// <exception cref="JsonException">There is no such judge.</exception>
    internal JudgeModel Named(JudgeSet judges) => judges.Named(Judge, "$.judge");
}
