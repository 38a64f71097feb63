using System.Numerics;
using RewardServer.Symbolics.Expressions;
using RewardServer.Symbolics.Rewriting;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>
/// The precision that a gold states by being written as a decimal, perhaps times a power of ten: half a unit of its last digit.
/// Data sets write 0.5 and 12.5 for exact values and 3.14 or 0.667 for rounded ones, and nothing but their length tells them apart. Hence a
/// decimal of two places and two digits stands for the numbers without a finite decimal (2/3, √2, π) that round to it; one of two places and
/// three digits, also for longer decimals; and a shorter one for itself alone.
/// </summary>
/// <param name="HalfUnit">Half a unit of the last digit.</param>
/// <param name="Digits">The significant digits.</param>
internal readonly record struct StatedPrecision(Rational HalfUnit, int Digits)
{
    private const int LeastPlaces = 2;
    private const int LeastDigits = 2;
    private const int MostBits = 1_024;
    private const int LeastDigitsForDecimals = 3;

    /// <summary>The precision of a gold; null where it is exact.</summary>
    public static StatedPrecision? Of(Expression gold) => Numeral(gold) is ({ Places: >= LeastPlaces } number, var power) && OfDecimal(number) is { } precision
        ? precision with { HalfUnit = precision.HalfUnit * power } : null;

    /// <summary>One unit of the last digit that is not a zero before the point, of a number in digits; null for anything else.</summary>
    public static Rational? LastPlace(Expression digits)
    {
        if (Numeral(digits) is not ({ Places: var places, Value: var value }, var power) || value.Bits > MostBits)
        {
            return null;
        }

        var unit = power / (Rational)BigInteger.Pow(10, places);
        for (var whole = value.Numerator; places == 0 && value.IsInteger && !whole.IsZero && (whole % 10).IsZero; whole /= 10)
        {
            unit *= 10;
        }

        return unit;
    }

    // A number, perhaps under a sign or times a power of ten.
    private static (Number Number, Rational Power)? Numeral(Expression written) => written switch
    {
        Number number => (number, Rational.One),
        Negation negation => Numeral(negation.Operand),
        Product { Factors: [Number number, Power { Base: Number ten, Exponent: Number power }] } when ten.Value == 10 && power.Value.IsInteger && power.Value.Abs() < 1_000
            => (number, ((Rational)10).Pow((int)power.Value.Numerator)),
        _ => null,
    };

    /// <summary>Whether it lets a prediction of this kind be rounded.</summary>
    public bool Allows(Quotient prediction) => Digits >= LeastDigitsForDecimals || !prediction.IsRational || !IsFiniteDecimal(prediction.Value.Denominator);

    /// <summary>The precision of a hundredth of the gold.</summary>
    public StatedPrecision Hundredth() => this with { HalfUnit = HalfUnit / 100 };

    private static StatedPrecision? OfDecimal(Number number)
    {
        var digits = (number.Value.Abs() * (Rational)BigInteger.Pow(10, number.Places)).Numerator.ToString(System.Globalization.CultureInfo.InvariantCulture).Length;
        return digits < LeastDigits ? null : new(Rational.Half / (Rational)BigInteger.Pow(10, number.Places), digits);
    }

    private static bool IsFiniteDecimal(BigInteger denominator)
    {
        foreach (var factor in new[] { 2, 5 })
        {
            // What divides a power of the factor as long as the number has nothing of the factor left after it.
            denominator /= BigInteger.GreatestCommonDivisor(denominator, BigInteger.Pow(factor, (int)denominator.GetBitLength()));
        }

        return denominator.IsOne;
    }
}
