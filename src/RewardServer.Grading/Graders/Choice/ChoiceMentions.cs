using System.Text.RegularExpressions;

namespace RewardServer.Grading.Graders.Choice;

/// <summary>Finds labels in a sentence: those that are marked ("(B)", "option B", "B)") and capitals that are no words. What is denied is none.</summary>
internal static class ChoiceMentions
{
    private const int Window = 60;

    private const RegexOptions Options =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private static readonly Regex Word = new(@"[A-Za-z0-9]+|[\p{L}\p{N}-[A-Za-z0-9\u4E00-\u9FFF]]+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private static readonly Regex Or = new(@"\b(or|either|oder|ou|или|maybe|perhaps|possibly|could|might)\b|或|可能", Options);

    private static readonly Regex Introduced = new(@"(\b(options?|choices?|answers?|letters?|вариант|ответ)|选项|选择|选|答案(是|为|:)?)\s?[:(\[]?\s?$", Options);

    // After these, "A" is a label even where more words follow.
    private static readonly Regex Named = new(@"(\b(is|are|be|or|and|either|both|not|only)|[:=,&/]|是|为|和|或)\s?$", Options);

    private static readonly Regex Breaks = new(@"^\s(because|since|as|and|or|is|which|rather|not|but|for)\b", Options);

    private static readonly Regex Paired = new(@"^\s(and|or|vs|versus|und|oder)\s(?-i:\(?[A-Z])\b", Options);

    // A change from one to another names both.
    private static readonly Regex Arrow = new(@"^[)\]]?\s?([-=–—]?[>→⇒⟶⟹]|\\(to|rightarrow|implies)\b)", Options);

    /// <summary>What the sentence names.</summary>
    public static ChoiceReading In(string text, ChoiceLabels labels)
    {
        var found = new List<(string Label, int Start, int End)>();
        var sure = new HashSet<string>(StringComparer.Ordinal);
        foreach (var match in Word.EnumerateMatches(text))
        {
            var (start, end) = (match.Index, match.Index + match.Length);
            if (match.Length <= 8 && labels.Find(text[start..end]) is { } label && IsLabel(text, start, end) && !ChoiceDoubts.IsDenied(text, start, end, labels))
            {
                found.Add((label, start, end));
                _ = ChoiceDoubts.IsUnsure(text, start, end, label, labels) || sure.Add(label);
            }
        }

        var open = found.Zip(found.Skip(1)).Any(pair => pair.Second.Start - pair.First.End <= Window && Or.IsMatch(text.AsSpan(pair.First.End, pair.Second.Start - pair.First.End)));
        var reading = ChoiceReading.Of(found.Select(mention => mention.Label), open);
        return reading with { Open = reading.Open || reading.Labels.Any(label => !sure.Contains(label)) };
    }

    /// <summary>Whether words of the sentence leave a choice.</summary>
    public static bool LeavesOpen(string text) => Or.IsMatch(text);

    /// <summary>Whether a minus sign stands before a number, and not between two things.</summary>
    public static bool IsSigned(string text, int start) =>
        start > 0 && text[start - 1] is '-' or '−' or '–' && (start == 1 || !char.IsLetterOrDigit(text[start - 2])) && char.IsAsciiDigit(text[start]);

    private static bool IsLabel(string text, int start, int end)
    {
        var (before, after) = (start > 0 ? text[start - 1] : '\n', end < text.Length ? text[end] : '\n');
        if (IsPartOfNumber(text, start, end))
        {
            return false;
        }

        var head = ChoiceDoubts.Before(text, start);
        var tail = ChoiceDoubts.After(text, end);
        var (marked, turns) = (after is ')' or ']' || Introduced.IsMatch(head), Arrow.IsMatch(tail));
        var capital = char.IsUpper(text[start]) && before is not ('\'' or '’' or '-' or '_' or '\\') && (turns || after is not ('\'' or '’' or '-' or '_' or '=' or '+' or '^'));
        return marked || (capital && (turns || !IsWord(text[start..end]) || Ends(text, end) || Paired.IsMatch(tail) || (Named.IsMatch(head) && !GoesOn(text, end))));
    }

    // "-3" and "3.5" are no label 3.
    private static bool IsPartOfNumber(string text, int start, int end) => char.IsAsciiDigit(text[start])
        && (IsSigned(text, start) || (end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end + 1]))
            || (start > 1 && text[start - 1] == '.' && char.IsAsciiDigit(text[start - 2])));

    // An article or a pronoun, where English goes on after it.
    private static bool IsWord(string word) => word is "A" or "I";

    private static bool Ends(string text, int at) => at == text.Length || text[at] is '.' or ',' or ';' or ':' or '!' or '?' or '\n' or '。' or '，';

    private static bool GoesOn(string text, int at) => at + 1 < text.Length && text[at] == ' ' && char.IsAsciiLetterLower(text[at + 1]) && !Breaks.IsMatch(ChoiceDoubts.After(text, at));
}
