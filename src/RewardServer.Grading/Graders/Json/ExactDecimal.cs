using System.Globalization;
using System.Numerics;
using RewardServer.Grading.Graders.Code.Checkers;

namespace RewardServer.Grading.Graders.Json;

/// <summary>A JSON number's exact value: digits that neither begin nor end with a zero, times a power of ten.</summary>
/// <param name="Negative">Whether it is below zero.</param>
/// <param name="Digits">The digits; empty for zero.</param>
/// <param name="Exponent">The power of ten of the last digit.</param>
internal readonly record struct ExactDecimal(bool Negative, string Digits, long Exponent) : IComparable<ExactDecimal>
{
    // Exponents beyond it are not expanded for a division.
    private const int LargestShift = 1_000;

    /// <summary>The value; null where the exponent is beyond all bounds.</summary>
    /// <param name="number">A number as JSON writes it.</param>
    public static ExactDecimal? Of(string number)
    {
        if (WrittenNumber.Canonical(number) is not { } canonical)
        {
            return null;
        }

        var mark = canonical.IndexOf('e', StringComparison.Ordinal);
        var negative = canonical[0] == '-';
        return mark < 0 ? new(false, "", 0) : new(negative, canonical[(negative ? 1 : 0)..mark], long.Parse(canonical[(mark + 1)..], CultureInfo.InvariantCulture));
    }

    /// <summary>Whether it has no fraction.</summary>
    public bool IsInteger => Exponent >= 0;

    private int Sign => Digits.Length == 0 ? 0 : Negative ? -1 : 1;

    /// <inheritdoc/>
    public int CompareTo(ExactDecimal other)
    {
        if (Sign != other.Sign || Sign == 0)
        {
            return Sign.CompareTo(other.Sign);
        }

        var size = (Exponent + Digits.Length).CompareTo(other.Exponent + other.Digits.Length);
        return Sign * (size != 0 ? size : string.CompareOrdinal(Digits, other.Digits));
    }

    /// <summary>Whether it is an integer times another one; null where the two are too far apart, or too long, to be divided.</summary>
    /// <param name="unit">Above zero.</param>
    public bool? IsMultipleOf(ExactDecimal unit)
    {
        var shift = Exponent - unit.Exponent;
        if (Sign == 0)
        {
            return true;
        }

        if (Math.Abs(shift) > LargestShift || Math.Max(Digits.Length, unit.Digits.Length) > LargestShift)
        {
            return null;
        }

        var (value, divisor) = (BigInteger.Parse(Digits, CultureInfo.InvariantCulture), BigInteger.Parse(unit.Digits, CultureInfo.InvariantCulture));
        return (shift >= 0 ? value * BigInteger.Pow(10, (int)shift) % divisor : value % (divisor * BigInteger.Pow(10, (int)-shift))).IsZero;
    }
}
