using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using RewardServer.Symbolics.Equivalence;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Reading;

/// <summary>A numeral found in a text: where it ends, its value, and the base if one is written.</summary>
internal readonly record struct Numeral(int End, Rational Value, string Digits, int Base, bool OverBudget)
{
    /// <summary>The digits after the point; 0 for what is no decimal, or repeats.</summary>
    public int Places { get; init; }
}

/// <summary>Reads one numeral: thousands separators, decimals, repeating decimals, exponents, bases.</summary>
internal static class NumeralScanner
{
    // A bound on looking ahead, so that the whole reading stays linear.
    private const int LongestBased = 64;

    private static readonly Regex OrdinalAfter = new(@"\G\^?\{?(\\(text|mathrm|textrm|rm)\s?\{)?(st|nd|rd|th)(?![A-Za-z])\}?\}?", RegexOptions.CultureInvariant);

    private static readonly Regex BaseAfter = new(
        @"\G(_(?<digits>\d\d?)(?!\d)|_\{\s*(\\(text|mathrm|textrm)\{)?\(?(base\s?)?\}?((?<digits>\d\d?)|(?<word>[a-z]+))\)?\s*\}?\}| ?\(?base (?<digits>\d\d?)(?!\d)\)?)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    private static readonly string[] Ellipses = ["...", "\\ldots", "\\dots", "\\cdots"];

    private static readonly (string Opening, char Closing)[] Repeats =
        [("\\overline{", '}'), ("\\bar{", '}'), ("\\dot{", '}'), ("(", ')')];

    // "\bar3" and "\dot 1 2 \dot 3": without braces one digit, and with two dots all that lies between them.
    private static readonly Regex Dotted = new(
        @"\G(\\(bar|overline|dot)\s?(?<digits>\d)(?!\d)|\\dot\s?\{?(?<digits>\d)\}?(?<between>\d*)\\dot\s?\{?(?<last>\d)\}?)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    private static readonly Regex WholeRepeating = new(@"^[\s$\\(\[]*-?\d*\.\d+\(\d+\)[\s$\\)\].]*$", RegexOptions.CultureInvariant);

    /// <summary>Whether a numeral starts here.</summary>
    public static bool StartsAt(string text, int at) => char.IsAsciiDigit(At(text, at))
        || (At(text, at) == '.' && (char.IsAsciiDigit(At(text, at + 1)) || (At(text, at + 1) == '\\' && ScanRepeating(text, at + 1, atPoint: true).Digits.Length > 0)));

    /// <summary>Reads the numeral that starts at a position.</summary>
    /// <param name="text">The folded text.</param>
    /// <param name="start">Where it starts.</param>
    /// <param name="inBrackets">Inside brackets a bare comma parts elements and never groups digits: <c>(1,234)</c> is a pair.</param>
    public static Numeral Scan(string text, int start, bool inBrackets)
    {
        if (ScanBased(text, start) is { } based)
        {
            return based;
        }

        var (digits, at) = DigitGroups.Scan(text, start, inBrackets);
        var fraction = string.Empty;
        var repeating = string.Empty;
        if (At(text, at) == '.' || DigitGroups.IsDecimalComma(text, start, at))
        {
            // "3." is 3: a full stop after a number says nothing.
            (fraction, at) = DigitGroups.Digits(text, at + 1);
            (repeating, at) = ScanRepeating(text, at, fraction.Length == 0);
            (fraction, repeating, at) = repeating.Length > 0 ? (fraction, repeating, at) : ScanEllipsis(text, fraction, at);
        }

        (var exponent, at) = ScanExponent(text, at);
        at = SkipOrdinal(text, at);
        return digits.Length + fraction.Length + repeating.Length + Math.Abs((long)exponent) > Limits.NumeralDigits
            ? new(at, Rational.Zero, digits, 0, OverBudget: true)
            : new(at, Value(digits, fraction, repeating, exponent), digits, 0, OverBudget: false) { Places = repeating.Length > 0 ? 0 : Math.Max(0, fraction.Length - exponent) };
    }

    private static char At(string text, int at) => at < text.Length ? text[at] : '\0';

    private static (string Digits, int End) ScanRepeating(string text, int at, bool atPoint)
    {
        if (At(text, at) == '\\' && Dotted.Match(text, at, Math.Min(LongestBased, text.Length - at)) is { Success: true } dotted)
        {
            return (dotted.Groups["digits"].Value + dotted.Groups["between"].Value + dotted.Groups["last"].Value, at + dotted.Length);
        }

        foreach (var (opening, closing) in Repeats)
        {
            // "0.(3)" repeats; "3.5(2)" does where it is the whole text, and within a formula it is a product.
            if (text.AsSpan(at).StartsWith(opening) && (atPoint || opening != "(" || IsWhole(text)))
            {
                var (digits, end) = DigitGroups.Digits(text, at + opening.Length);
                return digits.Length > 0 && At(text, end) == closing ? (digits, end + 1) : (string.Empty, at);
            }
        }

        return (string.Empty, at);
    }

    private static bool IsWhole(string text) => text.Length < LongestBased && WholeRepeating.IsMatch(text);

    // "0.333..." goes on as it began where its digits are one block three times; else nobody can tell how, and it is no number.
    private static (string Fraction, string Repeating, int End) ScanEllipsis(string text, string fraction, int at)
    {
        var dots = Ellipses.FirstOrDefault(d => string.CompareOrdinal(text, at, d, 0, d.Length) == 0);
        var block = dots is null || fraction.Length > LongestBased ? 0
            : Enumerable.Range(1, fraction.Length / 3).FirstOrDefault(n => !fraction[n..].Where((digit, i) => digit != fraction[i]).Any());
        return block == 0 ? (fraction, string.Empty, at) : (string.Empty, fraction[..block], at + dots!.Length);
    }

    private static (int Exponent, int End) ScanExponent(string text, int at)
    {
        if (At(text, at) is not ('e' or 'E'))
        {
            return (0, at);
        }

        var sign = At(text, at + 1) is '+' or '-' ? 1 : 0;
        var (digits, end) = DigitGroups.Digits(text, at + 1 + sign);
        if (digits.Length == 0 || char.IsLetter(At(text, end)))
        {
            return (0, at);
        }

        var exponent = digits.Length > 6 ? Limits.NumeralDigits + 1 : int.Parse(digits, CultureInfo.InvariantCulture);
        return (At(text, at + 1) == '-' ? -exponent : exponent, end);
    }

    private static Rational Value(string digits, string fraction, string repeating, int exponent)
    {
        var mantissa = Integer(digits + fraction);
        Rational value = mantissa;
        if (repeating.Length > 0)
        {
            value += Rational.Create(Integer(repeating), BigInteger.Pow(10, repeating.Length) - 1);
        }

        var scale = exponent - fraction.Length;
        return scale == 0 ? value : value * ((Rational)10).Pow(scale);
    }

    private static BigInteger Integer(string digits) => digits.Length switch
    {
        0 => BigInteger.Zero,
        <= 18 => long.Parse(digits, CultureInfo.InvariantCulture),
        _ => BigInteger.Parse(digits, CultureInfo.InvariantCulture),
    };

    private static Numeral? ScanBased(string text, int start)
    {
        var at = start;
        while (at - start <= LongestBased && (char.IsAsciiDigit(At(text, at)) || char.IsAsciiLetterUpper(At(text, at)) || At(text, at) == '.'))
        {
            at++;
        }

        return at - start <= LongestBased && MayHaveBase(text, at) && BaseAfter.Match(text, at, Math.Min(LongestBased, text.Length - at)) is { Success: true } match
            && (match.Groups["digits"] is { Success: true } digits ? int.Parse(digits.Value, CultureInfo.InvariantCulture)
                : NumberWords.Base(match.Groups["word"].Value)) is >= 2 and <= 36 and var numberBase
            ? InBase(text[start..at], numberBase, at + match.Length)
            : null;
    }

    private static bool MayHaveBase(string text, int at) => At(text, at) == '_'
        || (At(text, at) is ' ' or '(' && text.AsSpan(at, Math.Min(6, text.Length - at)).Contains("base", StringComparison.Ordinal));

    // "3rd" and "3^{rd}" are the number of a place.
    private static int SkipOrdinal(string text, int at) =>
        At(text, at) is '^' or 's' or 'n' or 'r' or 't' && OrdinalAfter.Match(text, at, Math.Min(LongestBased, text.Length - at)) is { Success: true } match
            ? at + match.Length : at;

    private static Numeral? InBase(string digits, int numberBase, int end)
    {
        var value = BigInteger.Zero;
        foreach (var character in digits.Where(c => c != '.'))
        {
            var digit = char.IsAsciiDigit(character) ? character - '0' : character - 'A' + 10;
            if (digit >= numberBase)
            {
                return null;
            }

            value = (value * numberBase) + digit;
        }

        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var places = point < 0 ? 0 : digits.Length - point - 1;
        return digits.Count(c => c == '.') > 1
            ? null
            : new(end, Rational.Create(value, BigInteger.Pow(numberBase, places)), digits, numberBase, OverBudget: false);
    }
}
