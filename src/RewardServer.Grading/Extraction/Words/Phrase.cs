namespace RewardServer.Grading.Extraction.Words;

/// <summary>
/// Some words in a row that are looked for in a text in lower case, at the bounds of words. Between two of them stands one space, hyphen
/// or apostrophe.
/// </summary>
internal sealed class Phrase
{
    private readonly string pattern;
    private readonly bool opensClause, closesClause;

    /// <param name="written">In lower case; after <c>^</c> it must open a clause, and before <c>$</c> end one.</param>
    public Phrase(string written)
    {
        (opensClause, closesClause) = (written[0] == '^', written[^1] == '$');
        Text = written[(opensClause ? 1 : 0)..^(closesClause ? 1 : 0)];
        pattern = string.Concat(Text.Select(unit => IsJoint(unit) ? ' ' : unit));
        for (var at = 0; at < pattern.Length; at = WordEnd(pattern, at))
        {
            Words += CharKinds.Of(pattern[at]) >= CharKind.Letter ? 1 : 0;
        }
    }

    /// <summary>As people write it.</summary>
    public string Text { get; }

    /// <summary>How many words it has; each character of a script without spaces is one.</summary>
    public int Words { get; }

    /// <summary>Its length in UTF-16 units.</summary>
    public int Length => pattern.Length;

    /// <summary>Its first word, or the first character of one in a script without spaces.</summary>
    public ReadOnlySpan<char> FirstWord => pattern.AsSpan(0, WordEnd(pattern, 0));

    /// <summary>Whether it stands in a text at the start of a word.</summary>
    /// <param name="text">In lower case.</param>
    /// <param name="start">Where a word begins.</param>
    public bool StandsAt(ReadOnlySpan<char> text, int start)
    {
        if (text.Length - start < pattern.Length)
        {
            return false;
        }

        for (var i = 0; i < pattern.Length; i++)
        {
            var unit = text[start + i];
            if (pattern[i] != unit && !(pattern[i] == ' ' && IsJoint(unit)) && !(pattern[i] == ':' && unit == '：'))
            {
                return false;
            }
        }

        var rest = text[(start + pattern.Length)..];
        return !(CharKinds.Of(pattern[^1]) == CharKind.Letter && BeginsWord(rest, CharKind.Letter))
            && !(closesClause && BeginsWord(rest.TrimStart(' '), CharKind.Letter, CharKind.Alone))
            && !(opensClause && EndsWord(text[..start].TrimEnd(' ')));
    }

    /// <summary>Where the word that begins at a place ends.</summary>
    public static int WordEnd(ReadOnlySpan<char> text, int start)
    {
        if (CharKinds.Of(text[start]) != CharKind.Letter)
        {
            return start + 1;
        }

        var end = start + 1;
        while (end < text.Length && CharKinds.Of(text[end]) == CharKind.Letter)
        {
            end++;
        }

        return end;
    }

    private static bool BeginsWord(ReadOnlySpan<char> text, params ReadOnlySpan<CharKind> kinds) =>
        !text.IsEmpty && kinds.Contains(CharKinds.Of(text[0]));

    private static bool EndsWord(ReadOnlySpan<char> text) =>
        !text.IsEmpty && CharKinds.Of(text[^1]) is CharKind.Letter or CharKind.Alone;

    private static bool IsJoint(char unit) => unit is ' ' or '-' or '\'' or '’' or '‑' or '\u00a0' or '\n';
}
