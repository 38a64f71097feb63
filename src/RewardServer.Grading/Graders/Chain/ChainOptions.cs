using System.Text.Json;
using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Graders.Chain;

/// <summary>Options of the grader "chain".</summary>
public sealed record ChainOptions
{
    private const int Ceiling = 1000;

    /// <summary>Which part of the completion is looked at.</summary>
    public CompletionPart Part { get; init; } = CompletionPart.Thinking;

    /// <summary>How many different equalities are judged at most; of more, as many that are spread evenly over the text. From 1 to 1000.</summary>
    public int Most { get; init; } = 200;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="JsonException">A value is out of its range.</exception>
    public ChainOptions Checked() =>
        Most is >= 1 and <= Ceiling ? this : throw new JsonException($"must be from 1 to {Ceiling}", "$.most", null, null);
}
