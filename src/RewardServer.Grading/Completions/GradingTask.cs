using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace RewardServer.Grading.Completions;

/// <summary>What the model was asked, with what is needed to check its answer. On the wire, <c>kind</c> tells which.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(MathTask), "math")]
[JsonDerivedType(typeof(CodeTask), "code")]
[JsonDerivedType(typeof(ChoiceTask), "choice")]
[JsonDerivedType(typeof(TextTask), "text")]
[JsonDerivedType(typeof(PatternTask), "pattern")]
[JsonDerivedType(typeof(JsonTask), "json")]
[JsonDerivedType(typeof(NumberTask), "number")]
[JsonDerivedType(typeof(JudgeTask), "judge")]
[JsonDerivedType(typeof(LogicTask), "logic")]
public abstract record GradingTask
{
    /// <summary>Each member whose value is out of its range, with what is wrong with it: a call with such a task is refused.</summary>
    public virtual IEnumerable<(string Member, string Error)> MemberErrors() => [];
}

/// <summary>A problem with a mathematical answer.</summary>
/// <param name="Answer">The right answer (the gold): LaTeX or plain text, without the way to it.</param>
public sealed record MathTask(
    [property: JsonConverter(typeof(LenientTextConverter))] string? Answer = null) : GradingTask
{
    /// <summary>Several right answers of which any will do, in place of <see cref="Answer"/>.</summary>
    public AcceptedTexts? Answers { get; init; }

    /// <summary>The right answers.</summary>
    [JsonIgnore]
    public ImmutableArray<string> Golds => Answers?.Texts ?? [Answer ?? ""];

    /// <summary>The right answers in one text, for a reader.</summary>
    [JsonIgnore]
    internal string GoldText => Golds is [var only] ? only : $"any of these: {string.Join("; ", Golds)}";

    /// <inheritdoc/>
    public override IEnumerable<(string Member, string Error)> MemberErrors() => AnswerErrors.Of(Answer is not null, Answers?.Texts.Length);
}
