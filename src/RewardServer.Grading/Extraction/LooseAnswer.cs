using System.Text.RegularExpressions;

namespace RewardServer.Grading.Extraction;

/// <summary>Finds answers that nothing marks: a response that is no more than its answer, and the last number of a text.</summary>
public static class LooseAnswer
{
    private const int LongestBare = 200;
    private const int MostWords = 4;

    private static readonly Regex Word = new(@"(?<![\\A-Za-z])[A-Za-z]{2,}", RegexOptions.CultureInvariant);

    private static readonly Regex Number = new(
        @"[-−]?[$€£]?(\d{1,3}((,|\{,\})\d{3}){1,20}(\.\d{1,40})?|\d{1,400}(\.\d{1,400})?|\.\d{1,400})(\s?/\s?\d{1,400})?\s?%?",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    private static readonly Regex Scale = new(
        @"^\s?-?(hundreds?|thousands?|millions?|billions?|trillions?|dozens?|squared|cubed|factorial|k|mil|bn)\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.IgnoreCase);

    private static readonly Regex Separator = new(
        @"^\s*(,|;|&|and|or|to|through|-|–|, and|, or)\s*([A-Za-z]\s*=\s*)?[$€£]?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    // "She earns $18 per day" is a sentence around a number, "18 dollars per day" an answer.
    private static readonly Regex Sentence = new(
        @"^\W{0,4}\p{L}{2,}\s.*?\b(is|are|was|were|has|have|had|makes?|made|earns?|costs?|gets?|pays?|paid|measures|equals|needs?|takes?|took|spends?|spent|sells?|sold|eats?)\b.*\d",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.IgnoreCase);

    /// <summary>The text itself, where it is one short line of at most a few words; null where it is more than an answer.</summary>
    public static string? Bare(string text)
    {
        var trimmed = text.AsSpan().Trim();
        return trimmed.Length is > 0 and <= LongestBare && !trimmed.Contains('\n') && Word.Count(trimmed) <= MostWords && !LeadsToMathematics(trimmed.ToString()) && !(Sentence.IsMatch(trimmed) && LastNumber(trimmed.ToString()) is not null)
            ? trimmed.ToString()
            : null;
    }

    // "It follows that $x = 5$" is more than its answer; "$5$ apples" is not.
    private static bool LeadsToMathematics(string text) =>
        MathsEnvironment.Last(text) is { } mathematics && Word.Count(text) - Word.Count(mathematics) > 1;

    /// <summary>
    /// The last number as it is written, with its sign, separators, fraction and percent sign; null where there is none, where it is only
    /// part of a formula, or where its clause denies it or leaves it open.
    /// </summary>
    public static string? LastNumber(string text)
    {
        var (start, end, previous) = (-1, -1, -1);
        foreach (var match in Number.EnumerateMatches(text))
        {
            (start, end, previous) = (match.Index, match.Index + text.AsSpan(match.Index, match.Length).TrimEnd().Length, end);
        }

        return start < 0 || IsInFormula(text, start, end) || IsInList(text, previous, start) || Clause.LeavesOpen(text, start, end) ? null : text[start..(end + ScaleAfter(text, end))].Trim();
    }

    private static bool IsInList(string text, int previous, int start) =>
        previous >= 0 && start - previous < 20 && Separator.IsMatch(text.AsSpan(previous, start - previous));

    // "5 million" and "5 squared" are not 5.
    private static int ScaleAfter(string text, int end)
    {
        foreach (var match in Scale.EnumerateMatches(text.AsSpan(end, Math.Min(30, text.Length - end))))
        {
            return match.Length;
        }

        return 0;
    }

    /// <summary>
    /// What the content of answer tags settles on: where it is a sentence, what it says to be the answer, else its only mathematics or only
    /// number; else the whole.
    /// </summary>
    public static string Settled(string content)
    {
        if (Word.Count(content) <= MostWords && !Sentence.IsMatch(content))
        {
            return content;
        }

        return AnswerPhrase.Last(content) ?? MathsEnvironment.Only(content)
            ?? (!content.Contains('$') || MathsEnvironment.Last(content) is null ? OnlyNumber(content) : null) ?? content;
    }

    private static string? OnlyNumber(string text) => Number.Count(text) == 1 ? LastNumber(text) : null;

    // "x + 5" and "5x"; but "2 + 3 = 5", "- 5" as the item of a list, and "5cm".
    private static bool IsInFormula(string text, int start, int end)
    {
        var before = text.AsSpan(0, start).TrimEnd(" $");
        var after = text.AsSpan(end).TrimStart(' ');
        var isItem = before.Length > 0 && before[^1] is '-' or '*' && (before.Length == 1 || before[^2] is '\n' or '*');
        return (before.Length > 0 && !isItem && "+-−*/^_×·÷<>≤≥≠±√∛(\\".Contains(before[^1]) && !(before[^1] == '*' && before.Length > 1 && before[^2] == '*'))
            || (before.Length > 0 && char.IsLetterOrDigit(before[^1]) && before.Length == start)
            || (after.Length > 0 && "+^_×·÷=<>≤≥≠±√²³)]}".Contains(after[0]) && !(after[0] == '}' && before is [.., '{']))
            || (end < text.Length && text[end] is >= 'α' and <= 'ω')
            || (end < text.Length && char.IsAsciiLetter(text[end]) && (end + 1 == text.Length || !char.IsAsciiLetter(text[end + 1])));
    }
}
