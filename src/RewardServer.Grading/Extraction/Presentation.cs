using System.Text.RegularExpressions;

namespace RewardServer.Grading.Extraction;

/// <summary>What only presents an answer: signs of mathematics, LaTeX's fonts, Markdown's emphasis, quotation marks.</summary>
internal static class Presentation
{
    // Each takes at least two characters, and an answer is not wrapped more often than this.
    private const int MostLayers = 8;

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private static readonly (string Open, string Close)[] Pairs =
    [
        ("$$", "$$"), ("$", "$"), (@"\(", @"\)"), (@"\[", @"\]"), ("**", "**"), ("__", "__"), ("`", "`"), ("*", "*"), ("\"", "\""), ("“", "”"), ("„", "“"), ("«", "»"), ("「", "」"),
    ];

    private static readonly Regex FontAround = new(@"^\\(text(bf|it|rm|sf|tt)?|math(rm|bf|sf|it|tt)|mbox|operatorname)\s?\{", Options);

    private static readonly Regex Font = new(
        @"\\(text(bf|it|rm|sf|tt|up)?|math(rm|bf|sf|it|tt|bb|cal)|mbox|operatorname|boldsymbol|bm|boxed|fbox|underline|displaystyle|bf|rm|it|large|Large)\b ?", Options);

    private static readonly Regex Space = new(@"\\([,;:! ]|q?quad\b|n(ewline)?\b|\\)|~", Options);

    /// <summary>The answer without what stands around the whole of it. Linear in the text.</summary>
    public static string Unwrap(string answer)
    {
        var text = answer.AsSpan().Trim();
        for (var layer = 0; layer < MostLayers && Inside(text) is { IsEmpty: false } inside; layer++)
        {
            text = inside;
        }

        return text.ToString();
    }

    /// <summary>The answer without any of LaTeX's fonts, braces, dollars and spaces. Linear in the text.</summary>
    public static string Plain(string answer)
    {
        var text = Space.Replace(Font.Replace(answer, ""), " ");
        text = text.Replace(@"\(", "", StringComparison.Ordinal).Replace(@"\)", "", StringComparison.Ordinal)
            .Replace(@"\[", "", StringComparison.Ordinal).Replace(@"\]", "", StringComparison.Ordinal);
        return string.Concat(text.Where(letter => letter is not ('{' or '}' or '$'))).Trim();
    }

    private static ReadOnlySpan<char> Inside(ReadOnlySpan<char> text)
    {
        foreach (var (open, close) in Pairs)
        {
            if (text.Length > open.Length + close.Length && text.StartsWith(open) && text.EndsWith(close)
                && text[open.Length..^close.Length] is var inside && !inside.Contains(close, StringComparison.Ordinal))
            {
                return inside.Trim();
            }
        }

        foreach (var match in FontAround.EnumerateMatches(text))
        {
            return ClosesAtEnd(text[match.Length..]) ? text[match.Length..^1].Trim() : [];
        }

        return [];
    }

    // Whether the brace that is open before the text closes with its last character.
    private static bool ClosesAtEnd(ReadOnlySpan<char> text)
    {
        var depth = 1;
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
            if (depth == 0)
            {
                return i == text.Length - 1;
            }
        }

        return false;
    }
}
