using System.Text.Json.Serialization;
using RewardServer.Grading.Graders.Accuracy;
using RewardServer.Grading.Graders.Judge;
using RewardServer.Symbolics.Equivalence;

namespace RewardServer.Grading.Graders.Maths;

/// <summary>What a person needs to see why a mathematical answer was right or wrong.</summary>
/// <param name="Extracted">The answer as it stood in the completion; null where none was found.</param>
/// <param name="Source">Where it stood: "boxed", "answer-tag", "hash", "phrase", "bare-answer", "environment", "last-number".</param>
/// <param name="Stage">Which stage of the comparison decided; null where there was nothing to compare.</param>
/// <param name="Prediction">The answer as it was read.</param>
/// <param name="Gold">The gold as it was read.</param>
public sealed record MathsDetails(
    string? Extracted, string? Source, Stage? Stage, MathForm? Prediction, MathForm? Gold)
{
    /// <summary>What the judge beside the rule said; absent where it was not asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JudgeDetails? Judge { get; init; }

    /// <summary>Who decided: "rule" or "judge"; absent where no judge stands beside the rule.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DecidedBy { get; init; }

    /// <summary>What a judge said that was asked only to see whether it agrees with the rule.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ShadowJudgement? Measured { get; init; }

    /// <summary>Whether the rule had nothing to compare: no answer was found, or none that it can read.</summary>
    [JsonIgnore]
    internal bool NothingToParse => Extracted is null || (Stage == Symbolics.Equivalence.Stage.Reading && Prediction is null);
}
