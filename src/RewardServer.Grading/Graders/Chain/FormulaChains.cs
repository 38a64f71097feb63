using System.Buffers;
using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace RewardServer.Grading.Graders.Chain;

/// <summary>Cuts a formula of LaTeX into the sides of its chains.</summary>
internal static class FormulaChains
{
    private const int LongestSide = 300;
    private const int LongestGap = 60;

    private static readonly SearchValues<char> Blank = SearchValues.Create(" \t\r\n&");

    private static readonly Regex RowEnd = new(@"\\\\(\[[^\]]*\])?|\\q?quad\b", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    // What a row goes on with that is still in the middle of a side.
    private static readonly Regex GoesOn = new(@"^(\s|&|\\q?quad\b|\\[,;:! ])*([-+*/]|\\(cdot|times|div|pm)\b)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);


    private static readonly FrozenDictionary<string, ChainLink> Commands = new Dictionary<string, ChainLink>
    {
        ["approx"] = ChainLink.Approximate, ["simeq"] = ChainLink.Approximate, ["doteq"] = ChainLink.Approximate, ["approxeq"] = ChainLink.Approximate,
        ["le"] = ChainLink.Other, ["leq"] = ChainLink.Other, ["ge"] = ChainLink.Other, ["geq"] = ChainLink.Other, ["lt"] = ChainLink.Other,
        ["gt"] = ChainLink.Other, ["ne"] = ChainLink.Other, ["neq"] = ChainLink.Other, ["equiv"] = ChainLink.Other, ["sim"] = ChainLink.Other,
        ["cong"] = ChainLink.Other, ["in"] = ChainLink.Other, ["to"] = ChainLink.Other, ["rightarrow"] = ChainLink.Other, ["mid"] = ChainLink.Other,
        ["Rightarrow"] = ChainLink.None, ["implies"] = ChainLink.None, ["iff"] = ChainLink.None, ["Leftrightarrow"] = ChainLink.None,
        ["therefore"] = ChainLink.None, ["because"] = ChainLink.None, ["quad"] = ChainLink.None, ["qquad"] = ChainLink.None,
        ["text"] = ChainLink.None, ["mbox"] = ChainLink.None, ["textbf"] = ChainLink.None, ["tag"] = ChainLink.None, ["label"] = ChainLink.None,
        ["begin"] = ChainLink.None, ["end"] = ChainLink.None, ["("] = ChainLink.None, [")"] = ChainLink.None, ["["] = ChainLink.None, ["]"] = ChainLink.None,
    }.ToFrozenDictionary();

    // Those whose argument is no mathematics. A unit stays with its number.
    private static readonly FrozenSet<string> Worded = new[] { "text", "mbox", "textbf", "tag", "label", "begin", "end" }.ToFrozenSet();

    /// <summary>Whether a command of LaTeX stands between sides, and not in one.</summary>
    public static bool Cuts(string command) => Commands.ContainsKey(command);

    /// <summary>The equalities of one formula.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the formula begins, with its delimiter.</param>
    /// <param name="end">Where it has ended.</param>
    public static IEnumerable<StatedEquality> In(string text, int start, int end)
    {
        // The side before the current one, and what joins the two.
        var (side, held, depth) = (start, (Start: start, End: start, Link: ChainLink.None), 0);
        foreach (var (at, length, link, change) in Marks(text, start, end).Append((end, 0, ChainLink.None, 0)))
        {
            depth = Math.Max(0, depth + change);
            if (link is not { } mark || (depth > 0 && at < end))
            {
                continue;
            }

            var isEmpty = text.AsSpan(side, at - side).Trim(" \t\r\n&").IsEmpty;
            if (!isEmpty && held.Link is ChainLink.Equal or ChainLink.Approximate && Equality(text, held, (side, at), end) is { } equality)
            {
                yield return equality with { IsFormula = true, OpensFormula = text.AsSpan(start, equality.Start - start).Trim("$\\([ \n").IsEmpty };
            }

            // A row that begins with a relation goes on with the chain above.
            var (isRow, goesOn) = (text.AsSpan(at, length).StartsWith(@"\\"), isEmpty && held is { Link: ChainLink.None } && held.End > held.Start && mark != ChainLink.None);
            held = goesOn ? held with { Link = mark }
                : isRow && isEmpty ? held
                : isRow || mark != ChainLink.None ? (side, at, mark)
                : (at, at, mark);
            side = at + length;
        }
    }

    private static StatedEquality? Equality(string text, (int Start, int End, ChainLink Link) left, (int Start, int End) right, int end)
    {
        var (one, other) = (Side(text, left.Start, left.End), Side(text, right.Start, right.End));
        return one is null || other is null ? null : new(one, other, left.Link == ChainLink.Approximate, left.Start + text.AsSpan(left.Start, left.End - left.Start).IndexOfAnyExcept(Blank), end);
    }

    private static string? Side(string text, int start, int end)
    {
        if (end - start > LongestSide)
        {
            return null;
        }

        var side = RowEnd.Replace(text[start..end], " ").Replace("&", "", StringComparison.Ordinal).TrimStart().TrimEnd(" \t\r\n.,".ToCharArray());
        return side.Length == 0 || EllipsisIn.AMiddle(side) || "+-*/".Contains(side[^1], StringComparison.Ordinal) ? null : side;
    }

    // Where the chain may be cut, and what opens and closes brackets. A link of null is no cut.
    private static IEnumerable<(int At, int Length, ChainLink? Link, int Change)> Marks(string text, int start, int end)
    {
        for (var i = start; i < end;)
        {
            var (length, link, change) = Mark(text, i, end);
            if (link is not null || change != 0)
            {
                yield return (i, length, link, change);
            }

            i += length;
        }
    }

    private static (int Length, ChainLink? Link, int Change) Mark(string text, int at, int end) => text[at] switch
    {
        '\\' => Command(text, at, end),
        '(' or '[' or '{' => (1, null, 1),
        ')' or ']' or '}' => (1, null, -1),
        ':' or '=' when at + 1 < end && text[at + 1] == '=' => (2, ChainLink.None, 0),
        '=' => (1, ChainLink.Equal, 0),
        '≈' or '≃' => (1, ChainLink.Approximate, 0),
        '<' or '>' or '≤' or '≥' or '≠' or '≡' or '∈' or '→' => (1, ChainLink.Other, 0),
        '$' or ';' or '⇒' or '∴' => (1, ChainLink.None, 0),
        ',' when at + 2 < end && (char.IsWhiteSpace(text[at + 1]) || (text[at + 1] == '\\' && text[at + 2] != '!')) => (1, ChainLink.None, 0),
        _ => (1, null, 0),
    };

    private static (int Length, ChainLink? Link, int Change) Command(string text, int at, int end)
    {
        var stop = at + 1;
        while (stop < end && char.IsAsciiLetter(text[stop]))
        {
            stop++;
        }

        stop = Math.Min(end, Math.Max(stop, at + 2));
        var name = text[(at + 1)..stop];
        return name switch
        {
            "\\" => RowBreak(text, stop, end, 2 + Spacing(text, stop, end)),
            "quad" or "qquad" => RowBreak(text, at, end, stop - at),
            "{" => (2, null, 1),
            "}" => (2, null, -1),
            _ when !Commands.TryGetValue(name, out var link) => (stop - at, null, 0),
            _ when Worded.Contains(name) && stop < end && text[stop] == '{' && text.AsSpan(stop, Math.Min(end - stop, LongestSide)).IndexOf('}') is > 0 and var close =>
                (stop + close + 1 - at, UnitOrBreak(name, text.AsSpan(stop + 1, close - 1)), 0),
            _ => (stop - at, Commands[name], 0),
        };
    }

    private static (int Length, ChainLink? Link, int Change) RowBreak(string text, int at, int end, int length) =>
        (length, GoesOn.IsMatch(text.AsSpan(at, Math.Min(end - at, LongestGap))) || EndsInTheMiddle(text, at) ? null : ChainLink.None, 0);

    private static bool EndsInTheMiddle(string text, int at) =>
        text.AsSpan(Math.Max(0, at - LongestGap), Math.Min(at, LongestGap)).TrimEnd("\\ \t\r\n&") is var before
        && (before is [.., '+' or '-' or '*' or '/'] || before.EndsWith(@"\cdot") || before.EndsWith(@"\times"));

    // The distance to the next row: "\\\\[2pt]".
    private static int Spacing(string text, int at, int end) =>
        at < end && text[at] == '[' && text.AsSpan(at, Math.Min(end - at, 12)).IndexOf(']') is > 0 and var close ? close + 1 : 0;

    // What is no connective may be a unit, or the rest of a side: "8 \text{ R } 4".
    private static ChainLink? UnitOrBreak(string name, ReadOnlySpan<char> words) =>
        name is "text" or "mbox" && words.Length > 0 && words.Trim(" .,;:") is { IsEmpty: false } said && !PlainWords.IsConnective(said[..(said.IndexOf(' ') is > 0 and var first ? first : said.Length)].ToString())
            ? null : ChainLink.None;
}
