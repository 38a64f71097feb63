using System.Text.Json;
using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Graders.ReasoningSteps;

/// <summary>Options of the grader "reasoning-steps".</summary>
public sealed record ReasoningStepsOptions
{
    private const int MostSteps = 1000;

    /// <summary>The part of the completion that is looked at.</summary>
    public CompletionPart Part { get; init; } = CompletionPart.Whole;

    /// <summary>How many steps earn 1; from 1 to 1000.</summary>
    public int Steps { get; init; } = 3;

    /// <summary>Checks the range.</summary>
    /// <exception cref="JsonException">A value is out of its range.</exception>
    public ReasoningStepsOptions Checked() => Steps is >= 1 and <= MostSteps
        ? this
        : throw new JsonException($"must be from 1 to {MostSteps}, but is {Steps}", "$.steps", null, null);
}
