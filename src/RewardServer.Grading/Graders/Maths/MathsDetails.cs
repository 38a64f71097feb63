using RewardServer.Symbolics.Equivalence;

namespace RewardServer.Grading.Graders.Maths;

/// <summary>What a person needs to see why a mathematical answer was right or wrong.</summary>
/// <param name="Extracted">The answer as it stood in the completion; null where none was found.</param>
/// <param name="Source">Where it stood: "boxed", "answer-tag", "hash", "phrase", "bare-answer", "environment", "last-number".</param>
/// <param name="Stage">Which stage of the comparison decided; null where there was nothing to compare.</param>
/// <param name="Prediction">The answer as it was read.</param>
/// <param name="Gold">The gold as it was read.</param>
public sealed record MathsDetails(
    string? Extracted, string? Source, Stage? Stage, MathForm? Prediction, MathForm? Gold);
