using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace RewardServer.Grading.Graders.Choice;

/// <summary>Reads a text that is nothing but labels: "A and C", "(A), (C)", "AC", "A or B", "neither A nor B".</summary>
internal static class LabelList
{
    private static readonly Regex Token = new(
        @"[A-Za-z0-9]+|[\u4E00-\u9FFF]|[\p{L}\p{N}-[A-Za-z0-9\u4E00-\u9FFF]]+|\S", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private static readonly FrozenSet<string> Connecting =
        new[] { "and", "und", "et", "y", "и", "和", "与", "及", "、", ",", ";", "&", "+", ".", "(", ")", "[", "]", ":", "both", "the", "option", "options", "choice", "choices", "选", "项", "-", "*", "•" }.ToFrozenSet();

    private static readonly FrozenSet<string> Alternative =
        new[] { "or", "oder", "ou", "или", "或", "者", "/", "|", "either" }.ToFrozenSet();

    // Leave even the only one open.
    private static readonly FrozenSet<string> Hedging =
        new[] { "maybe", "perhaps", "possibly", "probably", "presumably", "guess", "vielleicht", "wahrscheinlich", "probablement", "forse", "talvez", "возможно", "наверное", "?" }.ToFrozenSet();

    /// <summary>What the list names; null where the text is more than a list of labels.</summary>
    public static ChoiceReading? Read(string text, ChoiceLabels labels)
    {
        var (found, open, hedged) = (new List<string>(), false, false);
        foreach (Match match in Token.Matches(text))
        {
            var word = match.Value.ToLowerInvariant();
            if (ChoiceMentions.IsSigned(text, match.Index))
            {
                return null;
            }

            if (Hedging.Contains(word))
            {
                hedged = true;
            }
            else if (Alternative.Contains(word))
            {
                open = true;
            }
            else if (!Connecting.Contains(word))
            {
                if (Labels(match.Value, labels) is not { } named)
                {
                    return null;
                }

                found.AddRange(named);
            }
        }

        return found.Count == 0 ? null : ChoiceReading.Of(found, open) is var reading && hedged ? reading with { Open = true } : reading;
    }

    // "AC" are two where each is a choice, and no label is so long.
    private static IEnumerable<string>? Labels(string word, ChoiceLabels labels) => labels.Find(word) is { } label ? [label]
        : word.Length is > 1 and <= 10 && word.All(char.IsAsciiLetterUpper) && word.Distinct().Count() == word.Length && word.All(letter => labels.Find(letter.ToString()) is { } one && labels.IsChoice(one))
            ? word.Select(letter => letter.ToString()) : null;
}
