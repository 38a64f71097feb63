using System.Text.Json;

namespace RewardServer.Grading.Graders.Judge;

/// <summary>Options of the grader "judge".</summary>
public sealed record JudgeOptions
{
    /// <summary>Which judge, by its name in the server's configuration.</summary>
    public required string Judge { get; init; }

    /// <summary>By what it judges, besides what the task says; null for how helpful, right and clear the response is.</summary>
    public string? Criteria { get; init; }

    /// <summary>What of a completion it is shown.</summary>
    public JudgedPart Part { get; init; } = JudgedPart.Response;

    /// <summary>The judge that is named.</summary>
    /// <param name="judges">Those there are.</param>
    /// <exception cref="JsonException">There is no such judge, or it has no use for the criteria.</exception>
    internal JudgeModel Named(JudgeSet judges)
    {
        var judge = judges.Named(Judge, "$.judge");
        return Criteria is null || judge.ReadsCriteria ? judge
            : throw new JsonException($"is of no use: the judge '{Judge}' reads no criteria", "$.criteria", null, null);
    }
}

/// <summary>What of a completion is judged.</summary>
public enum JudgedPart
{
    /// <summary>What follows the thinking.</summary>
    Response,

    /// <summary>All of it, with the thinking.</summary>
    Whole,
}
