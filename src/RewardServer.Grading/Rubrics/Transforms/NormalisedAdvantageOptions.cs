using System.Text.Json;

namespace RewardServer.Grading.Rubrics.Transforms;

/// <summary>Options of the transform "grpo".</summary>
public sealed record NormalisedAdvantageOptions
{
    /// <summary>Added to the standard deviation (that of a sample, with n − 1), so that small spreads do not blow up; from 0 to 1.</summary>
    public double Epsilon { get; init; } = 1e-4;

    internal double CheckedEpsilon() => Epsilon is >= 0 and <= 1
        ? Epsilon
        : throw new JsonException("must be from 0 to 1", "$.epsilon", null, null);
}
