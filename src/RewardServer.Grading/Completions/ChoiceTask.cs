using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace RewardServer.Grading.Completions;

/// <summary>A question with choices.</summary>
/// <param name="Answer">The label of the right choice, "B", or those of all right ones, ["A", "C"]; or the text of a choice.</param>
public sealed record ChoiceTask(AcceptedTexts? Answer = null) : GradingTask
{
    /// <summary>Several right answers of which any will do, in place of <see cref="Answer"/>; each may again be several labels.</summary>
    public ImmutableArray<AcceptedTexts>? Answers { get; init; }

    /// <summary>The choices with their labels; where silent, any letter is one.</summary>
    public LabelledChoices? Choices { get; init; }

    /// <summary>The right answers, each the labels that must all be chosen.</summary>
    [JsonIgnore]
    public ImmutableArray<AcceptedTexts> Golds => Answers ?? (Answer is { } answer ? [answer] : []);

    /// <inheritdoc/>
    public override IEnumerable<(string Member, string Error)> MemberErrors() =>
        AnswerErrors.Of(Answer is not null, Answers is { } answers ? answers.IsDefault ? 0 : answers.Length : null)
            .Concat(Answers is { IsDefault: false } all && all.IndexOf(null!) is >= 0 and var missing ? [($"answers[{missing}]", "must not be null")] : []);
}
