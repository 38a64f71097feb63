using System.Text.RegularExpressions;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Reading;

/// <summary>Writings that mean what a more common one does: <c>(1011)_2</c>, <c>\frac{\text{m}}{\text{s}}</c>, "2 and 1/3".</summary>
internal static class OtherWritings
{
    private static readonly Regex NumeralInParentheses = new(@"\(([0-9A-Z]{1,64})\)_(?=\{?\d)", RegexOptions.CultureInvariant);

    // "^3/_4" and "³⁄₄", but not "x^3/_4".
    private static readonly Regex SlashedScripts = new(@"(?<![A-Za-z)}\]])\s?\^\{?\s?(\d{1,9})\s?\}?\s?/\s?_\{?\s?(\d{1,9})\s?\}?", RegexOptions.CultureInvariant);

    // "\text{2A}_{16}"
    private static readonly Regex NumeralInWords = new(@"\\?(?:text|mathrm|mathtt|texttt)?\{([0-9A-Z]{1,64})\}_(?=\{?\d)", RegexOptions.CultureInvariant);

    // "{}^5C_2", "_5C_2", "^nP_r": so many are chosen, or placed, of so many.
    private static readonly Regex Choose = new(
        @"(?<![A-Za-z0-9)}])(?:\{\s?\})?[\^_]\{?([0-9]{1,6}|n)\}?\s?\{?(?:\\(?:text|mathrm|rm)\{)?([CP])\}?\}?_\{?([0-9]{1,6}|[kr])(?![A-Za-z0-9])\}?", RegexOptions.CultureInvariant);

    // "<1, 2>" is a vector in plain text.
    private static readonly Regex Angles = new(@"^([\s$]*)<([^<>=≤≥]{1,200},[^<>=≤≥]{1,200})>([\s$.]*)$", RegexOptions.CultureInvariant);

    /// <summary>The text with numerals of a base out of their parentheses, and fractions of a raised and a lowered number as such.</summary>
    public static string Unwrap(string folded)
    {
        var text = folded.Contains(")_", StringComparison.Ordinal) ? NumeralInParentheses.Replace(folded, "$1_") : folded;
        text = text.Contains("}_", StringComparison.Ordinal) ? NumeralInWords.Replace(text, "$1_") : text;
        text = text.Contains("C_", StringComparison.Ordinal) || text.Contains("P_", StringComparison.Ordinal) || text.Contains("}_", StringComparison.Ordinal) ? Choose.Replace(text, Chosen) : text;
        text = text.EndsWith('>') || text.Contains(">$", StringComparison.Ordinal) ? Angles.Replace(text, "$1($2)$3") : text;
        return text.Contains('^', StringComparison.Ordinal) && text.Contains("/_", StringComparison.Ordinal) ? SlashedScripts.Replace(text, "\\frac{$1}{$2}") : text;
    }

    private static string Chosen(Match match)
    {
        var (of, some) = (match.Groups[1].Value, match.Groups[3].Value);
        return match.Groups[2].Value == "C" ? $"\\binom{{{of}}}{{{some}}}" : $"(\\binom{{{of}}}{{{some}}}({some})!)";
    }

    /// <summary>The tokens with fractions of words as one unit each.</summary>
    public static List<Token> JoinUnits(List<Token> tokens)
    {
        if (!tokens.Exists(t => t.IsCommand("frac")))
        {
            return tokens;
        }

        var joined = new List<Token>(tokens.Count);
        for (var i = 0; i < tokens.Count; i++)
        {
            if (i > 0 && tokens[i].IsCommand("frac") && UnitInBraces(tokens, i + 1) is { } above && UnitInBraces(tokens, above.End) is { } below)
            {
                joined.Add(tokens[i + 2] with { Text = $"{above.Unit}/{below.Unit}", SpaceBefore = true });
                i = below.End - 1;
            }
            else
            {
                joined.Add(tokens[i]);
            }
        }

        return joined;
    }

    // "{\text{s}^2}": the words with their power, and where the brace has closed.
    private static (string Unit, int End)? UnitInBraces(List<Token> tokens, int at)
    {
        if (at + 2 >= tokens.Count || !tokens[at].Is('{') || tokens[at + 1].Kind != TokenKind.Text)
        {
            return null;
        }

        var (unit, end) = (tokens[at + 1].Text, at + 2);
        if (tokens[end].Is('^') && end + 3 < tokens.Count)
        {
            var braced = tokens[end + 1].Is('{') ? 1 : 0;
            unit += "^" + tokens[end + 1 + braced].Text;
            end += 2 + (2 * braced);
        }

        return end < tokens.Count && tokens[end].Is('}') ? (unit, end + 1) : null;
    }

    /// <summary>"2 and 1/3" as the number that it may be; null where the tokens are nothing of the kind.</summary>
    public static Number? MixedNumber(Collection list, List<Token> tokens) => tokens is [var whole, var and, ..] && and.Is(Marks.And) && IsInteger(whole)
        && list.Elements is [Number, Fraction { Numerator: Number above, Denominator: Number below }] && IsInteger(above) && IsInteger(below) && above.Value < below.Value
        ? new Number(whole.Value + (above.Value / below.Value)) : null;

    /// <summary>The tokens without braces at their end that nothing opened.</summary>
    public static List<Token> CloseBraces(List<Token> tokens)
    {
        var (depth, extra) = (0, 0);
        foreach (var token in tokens)
        {
            (depth, extra) = token.Is('{') ? (depth + 1, extra) : !token.Is('}') ? (depth, extra) : depth > 0 ? (depth - 1, extra) : (depth, extra + 1);
        }

        var end = tokens.Count - 1;
        while (extra > 0 && end > 1 && tokens[end - 1].Is('}'))
        {
            (extra, end) = (extra - 1, end - 1);
        }

        return end == tokens.Count - 1 ? tokens : [.. tokens[..end], tokens[^1]];
    }

    private static bool IsInteger(Number number) => number is { Places: 0, Value: { IsInteger: true, Sign: > 0 } };

    private static bool IsInteger(Token token) => token.Kind == TokenKind.Number && token.Value.IsInteger && token.Value.Sign > 0;
}
