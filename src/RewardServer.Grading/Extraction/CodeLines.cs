using System.Buffers;
using RewardServer.Grading.Graders.Code;

namespace RewardServer.Grading.Extraction;

/// <summary>Tells lines of a program from lines of prose, where no fence does. Linear in the text.</summary>
internal static class CodeLines
{
    private static readonly SearchValues<char> Signs = SearchValues.Create("=(){}[];");

    private enum Kind
    {
        Unclear,
        Code,
        Prose,
    }

    /// <summary>Whether a line of it is prose, outside of literals and comments.</summary>
    public static bool HaveProse(string text, CodeLanguage language) => Read(text, [], language).Any(line => line.Kind == Kind.Prose);

    /// <summary>The run without prose that has the most lines of code, the last of several; null where no line looks like code.</summary>
    /// <param name="text">The response.</param>
    /// <param name="fences">Blocks, whose lines are no part of a run.</param>
    /// <param name="language">The language.</param>
    public static string? LongestRun(string text, IReadOnlyList<CodeFence> fences, CodeLanguage language)
    {
        var (best, most) = ((Start: 0, End: 0), 0);
        var (run, code) = ((Start: -1, End: -1), 0);
        foreach (var (start, end, kind) in Read(text, fences, language))
        {
            if (kind == Kind.Prose)
            {
                (run, code) = ((-1, -1), 0);
            }
            else if (kind == Kind.Code)
            {
                run = (run.Start < 0 ? start : run.Start, end);
                code++;
                (best, most) = code >= most ? (run, code) : (best, most);
            }
            else if (run.Start >= 0 && !text.AsSpan(start..end).IsWhiteSpace() && !char.IsUpper(text.AsSpan(start..end).TrimStart()[0]))
            {
                // No word of its own tells, as of a call in a shell: it belongs to the code before it.
                run = (run.Start, end);
                best = best.Start == run.Start && code == most ? run : best;
            }
        }

        return most == 0 ? null : text[best.Start..best.End];
    }

    private static IEnumerable<(int Start, int End, Kind Kind)> Read(string text, IReadOnlyList<CodeFence> fences, CodeLanguage language)
    {
        var literals = new LiteralTracker(language.Syntax);
        var closes = new Dictionary<string, int>(StringComparer.Ordinal);
        var inside = fences.OrderBy(fence => fence.Opening.Start).ToList();
        for (int start = 0, fence = 0, fenced = 0; start < text.Length;)
        {
            var next = text.IndexOf('\n', start) is >= 0 and var end ? end + 1 : text.Length;
            for (; fence < inside.Count && inside[fence].Opening.Start <= start; fence++)
            {
                fenced = Math.Max(fenced, EndOf(text, inside[fence]));
            }

            var line = text.AsSpan(start..next).TrimEnd();
            var open = start < fenced ? null : literals.Close;
            if (start < fenced || (open is not null && !Contains(text, start, open, closes)))
            {
                literals.Reset();
                open = null;
            }

            literals.Read(line);
            var opens = literals.Close is { } later && Contains(text, next, later, closes);
            var kind = start < fenced ? Kind.Prose : open is not null || opens ? Kind.Code : KindOf(line, language);
            if (!opens && open is null)
            {
                literals.Reset();
            }

            yield return (start, next, kind);
            start = next;
        }
    }

    private static int EndOf(string text, CodeFence fence) =>
        fence.Closed && fence.End < text.Length && text.IndexOf('\n', fence.End) is >= 0 and var end ? end + 1 : fence.Closed ? text.Length : fence.End;

    private static bool Contains(string text, int from, string close, Dictionary<string, int> closes)
    {
        if (!closes.TryGetValue(close, out var known) || (known >= 0 && known < from))
        {
            closes[close] = known = text.IndexOf(close, from, StringComparison.Ordinal);
        }

        return known >= 0;
    }

    private static Kind KindOf(ReadOnlySpan<char> line, CodeLanguage language)
    {
        var text = line.Trim();
        if (text.IsEmpty)
        {
            return Kind.Unclear;
        }

        foreach (var comment in language.Syntax.LineComments)
        {
            if (text.StartsWith(comment, StringComparison.Ordinal))
            {
                return Kind.Code;
            }
        }

        return Sentence.Is(text, language) ? Kind.Prose : IsCode(text, language) ? Kind.Code : Kind.Unclear;
    }

    private static bool IsCode(ReadOnlySpan<char> text, CodeLanguage language)
    {
        var word = text[..(text.IndexOfAny(" \t(;:") is > 0 and var end ? end : text.Length)];
        foreach (var start in language.LineStarts)
        {
            if (word.Equals(start, language.Name == "sql" ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)
                || (!char.IsLetterOrDigit(start[^1]) && text.StartsWith(start, StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return text.ContainsAny(Signs);
    }
}
