using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders.Texts;

namespace RewardServer.Grading.Graders.Choice;

/// <summary>The labels of a task's choices, and what they stand for.</summary>
internal sealed class ChoiceLabels
{
    private static readonly Regex Roman = new("^[IVX]{1,5}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private readonly ImmutableArray<(string Label, string Words, string Text)> choices;
    private readonly bool letters, digits, romans;

    private ChoiceLabels(ImmutableArray<(string Label, string Words, string Text)> choices, IEnumerable<string> labels)
    {
        this.choices = choices;
        foreach (var label in labels)
        {
            romans |= Roman.IsMatch(label);
            digits |= label.All(char.IsAsciiDigit);
            letters |= label.Length == 1 && char.IsLetter(label[0]);
        }
    }

    /// <summary>Whether a label is one of the task's choices; any is, where it lists none.</summary>
    public bool IsChoice(string label) => choices.IsEmpty || choices.Any(choice => choice.Label == label);

    /// <summary>Whether the task says what its choices are.</summary>
    public bool HaveTexts => !choices.IsEmpty;

    /// <summary>Reads the choices of a task; null where two have one label.</summary>
    public static ChoiceLabels? Of(ChoiceTask task, out string? fault)
    {
        ImmutableArray<(string Label, string Words, string Text)> choices = task.Choices is null ? []
            : [.. task.Choices.Choices.Select(choice => (Label: Form(choice.Key), Words: Words(choice.Value), Text: TextNormalisation.Of(choice.Value, TextForm.Whitespace)))];
        fault = choices.Any(choice => choice.Label.Length == 0) ? "a label is empty (task.choices)"
            : choices.Select(choice => choice.Label).Distinct().Count() < choices.Length ? "two choices have one label (task.choices)"
            : null;
        return fault is null ? new(choices, choices.IsEmpty ? task.Golds.SelectMany(gold => gold.Texts).Select(Form) : choices.Select(choice => choice.Label)) : null;
    }

    /// <summary>The form in which labels are compared: "(b)" is "B".</summary>
    public static string Form(string label) => UnicodeDecomposition.Of(label).Trim().Trim('(', ')', '[', ']', '.', ':', ' ').ToUpperInvariant();

    /// <summary>The label that a gold names, by itself or by its choice's text; null where there is none.</summary>
    public string? OfGold(string gold) => choices.IsEmpty
        ? Form(gold) is { Length: > 0 and <= 5 } label && (label.Length == 1 || label.All(char.IsAsciiDigit) || Roman.IsMatch(label)) ? label : null
        : choices.Any(choice => choice.Label == Form(gold)) ? Form(gold) : ByText(gold);

    /// <summary>The choice beside the right ones that has the very text of one of them, so that either answers the question; null where there is none.</summary>
    /// <param name="right">The labels of all right choices.</param>
    public string? TwinOf(IReadOnlySet<string> right)
    {
        var texts = choices.Where(choice => right.Contains(choice.Label) && choice.Text.Length > 0).Select(choice => choice.Text).ToHashSet(StringComparer.Ordinal);
        return choices.FirstOrDefault(choice => !right.Contains(choice.Label) && texts.Contains(choice.Text)).Label;
    }

    /// <summary>The label that a word is, also one beyond the choices; null where it is none.</summary>
    public string? Find(string word)
    {
        var label = Known(word) ?? Known(LookAlikes.Latinised(word));
        if (label is not null)
        {
            return label;
        }

        var other = LookAlikes.Latinised(word).ToUpperInvariant();
        return letters && other.Length == 1 && char.IsLetter(other[0]) && other[0] < 'ʰ' ? other
            : digits && other.Length is > 0 and <= 3 && other.All(char.IsAsciiDigit) ? int.Parse(other, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)
            : romans && Roman.IsMatch(other) ? other
            : null;
    }

    /// <summary>The one choice of that text; null where there is none, or several.</summary>
    public string? ByText(string text)
    {
        var words = Words(text);
        var found = choices.Where(choice => choice.Words == words && words.Length > 0).Take(2).ToArray();
        return found.Length == 1 ? found[0].Label : null;
    }

    /// <summary>The one choice whose text it is but for case and space, articles and punctuation included; null where there is none, or several.</summary>
    public string? ByTextAsItIs(string text)
    {
        var spaced = TextNormalisation.Of(text, TextForm.Whitespace);
        var found = choices.Where(choice => spaced.Length > 0 && choice.Text.Equals(spaced, StringComparison.OrdinalIgnoreCase)).Take(2).ToArray();
        return found.Length == 1 ? found[0].Label : null;
    }

    /// <summary>Whether the text of the choice with a label begins with some words.</summary>
    public bool Begins(string label, string text) =>
        Words(text) is { Length: > 0 } words && choices.Any(choice => choice.Label == label && (choice.Words == words || choice.Words.StartsWith($"{words} ", StringComparison.Ordinal)
            || (!char.IsAscii(words[^1]) && choice.Words.StartsWith(words, StringComparison.Ordinal))));

    /// <summary>The choices whose text stands in a sentence, but not those that only stand within another's.</summary>
    public ImmutableArray<string> Within(string sentence)
    {
        var words = $" {TextNormalisation.Words(sentence)} ";
        var found = choices.Where(choice => choice.Words.Length > 0 && words.Contains($" {choice.Words} ", StringComparison.Ordinal)).ToArray();
        return [.. found.Where(choice => !found.Any(other => other.Words.Length > choice.Words.Length && $" {other.Words} ".Contains($" {choice.Words} ", StringComparison.Ordinal))).Select(choice => choice.Label)];
    }

    private static string Words(string text) => TextNormalisation.Words(Presentation.Unwrap(text));

    private string? Known(string word) => Form(word) is var form && choices.Any(choice => choice.Label == form) ? form : null;
}
