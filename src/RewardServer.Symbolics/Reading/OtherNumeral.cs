using System.Text.RegularExpressions;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Reading;

/// <summary>
/// Texts that are a list by one convention and one number by another: "3,14" with a decimal comma, "12,34,567" in Indian groups. The list
/// is the usual reading; the number counts against a number.
/// </summary>
internal static class OtherNumeral
{
    private const int Longest = 64;

    /// <summary>The number; null where the text is not such a numeral.</summary>
    public static Number? Read(string folded)
    {
        var text = folded.Length > Longest ? string.Empty : folded.Trim(' ', '$', '.').Replace("{,}", ",", StringComparison.Ordinal);
        var isNumeral = DecimalComma.IsMatch(text) || IndianGroups.IsMatch(text);
        var digits = DecimalComma.IsMatch(text) ? text.Replace(',', '.') : text.Replace(",", string.Empty, StringComparison.Ordinal);
        if (!isNumeral)
        {
            return null;
        }

        var numeral = NumeralScanner.Scan(digits.TrimStart('-'), 0, inBrackets: false);
        return new Number(digits[0] == '-' ? -numeral.Value : numeral.Value);
    }

    private static readonly Regex DecimalComma = new(@"^-?\d+,(\d\d?|\d{4,})$", RegexOptions.CultureInvariant);

    private static readonly Regex IndianGroups = new(@"^-?\d\d?(,\d\d)+,\d{3}$", RegexOptions.CultureInvariant);
}
