using System.Numerics;

namespace RewardServer.Grading.Graders.Logic.Countdown;

/// <summary>An exact rational number, its denominator above 0.</summary>
internal readonly record struct Ratio : IComparable<Ratio>
{
    private Ratio(BigInteger numerator, BigInteger denominator)
    {
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        (Numerator, Denominator) = (numerator / divisor, denominator / divisor);
    }

    /// <summary>The numerator.</summary>
    public BigInteger Numerator { get; }

    /// <summary>The denominator.</summary>
    public BigInteger Denominator { get; }

    /// <summary>Whether it is a whole number.</summary>
    public bool IsWhole => Denominator.IsOne;

    /// <summary>A whole number.</summary>
    public static Ratio Of(BigInteger number) => new(number, BigInteger.One);

    /// <summary>The result of an operation; null where it divides by 0.</summary>
    public static Ratio? Apply(char operation, Ratio left, Ratio right) => operation switch
    {
        '+' => new((left.Numerator * right.Denominator) + (right.Numerator * left.Denominator), left.Denominator * right.Denominator),
        '-' => new((left.Numerator * right.Denominator) - (right.Numerator * left.Denominator), left.Denominator * right.Denominator),
        '*' => new(left.Numerator * right.Numerator, left.Denominator * right.Denominator),
        _ => right.Numerator.IsZero ? null : new(left.Numerator * right.Denominator, left.Denominator * right.Numerator),
    };

    /// <inheritdoc/>
    public int CompareTo(Ratio other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    /// <inheritdoc/>
    public override string ToString() => IsWhole ? Numerator.ToString(System.Globalization.CultureInfo.InvariantCulture) : $"{Numerator}/{Denominator}";
}
