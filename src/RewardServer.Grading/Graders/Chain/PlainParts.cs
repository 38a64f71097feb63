namespace RewardServer.Grading.Graders.Chain;

/// <summary>Tells, at one place of a plain line, what can only be mathematics from what is not.</summary>
internal static class PlainParts
{
    private const string Operators = "+-*/^×÷·⋅∙−–√π°%!()[]{}$£€²³⁰¹⁴⁵⁶⁷⁸⁹½¼¾⅓⅔≈≃ \t\r";

    /// <summary>How many characters of mathematics begin here; 0 where there are none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">The place.</param>
    /// <param name="start">Where the line begins.</param>
    /// <param name="end">Where the line has ended.</param>
    public static int Length(string text, int at, int start, int end)
    {
        var (previous, next) = (at > start ? text[at - 1] : ' ', at + 1 < end ? text[at + 1] : ' ');
        return text[at] switch
        {
            var letter when IsLatin(letter) => Word(text, at, start, end),
            >= '0' and <= '9' => Number(text, at, end),
            '.' => char.IsAsciiDigit(next) && !char.IsLetterOrDigit(previous) && previous != '.' ? Number(text, at, end) : 0,
            '=' => "=<>!:+-*/%&|^~".Contains(previous, StringComparison.Ordinal) || next is '=' or '>' or '~' ? 0 : 1,
            '\\' => Command(text, at, end),
            '/' or '-' when next == text[at] || (previous == text[at] && at > start) => 0,
            '*' when next == '*' => char.IsLetterOrDigit(previous) || previous == ')' ? 2 : 0,
            '|' => (char.IsWhiteSpace(previous) && char.IsWhiteSpace(next)) || text[start] == '|' ? 0 : 1,
            '_' => char.IsLetterOrDigit(previous) && (char.IsLetterOrDigit(next) || next == '{') ? 1 : 0,
            var other => Operators.Contains(other, StringComparison.Ordinal) ? 1 : 0,
        };
    }

    /// <summary>How many characters are passed over where no mathematics begins: a word whole.</summary>
    public static int BreakLength(string text, int at, int end)
    {
        var length = IsLatin(text[at]) ? WordLength(text, at, end) : text[at] == '\\' ? CommandLength(text, at, end) : 1;
        return text.AsSpan(at, Math.Min(2, end - at)) is "**" or "//" or "==" or "--" ? 2 : length;
    }

    /// <summary>Whether it is a letter of the Latin script, whose words have spaces between them.</summary>
    public static bool IsLatin(char letter) => char.IsAsciiLetter(letter) || (letter is >= '\u00c0' and <= '\u024f' && char.IsLetter(letter));

    /// <summary>The length of the word that begins here.</summary>
    public static int WordLength(string text, int at, int end)
    {
        var stop = at;
        while (stop < end && (IsLatin(text[stop]) || (text[stop] is '\'' or '’' && stop + 1 < end && IsLatin(text[stop + 1]))))
        {
            stop++;
        }

        return stop - at;
    }

    private static int Word(string text, int at, int start, int end)
    {
        var length = WordLength(text, at, end);
        var before = text.AsSpan(start, at - start);
        var isAlone = before.IsEmpty || char.IsWhiteSpace(before[^1]);
        if (length == 1)
        {
            return isAlone && text[at] is 'a' or 'A' or 'I' && at + 1 < end && char.IsWhiteSpace(text[at + 1]) ? 0 : 1;
        }

        var word = text.Substring(at, length);
        var follows = before.TrimEnd() is [.., var last] ? last : ' ';
        return PlainWords.IsFunction(word) || (PlainWords.IsUnit(word) && (char.IsAsciiDigit(follows) || follows is '/' or '²' or '³' or ')')) ? length : 0;
    }

    // Digits with a point between them, or with commas before each three.
    private static int Number(string text, int at, int end)
    {
        var stop = text[at] == '.' ? at + 1 : at;
        while (stop < end && char.IsAsciiDigit(text[stop]))
        {
            stop++;
            stop += stop + 1 < end && text[stop] == '.' && char.IsAsciiDigit(text[stop + 1]) || IsGroup(text, stop, end) ? 1 : 0;
        }

        return stop - at;
    }

    private static bool IsGroup(string text, int at, int end) => at + 3 < end && text[at] == ','
        && char.IsAsciiDigit(text[at + 1]) && char.IsAsciiDigit(text[at + 2]) && char.IsAsciiDigit(text[at + 3]) && !(at + 4 < end && char.IsAsciiDigit(text[at + 4]));

    private static int Command(string text, int at, int end) =>
        CommandLength(text, at, end) is > 1 and var length && !FormulaChains.Cuts(text.Substring(at + 1, length - 1)) ? length : 0;

    private static int CommandLength(string text, int at, int end)
    {
        var stop = at + 1;
        while (stop < end && char.IsAsciiLetter(text[stop]))
        {
            stop++;
        }

        return stop - at;
    }
}
