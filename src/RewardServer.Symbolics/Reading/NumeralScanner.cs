using System.Globalization;
using System.Numerics;
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

    /// <summary>Whether a numeral starts here.</summary>
    public static bool StartsAt(string text, int at) =>
        char.IsAsciiDigit(At(text, at)) || (At(text, at) == '.' && char.IsAsciiDigit(At(text, at + 1)));

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

        var (digits, at) = ScanGroups(text, start, inBrackets);
        var fraction = string.Empty;
        var repeating = string.Empty;
        if (At(text, at) == '.')
        {
            // "3." is 3: a full stop after a number says nothing.
            (fraction, at) = ScanDigits(text, at + 1);
            (repeating, at) = ScanRepeating(text, at);
        }

        (var exponent, at) = ScanExponent(text, at);
        return digits.Length + fraction.Length + repeating.Length + Math.Abs((long)exponent) > Limits.NumeralDigits
            ? new(at, Rational.Zero, digits, 0, OverBudget: true)
            : new(at, Value(digits, fraction, repeating, exponent), digits, 0, OverBudget: false) { Places = repeating.Length > 0 ? 0 : Math.Max(0, fraction.Length - exponent) };
    }

    private static char At(string text, int at) => at < text.Length ? text[at] : '\0';

    private static (string Digits, int End) ScanDigits(string text, int at)
    {
        var end = at;
        while (char.IsAsciiDigit(At(text, end)))
        {
            end++;
        }

        return (text[at..end], end);
    }

    private static (string Digits, int End) ScanGroups(string text, int start, bool inBrackets)
    {
        var (digits, at) = ScanDigits(text, start);
        if (digits.Length is 0 or > 3 || !IsSeparator(text, at, inBrackets, out var length))
        {
            return (digits, at);
        }

        var separator = text.Substring(at, length);
        while (string.CompareOrdinal(text, at, separator, 0, separator.Length) == 0)
        {
            var (group, end) = ScanDigits(text, at + separator.Length);
            if (group.Length != 3)
            {
                break;
            }

            digits += group;
            at = end;
            if (digits.Length > Limits.NumeralDigits)
            {
                break;
            }
        }

        return (digits, at);
    }

    // One comma and any spacing commands, but a comma and mere white space part two elements of a list.
    private static bool IsSeparator(string text, int at, bool inBrackets, out int length)
    {
        var (i, commas, blanks, commands) = (at, 0, 0, 0);
        for (; ; i++)
        {
            var rest = text.AsSpan(Math.Min(i, text.Length));
            if (rest.StartsWith(",") && commas == 0)
            {
                commas++;
            }
            else if (rest.StartsWith("{,}"))
            {
                (commas, commands, i) = (commas + 1, commands + 1, i + 2);
            }
            else if (rest.StartsWith("\\,") || rest.StartsWith("\\!") || rest.StartsWith("\\;") || rest.StartsWith("\\ "))
            {
                (commands, i) = (commands + 1, i + 1);
            }
            else if (rest.StartsWith(" "))
            {
                blanks++;
            }
            else
            {
                break;
            }
        }

        length = i - at;
        var (_, end) = ScanDigits(text, i);
        // "2 100/300" is a mixed number, if a strange one.
        var groups = end - i == 3 && (commas == 1 || At(text, end) != '/');
        return groups && length > 0 && commas <= 1 && (commands > 0 || (commas == 1 ? blanks == 0 && !inBrackets : blanks == 1));
    }

    private static (string Digits, int End) ScanRepeating(string text, int at)
    {
        foreach (var opening in new[] { "\\overline{", "\\bar{" })
        {
            if (text.AsSpan(at).StartsWith(opening))
            {
                var (digits, end) = ScanDigits(text, at + opening.Length);
                return digits.Length > 0 && At(text, end) == '}' ? (digits, end + 1) : (string.Empty, at);
            }
        }

        return (string.Empty, at);
    }

    private static (int Exponent, int End) ScanExponent(string text, int at)
    {
        if (At(text, at) is not ('e' or 'E'))
        {
            return (0, at);
        }

        var sign = At(text, at + 1) is '+' or '-' ? 1 : 0;
        var (digits, end) = ScanDigits(text, at + 1 + sign);
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

        if (At(text, at) != '_' || at - start > LongestBased)
        {
            return null;
        }

        var braced = At(text, at + 1) == '{';
        var (digits, end) = ScanDigits(text, at + (braced ? 2 : 1));
        var numberBase = digits.Length is 1 or 2 ? int.Parse(digits, CultureInfo.InvariantCulture) : 0;
        return numberBase is >= 2 and <= 36 && (!braced || At(text, end) == '}')
            ? InBase(text[start..at], numberBase, braced ? end + 1 : end)
            : null;
    }

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
