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

    private static readonly Regex Denial = new(@"\b(not|cannot|never|neither|nor|except|unlike|wrong|incorrect|false|anything but|(rather|other) than|instead of|nicht|kein|keine|не)\b|n['’]t\b|不|非", Options);

    private static readonly Regex Introduced = new(@"(\b(options?|choices?|answers?|letters?|вариант|ответ)|选项|选择|选|答案(是|为|:)?)\s?[:(\[]?\s?$", Options);

    // After these, "A" is a label even where more words follow.
    private static readonly Regex Named = new(@"(\b(is|are|be|or|and|either|both|not|only)|[:=,&/]|是|为|和|或)\s?$", Options);

    private static readonly Regex Breaks = new(@"^\s(because|since|as|and|or|is|which|rather|not|but|for)\b", Options);

    private static readonly Regex Paired = new(@"^\s(and|or|vs|versus|und|oder)\s(?-i:\(?[A-Z])\b", Options);

    private static readonly Regex DeniedBefore = new(
        @"(\b(not|never|neither|nor|cannot|except|unlike|nicht|kein|не|(rather|other) than|instead of|eliminat(e|es|ed|ing)|exclud(e|es|ed|ing)|reject(s|ed|ing)?|rul(e|es|ed|ing) out|discard(s|ed|ing)?)|n['’]t|不是|不选|排除|非)(\s(be|the|to|choose|select|pick|options?|choices?|answers?|letters?)){0,4}\s*[(\[]?$", Options);

    private static readonly Regex DeniedAfter = new(
        @"^[)\].:]?\s*((is|are|was|were|does|do|can|could|must|should|will|would)\s?(not|n['’]t)\b|(is|are|was|would be) (clearly |also |definitely |obviously )?(the )?(wrong|incorrect|false|impossible|ruled out|eliminated|excluded|out)\b|(isn|doesn|wasn|can)['’]t\b|cannot\b|不(对|正确|是|成立)|错)", Options);

    /// <summary>What the sentence names.</summary>
    public static ChoiceReading In(string text, ChoiceLabels labels)
    {
        var found = new List<(string Label, int Start, int End)>();
        foreach (var match in Word.EnumerateMatches(text))
        {
            var (start, end) = (match.Index, match.Index + match.Length);
            if (match.Length <= 8 && labels.Find(text[start..end]) is { } label && IsLabel(text, start, end) && !IsDenied(text, start, end))
            {
                found.Add((label, start, end));
            }
        }

        var open = found.Zip(found.Skip(1)).Any(pair => pair.Second.Start - pair.First.End <= Window && Or.IsMatch(text.AsSpan(pair.First.End, pair.Second.Start - pair.First.End)));
        return ChoiceReading.Of(found.Select(mention => mention.Label), open);
    }

    /// <summary>Whether words of the sentence leave a choice.</summary>
    public static bool LeavesOpen(string text) => Or.IsMatch(text);

    /// <summary>Whether the sentence denies anything.</summary>
    public static bool Denies(string text) => Denial.IsMatch(text);

    private static bool IsLabel(string text, int start, int end)
    {
        var (before, after) = (start > 0 ? text[start - 1] : '\n', end < text.Length ? text[end] : '\n');
        var marked = after is ')' or ']' || Introduced.IsMatch(Before(text, start));
        var capital = char.IsUpper(text[start]) && before is not ('\'' or '’' or '-' or '_' or '\\') && after is not ('\'' or '’' or '-' or '_' or '=' or '+' or '^');
        return marked || (capital && (!IsWord(text[start..end]) || Ends(text, end) || Paired.IsMatch(text.AsSpan(end, Math.Min(Window, text.Length - end))) || (Named.IsMatch(Before(text, start)) && !GoesOn(text, end))));
    }

    // An article or a pronoun, where English goes on after it.
    private static bool IsWord(string word) => word is "A" or "I";

    private static bool Ends(string text, int at) => at == text.Length || text[at] is '.' or ',' or ';' or ':' or '!' or '?' or '\n' or '。' or '，';

    private static bool GoesOn(string text, int at) => at + 1 < text.Length && text[at] == ' ' && char.IsAsciiLetterLower(text[at + 1]) && !Breaks.IsMatch(text.AsSpan(at, Math.Min(Window, text.Length - at)));

    private static bool IsDenied(string text, int start, int end) =>
        DeniedBefore.IsMatch(Before(text, start)) || DeniedAfter.IsMatch(text.AsSpan(end, Math.Min(Window, text.Length - end)));

    private static ReadOnlySpan<char> Before(string text, int start) => text.AsSpan(Math.Max(0, start - Window), Math.Min(start, Window));
}
