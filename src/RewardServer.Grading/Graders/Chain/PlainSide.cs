using System.Text.RegularExpressions;

namespace RewardServer.Grading.Graders.Chain;

/// <summary>Cuts one side of a plain chain out of its line; null where it may be but a part of what is meant.</summary>
internal static class PlainSide
{
    private const int LongestSide = 300;

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private static readonly Regex Bullet = new(@"^\s*([-*+•]\s+|\(?\d{1,3}\)\s+)", Options);
    private static readonly Regex Calculates = new(@"[^\s(\[$£€−-].*[-+*/^×÷·⋅∙−–(]|√|\\[a-z]|[²³!]|\b(sqrt|gcd|lcm|max|min|abs|mod)\b", Options | RegexOptions.Singleline);
    private static readonly Regex Says = new(@"[0-9π½¼¾⅓⅔]", Options);
    private static readonly Regex SideBySide = new(@"\d\s+\d|0x", Options);
    private static readonly Regex Mixed = new(@"^\s*[-−]?\d+\s+\d+\s*/\s*\d+\s*$", Options);
    private static readonly Regex Times = new(@"(?<a>\d\s*)[xX](?<b>\s*\d)", Options);
    private static readonly Regex Remainder = new(@"(?<a>[\d)]\s*)%(?<b>\s*[\d(])", Options);

    /// <summary>The side before a sign, and where it begins.</summary>
    public static (string Text, int Start)? Left(string text, (int Start, int End) line, int from, int to, bool isFirst)
    {
        if (to - from > LongestSide)
        {
            return null;
        }

        var bullet = isFirst && from == line.Start ? Bullet.Match(text[from..to]).Length : 0;
        from = Start(text, from + bullet, to, isFirst);
        var edge = isFirst && bullet == 0 ? SideEdges.Before(text, line.Start, from) : SideEdge.Clear;
        if (LastUnclosed(text, from, to) is >= 0 and var opened)
        {
            (from, edge) = (Start(text, opened + 1, to, isFirst), SideEdge.Clear);
        }

        return edge != SideEdge.Open && Clean(text[from..to], isFirst) is { } side && (edge == SideEdge.Clear || Calculates.IsMatch(side)) ? (side, from) : null;
    }

    /// <summary>The side behind a sign.</summary>
    public static string? Right(string text, (int Start, int End) line, int from, int to, bool isLast)
    {
        if (to - from > LongestSide)
        {
            return null;
        }

        to = from + text.AsSpan(from, to - from).TrimEnd().Length;
        var closed = FirstUnopened(text, from, to);
        var edge = closed < 0 && isLast ? SideEdges.After(text, to, line.End) : SideEdge.Clear;
        var side = text[from..(closed < 0 ? to : closed)].TrimEnd(" \t\r([*".ToCharArray());
        // "= 5!" may be a factorial or joy.
        return edge == SideEdge.Open || (isLast && side.EndsWith('!')) ? null : Clean(side, isFirst: false);
    }

    // Where the side itself begins, behind white space and the stars of Markdown.
    private static int Start(string text, int from, int to, bool isFirst)
    {
        while (from < to && (char.IsWhiteSpace(text[from]) || (isFirst && text[from] == '*' && from + 1 < to && !char.IsWhiteSpace(text[from + 1]) && (from == 0 || !char.IsLetterOrDigit(text[from - 1])))))
        {
            from++;
        }

        return from;
    }

    private static string? Clean(string side, bool isFirst)
    {
        side = side.Trim();
        return side.Length == 0 || !Says.IsMatch(side) || LastUnclosed(side, 0, side.Length) >= 0 || FirstUnopened(side, 0, side.Length) >= 0
            || "+*/^×÷·⋅∙–)]}%!".Contains(side[0], StringComparison.Ordinal) || "+-*/^×÷·⋅∙−–".Contains(side[^1], StringComparison.Ordinal)
            || (isFirst && side.Length > 1 && side[0] is '-' or '−' && char.IsWhiteSpace(side[1]))
            || (SideBySide.IsMatch(side) && !Mixed.IsMatch(side))
            ? null
            : Remainder.Replace(Times.Replace(Times.Replace(side, "${a}×${b}"), "${a}×${b}"), @"${a}\bmod${b}").Replace("**", "^", StringComparison.Ordinal).Replace('–', '-');
    }

    private static int LastUnclosed(string text, int from, int to)
    {
        for (var (i, depth) = (to - 1, 0); i >= from; i--)
        {
            depth += text[i] is ')' or ']' or '}' ? 1 : text[i] is '(' or '[' or '{' ? -1 : 0;
            if (depth < 0)
            {
                return i;
            }
        }

        return -1;
    }

    private static int FirstUnopened(string text, int from, int to)
    {
        for (var (i, depth) = (from, 0); i < to; i++)
        {
            depth += text[i] is '(' or '[' or '{' ? 1 : text[i] is ')' or ']' or '}' ? -1 : 0;
            if (depth < 0)
            {
                return i;
            }
        }

        return -1;
    }
}
