using System.Numerics;

namespace RewardServer.Symbolics.Evaluation;

/// <summary>
/// A real number known up to a bound: it lies within Radius·2^Exponent of Middle·2^Exponent. A radius of zero means the number itself;
/// a negative one, that nothing is known of it.
/// </summary>
internal readonly record struct Ball(BigInteger Middle, BigInteger Radius, int Exponent)
{
    public static Ball Zero => new(BigInteger.Zero, BigInteger.Zero, 0);

    public static Ball One => Of(1);

    public static Ball Unknown => new(BigInteger.Zero, BigInteger.MinusOne, 0);

    public bool IsKnown => Radius.Sign >= 0;

    public bool IsExactZero => Middle.IsZero && Radius.IsZero;

    /// <summary>Whether it is known not to be zero.</summary>
    public bool IsNonZero => IsKnown && BigInteger.Abs(Middle) > Radius;

    public bool IsPositive => IsNonZero && Middle.Sign > 0;

    public bool IsNegative => IsNonZero && Middle.Sign < 0;

    /// <summary>Its absolute value is below two to this power, and not far below.</summary>
    public int Magnitude => Exponent + (int)BigInteger.Max(BigInteger.Abs(Middle), Radius).GetBitLength();

    public static Ball Of(BigInteger value) => new(value, BigInteger.Zero, 0);

    public Ball Negate() => this with { Middle = -Middle };

    public Ball Abs() => Middle.Sign < 0 ? Negate() : this;

    /// <summary>Whether its bound is at most two to this power.</summary>
    public bool IsWithin(int power) => IsKnown && (Radius.IsZero || Exponent + Radius.GetBitLength() <= power);

    /// <summary>The middle in units of 2^−bits, rounded down.</summary>
    public BigInteger MiddleAt(int bits) => Shift(Middle, Exponent + bits);

    /// <summary>The radius in units of 2^−bits, rounded up.</summary>
    public BigInteger RadiusAt(int bits) => Radius.IsZero ? Radius : Shift(Radius, Exponent + bits) + 1;

    /// <summary>The integer below it, where there is no doubt which one.</summary>
    public BigInteger? Floor()
    {
        var (low, high) = (Shift(Middle - Radius, Exponent), Shift(Middle + Radius, Exponent));
        return IsKnown && low == high ? low : null;
    }

    private static BigInteger Shift(BigInteger value, int by) => by >= 0 ? value << by : value >> -by;
}
