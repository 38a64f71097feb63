namespace RewardServer.Grading.Extraction;

/// <summary>Finds the maths environments of a text: <c>$…$</c>, <c>$$…$$</c>, <c>\(…\)</c>, <c>\[…\]</c>, <c>equation</c>, <c>align</c>.</summary>
public static class MathsEnvironment
{
    private const int LongestConnective = 12;

    private static readonly (string Open, string Close)[] Delimiters =
    [
        ("$$", "$$"), ("\\(", "\\)"), ("\\[", "\\]"), ("\\begin{equation}", "\\end{equation}"), ("\\begin{equation*}", "\\end{equation*}"),
        ("\\begin{align}", "\\end{align}"), ("\\begin{align*}", "\\end{align*}"), ("\\begin{gather*}", "\\end{gather*}"),
        ("\\begin{displaymath}", "\\end{displaymath}"),
    ];

    /// <summary>
    /// The last environment with its delimiters; null where there is none, or where the words around it deny it. Those before it that only "or", "and" or a comma part
    /// from it come with it, so that "$1$ or $2$" does not pass for 2.
    /// </summary>
    public static string? Last(string text)
    {
        var all = All(text);
        if (all.Count == 0)
        {
            return null;
        }

        var first = all.Count - 1;
        while (first > 0 && IsConnective(text.AsSpan(all[first - 1].End, all[first].Start - all[first - 1].End)))
        {
            first--;
        }

        return Clause.LeavesOpen(text, all[first].Start, all[^1].End) ? null : text[all[first].Start..all[^1].End];
    }

    /// <summary>The environment of a text that has only one; null where it has none or more.</summary>
    public static string? Only(string text) => All(text) is [var (start, end)] && !Clause.LeavesOpen(text, start, end) ? text[start..end] : null;

    /// <summary>The end of the environment that opens at a place and closes before a limit; that place itself where none does.</summary>
    public static int EndOf(string text, int at, int limit)
    {
        var delimiter = Delimiters.FirstOrDefault(d => string.CompareOrdinal(text, at, d.Open, 0, d.Open.Length) == 0);
        var close = delimiter.Open is null ? -1 : IndexBefore(text, delimiter.Close, at + delimiter.Open.Length, limit);
        return close >= 0 ? close + delimiter.Close.Length : text[at] == '$' ? EndOfInline(text, at) : at;
    }

    /// <summary>Every environment with its delimiters, in order. Linear in the text.</summary>
    internal static List<(int Start, int End)> All(string text)
    {
        var found = new List<(int, int)>();
        // What does not close once does not close later either; not to look again keeps the whole linear.
        var unclosed = new HashSet<string>();
        for (var i = text.AsSpan().IndexOfAny('$', '\\'); i >= 0 && i < text.Length; i = Next(text, i))
        {
            var delimiter = Delimiters.FirstOrDefault(d => string.CompareOrdinal(text, i, d.Open, 0, d.Open.Length) == 0);
            var end = delimiter.Open is not null && !unclosed.Contains(delimiter.Close) ? EndOf(text, i, text.Length) : text[i] == '$' && delimiter.Open is null ? EndOfInline(text, i) : i;
            if (end > i)
            {
                found.Add((i, end));
                i = end - 1;
            }
            else
            {
                i += delimiter.Open is null && text[i] == '\\' ? 1 : 0;
                _ = delimiter.Open is not null && unclosed.Add(delimiter.Close);
            }
        }

        return found;
    }

    private static int Next(string text, int at) =>
        at + 1 < text.Length && text.AsSpan(at + 1).IndexOfAny('$', '\\') is >= 0 and var ahead ? at + 1 + ahead : -1;

    // As Pandoc has it: no white space inside the dollars, no digit after them, all in one paragraph; else they are currency.
    private static int EndOfInline(string text, int at)
    {
        if (at + 1 >= text.Length || char.IsWhiteSpace(text[at + 1]))
        {
            return at;
        }

        for (var i = at + 1; i < text.Length && !(text[i] == '\n' && text[i - 1] == '\n'); i++)
        {
            if (text[i] == '$' && text[i - 1] != '\\')
            {
                var closes = i > at + 1 && !char.IsWhiteSpace(text[i - 1]) && !(i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]));
                return closes ? i + 1 : at;
            }
        }

        return at;
    }

    private static int IndexBefore(string text, string close, int start, int limit) =>
        start < limit ? text.IndexOf(close, start, limit - start, StringComparison.Ordinal) : -1;

    private static bool IsConnective(ReadOnlySpan<char> between) => (between.Length <= LongestConnective && between.Trim(" ,;\n\t\r") is "" or "or" or "and")
        || (Alternatives.Join(between) && Alternatives.IsChoice(between));
}
