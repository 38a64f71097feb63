using System.Text.Json;

namespace RewardServer.Grading.Graders.Chain;

/// <summary>Options of the grader "chain".</summary>
public sealed record ChainOptions
{
    private const int Ceiling = 1000;

    /// <summary>Which part of the completion is looked at.</summary>
    public ChainPart Part { get; init; } = ChainPart.Thinking;

    /// <summary>How many different equalities are judged at most; of more, as many that are spread evenly over the text. From 1 to 1000.</summary>
    public int Most { get; init; } = 200;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="JsonException">A value is out of its range.</exception>
    public ChainOptions Checked() =>
        Most is >= 1 and <= Ceiling ? this : throw new JsonException($"must be from 1 to {Ceiling}", "$.most", null, null);
}

/// <summary>Which part of a completion states equalities.</summary>
public enum ChainPart
{
    /// <summary>The thinking.</summary>
    Thinking,

    /// <summary>All of it.</summary>
    Whole,
}
