namespace RewardServer.Grading.Graders.Json;

/// <summary>Finds objects and arrays of JSON in prose.</summary>
internal static class JsonValues
{
    // How often a bracket that is never closed is taken as one of the prose, so that the whole stays linear.
    private const int MostUnclosed = 32;

    /// <summary>
    /// The last outermost complete object or array; null where there is none, or where one that looks like JSON was cut off at the end: what
    /// stands within it is not what the response settles on.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="opens">With what it must begin: '{', '[', or '\0' for either.</param>
    public static string? Last(string text, char opens)
    {
        string? last = null;
        for (int start = 0, unclosed = 0; start < text.Length && unclosed < MostUnclosed;)
        {
            var at = text.AsSpan(start).IndexOfAny('{', '[');
            if (at < 0)
            {
                break;
            }

            at += start;
            var end = EndOf(text, at, out var mismatched);
            var begins = Begins(text.AsSpan(at), '\0');
            if (end < 0 && !mismatched && begins)
            {
                return null;
            }

            last = end >= 0 && begins && (opens == '\0' || text[at] == opens) ? text[at..end] : last;
            unclosed += end < 0 ? 1 : 0;
            start = end < 0 ? at + 1 : end;
        }

        return last;
    }

    /// <summary>Whether a text begins as an object or array of JSON does.</summary>
    public static bool Begins(ReadOnlySpan<char> text, char opens)
    {
        if (text.IsEmpty || text[0] is not ('{' or '[') || (opens != '\0' && text[0] != opens))
        {
            return false;
        }

        var first = text[1..].TrimStart() is { IsEmpty: false } rest ? rest[0] : '\0';
        return text[0] == '{' ? first is '"' or '}' : first is '"' or '{' or '[' or ']' or '-' or 't' or 'f' or 'n' || char.IsAsciiDigit(first);
    }

    // Where the bracket that opens at a place has closed; -1 where it does not, or another closes first.
    private static int EndOf(string text, int at, out bool mismatched)
    {
        var open = new Stack<char>();
        mismatched = false;
        for (var i = at; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"':
                    i = EndOfString(text, i);
                    break;
                case '{' or '[':
                    open.Push(text[i] == '{' ? '}' : ']');
                    break;
                case '}' or ']':
                    mismatched = open.Pop() != text[i];
                    if (mismatched || open.Count == 0)
                    {
                        return mismatched ? -1 : i + 1;
                    }

                    break;
            }
        }

        return -1;
    }

    private static int EndOfString(string text, int at)
    {
        for (var i = at + 1; i < text.Length; i++)
        {
            if (text[i] == '"')
            {
                return i;
            }

            i += text[i] == '\\' ? 1 : 0;
        }

        return text.Length;
    }
}
