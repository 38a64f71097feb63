using System.Text.RegularExpressions;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Reading;

/// <summary>Writings that mean what a more common one does: <c>(1011)_2</c>, <c>\frac{\text{m}}{\text{s}}</c>, "2 and 1/3".</summary>
internal static class OtherWritings
{
    private static readonly Regex NumeralInParentheses = new(@"\(([0-9A-Z]{1,64})\)_(?=\{?\d)", RegexOptions.CultureInvariant);

    /// <summary>The text with numerals of a base out of their parentheses.</summary>
    public static string Unwrap(string folded) =>
        folded.Contains(")_", StringComparison.Ordinal) ? NumeralInParentheses.Replace(folded, "$1_") : folded;

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
    public static Number? MixedNumber(List<Token> tokens) => tokens is [var whole, var and, var above, var slash, var below, { Kind: TokenKind.End }]
        && and.Is(Marks.And) && slash.Is('/') && IsInteger(whole) && IsInteger(above) && IsInteger(below) && above.Value < below.Value
        ? new Number(whole.Value + (above.Value / below.Value)) : null;

    private static bool IsInteger(Token token) => token.Kind == TokenKind.Number && token.Value.IsInteger && token.Value.Sign > 0;
}
