namespace RewardServer.Grading.Extraction;

/// <summary>A fenced block of Markdown (CommonMark 0.31, section 4.5).</summary>
/// <param name="Language">The first word after the opening fence; empty where there is none.</param>
/// <param name="Content">The lines between the fences.</param>
/// <param name="Closed">Whether a closing fence was found.</param>
/// <param name="Start">Where its content begins in the text.</param>
internal sealed record Fence(string Language, string Content, bool Closed, int Start)
{
    /// <summary>The blocks of a text from top to bottom.</summary>
    public static IReadOnlyList<Fence> All(string text)
    {
        var found = new List<Fence>();
        (char Mark, int Length, string Language, int Start)? open = null;
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            var next = end < 0 ? text.Length : end + 1;
            var line = text.AsSpan(start, (end < 0 ? text.Length : end) - start);
            if (open is { } block)
            {
                if (Marks(line, out var mark, out var rest) is var length && length >= block.Length
                    && mark == block.Mark && rest.IsWhiteSpace())
                {
                    found.Add(new(block.Language, text[block.Start..start], Closed: true, block.Start));
                    open = null;
                }
            }
            else if (Marks(line, out var mark, out var info) is var length && length > 0
                && !(mark == '`' && info.Contains('`')))
            {
                open = (mark, length, FirstWord(info), next);
            }

            start = next;
        }

        if (open is { } unclosed)
        {
            found.Add(new(unclosed.Language, text[Math.Min(unclosed.Start, text.Length)..], Closed: false, Math.Min(unclosed.Start, text.Length)));
        }

        return found;
    }

    // The number of fence marks that begin the line (0 where it is no fence), and what follows them.
    internal static int Marks(ReadOnlySpan<char> line, out char mark, out ReadOnlySpan<char> rest)
    {
        var text = line.TrimStart(' ');
        mark = text.IsEmpty ? '\0' : text[0];
        rest = text.TrimStart(mark);
        var length = text.Length - rest.Length;
        return mark is '`' or '~' && length >= 3 && line.Length - text.Length <= 3 ? length : 0;
    }

    internal static string FirstWord(ReadOnlySpan<char> info)
    {
        var words = info.Trim().TrimStart('{').TrimStart('.');
        var end = words.IndexOfAny(" \t{}:,".AsSpan());
        return (end < 0 ? words : words[..end]).ToString();
    }
}
