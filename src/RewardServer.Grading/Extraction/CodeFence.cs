using System.Text;

namespace RewardServer.Grading.Extraction;

/// <summary>A fenced block in a response that is searched for a program.</summary>
/// <param name="Opening">The fence that opens it.</param>
/// <param name="End">Where its content ends.</param>
/// <param name="Closed">Whether a fence closes it.</param>
internal sealed record CodeFence(FenceLine Opening, int End, bool Closed)
{
    /// <summary>Where its content begins.</summary>
    public int Start => Opening.Next;

    /// <summary>The first word after the fence; empty where there is none.</summary>
    public string Language { get; } = Fence.FirstWord(Opening.Info);

    /// <summary>Its lines, without the columns by which the fence itself is indented.</summary>
    /// <param name="text">The response.</param>
    public string Content(string text)
    {
        var content = text.AsSpan(Math.Min(Start, End)..End);
        if (Opening.Indent == 0)
        {
            return content.ToString();
        }

        var lines = new StringBuilder(content.Length);
        while (!content.IsEmpty)
        {
            var end = content.IndexOf('\n');
            var line = content[..(end < 0 ? content.Length : end + 1)];
            lines.Append(WithoutIndent(line, Opening.Indent));
            content = content[line.Length..];
        }

        return lines.ToString();
    }

    private static ReadOnlySpan<char> WithoutIndent(ReadOnlySpan<char> line, int columns)
    {
        var at = 0;
        while (columns > 0 && at < line.Length && line[at] is ' ' or '\t')
        {
            columns -= line[at++] == '\t' ? 4 : 1;
        }

        return line[at..];
    }
}
