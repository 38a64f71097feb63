using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace RewardServer.Grading.Completions;

/// <summary>A question whose answer is a number.</summary>
/// <param name="Answer">The right answer (the gold): a JSON number, which is taken exactly as it is written, or a text such as "1/3" or "2.5e-7".</param>
public sealed record NumberTask(WrittenNumbers? Answer = null) : GradingTask
{
    private const int LongestUnit = 40;

    /// <summary>Several right answers of which any will do, in place of <see cref="Answer"/>.</summary>
    public WrittenNumbers? Answers { get; init; }

    /// <summary>The share of the gold's absolute value by which the answer may differ; where silent, the rubric says it.</summary>
    public double? RelativeTolerance { get; init; }

    /// <summary>By how much the answer may differ from the gold; where silent, the rubric says it.</summary>
    public double? AbsoluteTolerance { get; init; }

    /// <summary>The unit in which the gold is given: an answer may leave it out, and may have no other.</summary>
    public string? Unit { get; init; }

    /// <summary>The right answers, as they are written.</summary>
    [JsonIgnore]
    public ImmutableArray<string> Golds => (Answers ?? Answer)?.Texts ?? [];

    /// <inheritdoc/>
    public override IEnumerable<(string Member, string Error)> MemberErrors() =>
        AnswerErrors.Of(Answer is not null, Answers?.Texts.Length)
            .Concat(Answer is { Texts.Length: not 1 } ? [("answer", "must be one number; several stand in answers")] : [])
            .Concat(AnswerErrors.OfTolerances(RelativeTolerance, AbsoluteTolerance))
            .Concat(Unit is { Length: 0 or > LongestUnit } ? [("unit", $"must have 1 to {LongestUnit} characters")] : []);
}
