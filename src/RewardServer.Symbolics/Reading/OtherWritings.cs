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
        var joined = new List<Token>(tokens.Count);
        for (var i = 0; i < tokens.Count; i++)
        {
            var isUnit = i > 0 && i + 6 < tokens.Count && tokens[i].IsCommand("frac") && tokens[i + 1].Is('{') && tokens[i + 2].Kind == TokenKind.Text && tokens[i + 3].Is('}')
                && tokens[i + 4].Is('{') && tokens[i + 5].Kind == TokenKind.Text && tokens[i + 6].Is('}');
            joined.Add(isUnit ? tokens[i + 2] with { Text = $"{tokens[i + 2].Text}/{tokens[i + 5].Text}", SpaceBefore = true } : tokens[i]);
            i += isUnit ? 6 : 0;
        }

        return joined;
    }

    /// <summary>"2 and 1/3" as the number that it may be; null where the tokens are nothing of the kind.</summary>
    public static Number? MixedNumber(List<Token> tokens) => tokens is [var whole, var and, var above, var slash, var below, { Kind: TokenKind.End }]
        && and.Is(Marks.And) && slash.Is('/') && IsInteger(whole) && IsInteger(above) && IsInteger(below) && above.Value < below.Value
        ? new Number(whole.Value + (above.Value / below.Value)) : null;

    private static bool IsInteger(Token token) => token.Kind == TokenKind.Number && token.Value.IsInteger && token.Value.Sign > 0;
}
