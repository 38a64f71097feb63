using System.Globalization;
using System.Numerics;

namespace RewardServer.Grading.Graders.Number;

/// <summary>A quotient of two integers, not in lowest terms.</summary>
/// <param name="Numerator">The numerator.</param>
/// <param name="Denominator">The denominator; above zero.</param>
internal readonly record struct ExactNumber(BigInteger Numerator, BigInteger Denominator)
{
    /// <summary>The most digits before, and after, the point.</summary>
    public const int MostDigits = 1_000;

    /// <summary>The number of decimal digits, times a power of ten; null where it has more than <see cref="MostDigits"/> on either side of its point.</summary>
    /// <param name="digits">ASCII digits, with at most one point.</param>
    /// <param name="exponent">The power of ten.</param>
    public static ExactNumber? OfDecimal(string digits, long exponent)
    {
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var places = point < 0 ? 0 : digits.Length - point - 1;
        var whole = digits.Replace(".", "", StringComparison.Ordinal).TrimStart('0');
        var power = exponent - places;
        return whole.Length == 0 ? new(0, 1)
            : Math.Abs(power) > MostDigits || whole.Length > MostDigits ? null
            : new ExactNumber(BigInteger.Parse(whole, CultureInfo.InvariantCulture), 1).TimesPowerOfTen((int)power);
    }

    /// <summary>The decimal that is meant by a double: 0.1 is one tenth and not the double beside it.</summary>
    /// <param name="value">Finite and not negative.</param>
    public static ExactNumber Of(double value)
    {
        var parts = value.ToString("R", CultureInfo.InvariantCulture).Split('E');
        return OfDecimal(parts[0], parts.Length > 1 ? long.Parse(parts[1], CultureInfo.InvariantCulture) : 0)!.Value;
    }

    /// <summary>The number times a power of ten.</summary>
    public ExactNumber TimesPowerOfTen(int power) => power >= 0
        ? this with { Numerator = Numerator * BigInteger.Pow(10, power) }
        : this with { Denominator = Denominator * BigInteger.Pow(10, -power) };

    /// <summary>The opposite.</summary>
    public ExactNumber Negated() => this with { Numerator = -Numerator };

    /// <summary>The sum.</summary>
    public ExactNumber Plus(ExactNumber other) => new((Numerator * other.Denominator) + (other.Numerator * Denominator), Denominator * other.Denominator);

    /// <summary>The quotient; null for a division by zero.</summary>
    public ExactNumber? Over(ExactNumber other) => other.Numerator.IsZero ? null
        : new(Numerator * other.Denominator * other.Numerator.Sign, Denominator * BigInteger.Abs(other.Numerator));

    /// <summary>Whether it is the gold, or within one of the tolerances of it.</summary>
    /// <param name="gold">The gold.</param>
    /// <param name="relative">The share of the gold's absolute value.</param>
    /// <param name="absolute">The distance.</param>
    public bool IsWithin(ExactNumber gold, double relative, double absolute)
    {
        var distance = Plus(gold.Negated());
        distance = distance with { Numerator = BigInteger.Abs(distance.Numerator) };
        return distance.Numerator.IsZero
            || (absolute > 0 && distance.IsAtMost(Of(absolute)))
            || (relative > 0 && Of(relative) is var share && distance.IsAtMost(new(share.Numerator * BigInteger.Abs(gold.Numerator), share.Denominator * gold.Denominator)));
    }

    /// <summary>As a fraction in lowest terms, or an integer.</summary>
    public override string ToString()
    {
        var divisor = BigInteger.GreatestCommonDivisor(Numerator, Denominator);
        var (above, below) = (Numerator / divisor, Denominator / divisor);
        return below.IsOne ? above.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{above}/{below}");
    }

    private bool IsAtMost(ExactNumber other) => Numerator * other.Denominator <= other.Numerator * Denominator;
}
