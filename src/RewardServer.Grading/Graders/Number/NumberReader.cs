using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace RewardServer.Grading.Graders.Number;

/// <summary>A number that was read.</summary>
/// <param name="Value">Its value; of "50%", 50.</param>
/// <param name="IsPercent">Whether a percent sign follows it.</param>
/// <param name="Unit">What is counted or measured, in the form of <see cref="UnitName"/>; empty where it is not said.</param>
internal readonly record struct NumberReading(ExactNumber Value, bool IsPercent, string Unit);

/// <summary>
/// Reads one number as people write it: a sign, thousands separators, a decimal point, a fraction or mixed number, a power of ten, a scale
/// ("million"), a percent sign, a currency before it, a unit behind it. Arithmetic, roots, names and lists are no number here.
/// </summary>
internal static class NumberReader
{
    private const int Longest = 3 * ExactNumber.MostDigits;

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    // The groups of thousands are checked by themselves: "1,00" and "0,125" are no numbers, for their comma could be a decimal one.
    private static readonly Regex Form = new(
        @"^(([\p{L}][\p{L}\p{N}_]{0,9}\s*)?[=≈]\s*)?(≈|~|about |approximately )?\s*(?<sign>[-+–])?\s*(?<currency>[$€£¥₹])?\s*(?<late>[-+–])?(?<whole>\d[\d,' _]*)?(?<point>\.\d*)?"
        + @"(\s*/\s*(?<below>\d[\d,]*(\.\d+)?))?"
        + @"([eE](?<exponent>[-+]?\d+)|\s*[*xX]\s*10\s*(\^|\*\*)\s*\(?(?<power>[-+]?\d+)\)?)?\s*(?<percent>%|percent\b|per cent\b)?\s*(?<unit>[^\d\s].*)?$", Options);

    private static readonly Regex Grouped = new(@"^([1-9]\d{0,2}(,\d{2,3})*,\d{3}|[1-9]\d{0,2}(['_ ]\d{3})+|\d+)$", Options);

    private static readonly FrozenDictionary<string, int> Scales = new Dictionary<string, int>
    {
        ["hundred"] = 2, ["thousand"] = 3, ["million"] = 6, ["billion"] = 9, ["trillion"] = 12, ["百"] = 2, ["千"] = 3, ["万"] = 4, ["萬"] = 4, ["亿"] = 8, ["億"] = 8,
    }.ToFrozenDictionary();

    /// <summary>Reads a text; null where it is no number, or one of too many digits.</summary>
    /// <param name="text">The text.</param>
    /// <param name="overBudget">Whether it is a number that is too long to be read.</param>
    public static NumberReading? Read(string text, out bool overBudget)
    {
        overBudget = text.Length > Longest;
        if (overBudget || Form.Match(NumberText.Plain(text)) is not { Success: true } match || (!match.Groups["whole"].Success && match.Groups["point"].Length < 2))
        {
            return null;
        }

        if (ValueOf(match, out overBudget) is not { } value || UnitOf(match) is not { } unit)
        {
            return null;
        }

        var negative = match.Groups["sign"].Value is "-" or "–" || match.Groups["late"].Value is "-" or "–";
        var (scaled, rest) = Scaled(negative ? value.Negated() : value, unit);
        return UnitName.IsProse(rest) ? null : new(scaled, match.Groups["percent"].Success, UnitName.Of(rest));
    }

    private static ExactNumber? ValueOf(Match match, out bool overBudget)
    {
        overBudget = false;
        var whole = match.Groups["whole"].Value.Trim(' ');
        if (match.Groups["sign"].Success && match.Groups["late"].Success)
        {
            return null;
        }

        var below = match.Groups["below"].Success ? Decimal(match.Groups["below"].Value, "", 0, out overBudget) : new ExactNumber(1, 1);
        // "1 1/2"
        if (match.Groups["below"].Success && whole.LastIndexOf(' ') is > 0 and var space && !Grouped.IsMatch(whole))
        {
            var (first, above) = (Decimal(whole[..space].Trim(), "", 0, out overBudget), Decimal(whole[(space + 1)..], "", 0, out _));
            return first is { } integer && above is { } part && below is { } parts && part.Over(parts) is { } fraction ? integer.Plus(fraction) : null;
        }

        return Decimal(whole, match.Groups["point"].Value, Exponent(match), out overBudget) is { } value && below is { } divisor ? value.Over(divisor) : null;
    }

    private static ExactNumber? Decimal(string whole, string point, long exponent, out bool overBudget)
    {
        overBudget = false;
        var inner = whole.IndexOf('.', StringComparison.Ordinal);
        var (integer, rest) = inner < 0 ? (whole, point) : (whole[..inner], whole[inner..]);
        if (integer.Length > 0 && !Grouped.IsMatch(integer))
        {
            return null;
        }

        var digits = string.Concat(integer.Where(char.IsAsciiDigit)) + rest;
        var value = ExactNumber.OfDecimal(digits, exponent);
        overBudget = value is null;
        return value;
    }

    private static long Exponent(Match match)
    {
        var written = match.Groups["exponent"].Success ? match.Groups["exponent"].Value : match.Groups["power"].Value;
        return written.Length == 0 ? 0
            : long.TryParse(written, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent) && Math.Abs(exponent) < int.MaxValue ? exponent
            : int.MaxValue;
    }

    // Null where the currency before it and the unit behind it are two.
    private static string? UnitOf(Match match)
    {
        var (before, after) = (match.Groups["currency"].Value, match.Groups["unit"].Value.Trim());
        return before.Length == 0 ? after
            : after.Length == 0 || Scales.ContainsKey(after.ToLowerInvariant()) ? $"{after} {before}".Trim()
            : UnitName.Of(before) == UnitName.Of(after) ? after : null;
    }

    private static (ExactNumber Value, string Unit) Scaled(ExactNumber value, string unit)
    {
        var end = unit.IndexOf(' ', StringComparison.Ordinal);
        var first = end < 0 ? unit : unit[..end];
        return Scales.TryGetValue(first.ToLowerInvariant(), out var power) ? (value.TimesPowerOfTen(power), unit[first.Length..].Trim())
            : unit.Length > 0 && Scales.TryGetValue(unit[..1], out power) ? (value.TimesPowerOfTen(power), unit[1..].Trim())
            : (value, unit);
    }
}
