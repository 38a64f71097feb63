using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace RewardServer.Grading.Completions;

/// <summary>A question whose answer is a text.</summary>
/// <param name="Answer">The right answer (the gold).</param>
public sealed record TextTask(
    [property: JsonConverter(typeof(LenientTextConverter))] string? Answer = null) : GradingTask
{
    /// <summary>The most characters of a gold.</summary>
    public const int LongestAnswer = 10_000;

    /// <summary>Several right answers of which any will do, in place of <see cref="Answer"/>.</summary>
    public AcceptedTexts? Answers { get; init; }

    /// <summary>What does not count in the comparison; where silent, the rubric says it.</summary>
    public TextForm? Normalise { get; init; }

    /// <summary>The right answers.</summary>
    [JsonIgnore]
    public ImmutableArray<string> Golds => Answers?.Texts ?? [Answer ?? ""];

    /// <inheritdoc/>
    public override IEnumerable<(string Member, string Error)> MemberErrors() =>
        AnswerErrors.Of(Answer is not null, Answers?.Texts.Length).Concat(
            Golds.Any(gold => gold.Length > LongestAnswer)
                ? [(Answers is null ? "answer" : "answers", $"must have at most {LongestAnswer} characters")]
                : []);
}

/// <summary>To which form two texts are brought before they are compared.</summary>
public enum TextForm
{
    /// <summary>As they are, but for white space at their ends.</summary>
    None,

    /// <summary>Runs of white space are one space.</summary>
    Whitespace,

    /// <summary>As words: without case, punctuation, English articles and white space, in Unicode's compatibility form.</summary>
    Words,
}
