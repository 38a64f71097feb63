using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RewardServer.Grading.Completions;

/// <summary>A question whose answer is JSON: a value that equals the gold, one that a schema allows, or both.</summary>
/// <param name="Answer">The right value (the gold), which may be null; silent where a schema alone decides.</param>
/// <param name="Schema">A JSON Schema (2020-12) that the answer must hold to; silent where the gold alone decides.</param>
public sealed record JsonTask(
    [property: JsonConverter(typeof(GivenJsonConverter)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? Answer = null,
    [property: JsonConverter(typeof(GivenJsonConverter)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JsonElement? Schema = null) : GradingTask
{
    /// <summary>The most characters of a schema.</summary>
    public const int LongestSchema = 100_000;

    /// <summary>Several right values of which any will do, in place of <see cref="Answer"/>.</summary>
    public ImmutableArray<JsonElement>? Answers { get; init; }

    /// <summary>Whether the order of an array's elements counts.</summary>
    public ArrayOrder Arrays { get; init; } = ArrayOrder.Ordered;

    /// <summary>The share of a number's absolute value in the gold by which the answer's may differ; 0 for not at all.</summary>
    public double RelativeTolerance { get; init; }

    /// <summary>By how much a number may differ from the gold's; 0 for not at all.</summary>
    public double AbsoluteTolerance { get; init; }

    /// <summary>The right values; none where a schema alone decides.</summary>
    [JsonIgnore]
    public ImmutableArray<JsonElement> Golds => Answers ?? (Answer is { } answer ? [answer] : []);

    /// <inheritdoc/>
    public override IEnumerable<(string Member, string Error)> MemberErrors()
    {
        var given = Answer is null && Answers is null && Schema is not null ? [] : AnswerErrors.Of(Answer is not null, Answers is { } answers ? answers.IsDefault ? 0 : answers.Length : null);
        return given.Concat(AnswerErrors.OfTolerances(RelativeTolerance, AbsoluteTolerance)).Concat(
            Schema?.GetRawText().Length > LongestSchema ? [("schema", $"must have at most {LongestSchema} characters")] : []);
    }
}

/// <summary>Whether the order of an array's elements counts.</summary>
public enum ArrayOrder
{
    /// <summary>It does.</summary>
    Ordered,

    /// <summary>It does not, in no array of the value.</summary>
    Unordered,
}
