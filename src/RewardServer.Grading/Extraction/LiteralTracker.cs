using RewardServer.Grading.Graders.Code;

namespace RewardServer.Grading.Extraction;

/// <summary>Tells, line by line, whether a literal or comment of several lines is open. Linear in the text.</summary>
internal sealed class LiteralTracker(LexicalSyntax syntax)
{
    /// <summary>What closes the literal or comment that is open; null where none is.</summary>
    public string? Close { get; private set; }

    /// <summary>Forgets what is open.</summary>
    public void Reset() => Close = null;

    /// <summary>Reads the next line, without its end.</summary>
    public void Read(ReadOnlySpan<char> line)
    {
        while (!line.IsEmpty)
        {
            line = line[(Close is { } close ? ToClose(line, close) : Step(line))..];
        }
    }

    /// <summary>Reads lines to the end of the text.</summary>
    public void ReadAll(ReadOnlySpan<char> text)
    {
        foreach (var line in text.EnumerateLines())
        {
            Read(line);
        }
    }

    private int ToClose(ReadOnlySpan<char> line, string close)
    {
        var at = line.IndexOf(close, StringComparison.Ordinal);
        if (at < 0)
        {
            return line.Length;
        }

        // Only quotes of several characters and templates know escapes.
        var backslashes = close[0] is '`' or '\'' || close.Length == 3 ? at - line[..at].TrimEnd('\\').Length : 0;
        if (backslashes % 2 == 1)
        {
            return at + 1;
        }

        Close = null;
        return at + close.Length;
    }

    private int Step(ReadOnlySpan<char> line)
    {
        foreach (var comment in syntax.LineComments)
        {
            if (line.StartsWith(comment, StringComparison.Ordinal))
            {
                return line.Length;
            }
        }

        foreach (var (open, close) in syntax.Spans)
        {
            if (line.StartsWith(open, StringComparison.Ordinal))
            {
                Close = close;
                return open.Length;
            }
        }

        return syntax.Quotes.Contains(line[0]) ? QuotedLength(line) : 1;
    }

    private static int QuotedLength(ReadOnlySpan<char> line)
    {
        for (var at = 1; at < line.Length; at++)
        {
            if (line[at] == line[0])
            {
                return at + 1;
            }

            at += line[at] == '\\' ? 1 : 0;
        }

        return line.Length;
    }
}
