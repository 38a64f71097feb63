namespace RewardServer.Grading.Extraction;

/// <summary>A line that is a fence, whatever it opens or closes.</summary>
/// <param name="Start">Where the line begins.</param>
/// <param name="Next">Where the next one begins.</param>
/// <param name="Mark">The character it is made of.</param>
/// <param name="Length">How often.</param>
/// <param name="Indent">Columns before it.</param>
/// <param name="Info">What follows it, at most so much as can matter; empty where it is bare.</param>
internal sealed record FenceLine(int Start, int Next, char Mark, int Length, int Indent, string Info)
{
    private const int LongestInfo = 300;

    /// <summary>Whether it can only close a block or open one without a language.</summary>
    public bool IsBare => Info.Length == 0;

    /// <summary>All fences of a text from top to bottom.</summary>
    public static List<FenceLine> All(string text)
    {
        var (found, inList) = (new List<FenceLine>(), false);
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            var next = end < 0 ? text.Length : end + 1;
            var line = text.AsSpan(start, (end < 0 ? text.Length : end) - start);
            var content = line.TrimStart();
            var length = Fence.Marks(content, out var mark, out var rest);
            if (length > 0 && Of(start, next, mark, length, Columns(line[..^content.Length]), rest) is { } fence)
            {
                // In a list's item, a fence stands as deep as its text.
                if (fence.Indent <= 3 || inList)
                {
                    found.Add(fence);
                }
            }
            else if (!content.IsEmpty)
            {
                inList = IsListItem(content) || (inList && content.Length < line.Length);
            }

            start = next;
        }

        return found;
    }

    private static FenceLine? Of(int start, int next, char mark, int length, int indent, ReadOnlySpan<char> rest)
    {
        var info = rest.Trim();
        return mark == '`' && info.Contains('`') ? null : new(start, next, mark, length, indent, info[..Math.Min(info.Length, LongestInfo)].ToString());
    }

    private static int Columns(ReadOnlySpan<char> indent) => indent.Length + (3 * indent.Count('\t'));

    private static bool IsListItem(ReadOnlySpan<char> line)
    {
        var digits = line.Length - line.TrimStart("0123456789").Length;
        return digits is > 0 and < 10
            ? line.Length > digits + 1 && line[digits] is '.' or ')' && line[digits + 1] == ' '
            : line.Length > 1 && line[0] is '-' or '*' or '+' && line[1] == ' ';
    }
}
