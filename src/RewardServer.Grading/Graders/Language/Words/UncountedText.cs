using System.Collections.Frozen;

namespace RewardServer.Grading.Graders.Language.Words;

/// <summary>
/// Formulas, code within a line and tags, of which no Latin or Greek word is counted. What opens and never closes hides nothing, a formula
/// or a piece of code is no longer than one can be, and sentences between such marks are counted all the same. Linear in the text.
/// </summary>
/// <param name="text">The text.</param>
internal sealed class UncountedText(string text)
{
    private const int LongestFormula = 1000, LongestDisplay = 5000, LongestCode = 300, LongestTag = 40, LongestName = 20;

    private static readonly FrozenSet<string> Environments = FrozenSet.Create(
        StringComparer.Ordinal,
        "equation", "align", "aligned", "alignat", "gather", "gathered", "multline", "eqnarray", "array", "cases", "matrix", "pmatrix", "bmatrix",
        "vmatrix", "Bmatrix", "Vmatrix", "smallmatrix", "split", "math", "displaymath", "tabular", "tikzpicture", "verbatim", "lstlisting");

    // Where the next of each closing mark stands, so that no part of the text is searched twice for it.
    private readonly Dictionary<string, int> closing = new(StringComparer.Ordinal);
    private int countedUntil;

    /// <summary>Where the count goes on, for a mark that may open what is not counted.</summary>
    /// <param name="at">Where the mark stands.</param>
    /// <returns>A place behind it.</returns>
    public int EndAt(int at) => text[at] switch
    {
        '\\' => Command(at),
        '<' => Tag(at),
        _ when at < countedUntil => at + 1,
        '$' => Dollar(at),
        _ => Code(at),
    };

    private int Command(int at)
    {
        var next = At(at + 1);
        if (next is '[' or '(')
        {
            return at < countedUntil ? at + 2 : Formula(at + 2, next == '[' ? @"\]" : @"\)", LongestDisplay);
        }

        if (!char.IsAsciiLetter(next))
        {
            return Math.Min(at + 2, text.Length);
        }

        var end = at + 2;
        while (char.IsAsciiLetter(At(end)))
        {
            end++;
        }

        return text.AsSpan(at..end) is @"\begin" or @"\end" && At(end) == '{' ? Environment(at, end + 1) : end;
    }

    // LaTeX's \begin{name}…\end{name}, where it is mathematics or a table; of any other only the names are left out.
    private int Environment(int at, int start)
    {
        var length = text.AsSpan(start, Math.Min(LongestName, text.Length - start)).IndexOf('}');
        if (length < 0)
        {
            return start;
        }

        var name = text.Substring(start, length);
        var known = text[at + 1] == 'b' && at >= countedUntil && Environments.Contains(name.TrimEnd('*'));
        return known ? Formula(start + length + 1, $@"\end{{{name}}}", LongestDisplay) : start + length + 1;
    }

    // As Pandoc tells formulas from prices: no space within the dollars, no digit behind them.
    private int Dollar(int at)
    {
        if (At(at + 1) == '$')
        {
            return Formula(at + 2, "$$", LongestDisplay);
        }

        if (char.IsWhiteSpace(At(at + 1)))
        {
            return at + 1;
        }

        var close = NextDollar(at + 1);
        return close < 0 || close - at > LongestFormula || char.IsWhiteSpace(text[close - 1]) || char.IsAsciiDigit(At(close + 1))
            || text.AsSpan(at..close).IndexOf("\n\n") >= 0
            ? at + 1
            : Hidden(at + 1, close, close + 1, Prose.IsInMaths(text.AsSpan(at + 1, close - at - 1)));
    }

    private int NextDollar(int from)
    {
        for (var at = Next("$", from); at >= 0; at = Next("$", at + 1))
        {
            if (text[at - 1] != '\\')
            {
                return at;
            }
        }

        return -1;
    }

    private int Formula(int start, string close, int longest)
    {
        var end = Next(close, start);
        return end < 0 || end - start > longest
            ? start
            : Hidden(start, end, end + close.Length, Prose.IsInMaths(text.AsSpan(start..end)));
    }

    // CommonMark 0.31, section 6.1, within one line.
    private int Code(int at)
    {
        var marks = Run(at);
        var start = at + marks;
        var line = text.AsSpan(start, Math.Min(LongestCode, text.Length - start));
        line = line.IndexOf('\n') is >= 0 and var end ? line[..end] : line;
        for (var close = line.IndexOf('`'); close >= 0 && close < line.Length;)
        {
            var length = Run(start + close);
            if (length == marks)
            {
                return Hidden(start, start + close, start + close + length, Prose.IsInCode(line[..close]));
            }

            var next = close + length < line.Length ? line[(close + length)..].IndexOf('`') : -1;
            close = next < 0 ? -1 : close + length + next;
        }

        return start;
    }

    private int Run(int at)
    {
        var end = at;
        while (At(end) == '`')
        {
            end++;
        }

        return end - at;
    }

    // A tag of one word, or a mark of a chat template: <answer>, </b>, <|im_end|>.
    private int Tag(int at)
    {
        var end = at + 1;
        while (end - at < LongestTag && (char.IsAsciiLetterOrDigit(At(end)) || At(end) is '/' or '|' or '_' or '-'))
        {
            end++;
        }

        return At(end) == '>' ? end + 1 : at + 1;
    }

    private int Hidden(int start, int contentEnd, int end, bool prose)
    {
        if (!prose)
        {
            return end;
        }

        countedUntil = Math.Max(countedUntil, Math.Max(contentEnd, end));
        return start;
    }

    private int Next(string mark, int from)
    {
        if (!closing.TryGetValue(mark, out var known) || (known >= 0 && known < from))
        {
            closing[mark] = known = from < text.Length ? text.IndexOf(mark, from, StringComparison.Ordinal) : -1;
        }

        return known;
    }

    private char At(int at) => at < text.Length ? text[at] : '\0';
}
