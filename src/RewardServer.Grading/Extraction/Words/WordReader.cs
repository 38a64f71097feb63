namespace RewardServer.Grading.Extraction.Words;

/// <summary>
/// Reads the words of a text: what stands between white space, where each character of a script without spaces is a word. What is
/// longer than a word can be counts as several, so that leaving out the spaces makes no text short, nor hides what it repeats.
/// </summary>
/// <param name="text">The text.</param>
internal ref struct WordReader(ReadOnlySpan<char> text)
{
    /// <summary>The most UTF-16 units of a word.</summary>
    public const int Longest = 16;

    private readonly ReadOnlySpan<char> text = text;
    private int start, end;

    /// <summary>The word that was read last.</summary>
    public readonly ReadOnlySpan<char> Word => text[start..end];

    /// <summary>How many words a text has.</summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        var reader = new WordReader(text);
        var count = 0;
        while (reader.Next())
        {
            count++;
        }

        return count;
    }

    /// <summary>Reads the next word; false at the end of the text.</summary>
    public bool Next()
    {
        var at = end;
        while (at < text.Length && CharKinds.Of(text[at]) == CharKind.Space)
        {
            at++;
        }

        start = at;
        var limit = Math.Min(text.Length, start + Longest);
        while (at < limit && text[at] is >= '!' and <= '~')
        {
            at++;
        }

        // Up to the first character that is not ASCII, nothing but white space ends a word.
        end = at < limit && !char.IsAscii(text[at]) ? EndOf(text[..limit], start) : at;
        return start < end;
    }

    private static int EndOf(ReadOnlySpan<char> text, int start)
    {
        var at = start;
        for (var held = CharKind.Symbol; at < text.Length && Joins(held, CharKinds.Of(text[at]), out held);)
        {
            at++;
        }

        return at;
    }

    // Punctuation belongs to what it stands at.
    private static bool Joins(CharKind held, CharKind next, out CharKind now)
    {
        now = next == CharKind.Symbol ? held : next;
        return next == CharKind.Symbol || (next == CharKind.Letter && held != CharKind.Alone) || (next == CharKind.Alone && held == CharKind.Symbol);
    }
}
