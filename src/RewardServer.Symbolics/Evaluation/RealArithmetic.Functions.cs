using System.Numerics;

namespace RewardServer.Symbolics.Evaluation;

/// <content>
/// Elementary functions: the value at the middle by <see cref="FixedPoint"/> with guard bits, and the bound of the argument carried over by the
/// derivative.
/// </content>
internal sealed partial class RealArithmetic
{
    private const int Guard = 64;

    // Errors of the series stay below half the guard bits.
    private static readonly BigInteger SeriesError = BigInteger.One << (Guard / 2);

    public Ball Pi => Round(FixedPoint.Pi(precision + Guard), SeriesError, -(precision + Guard));

    /// <summary>The root of a number that is not negative; of one that may be, the root of its part that is not.</summary>
    public Ball SquareRoot(Ball a)
    {
        if (!Known(a, a) || a.IsExactZero || a.IsNegative)
        {
            return a.IsExactZero ? Ball.Zero : Ball.Unknown;
        }

        SpendOnFunction();
        var shift = Math.Max(0, (2 * precision) + 8 - (int)a.Middle.GetBitLength());
        shift += (a.Exponent - shift) & 1;
        var (middle, radius, exponent) = (a.Middle << shift, a.Radius << shift, (a.Exponent - shift) / 2);
        if (!a.IsNonZero)
        {
            var most = (FixedPoint.SquareRoot(middle + radius) / 2) + 1;
            return Round(most, most, exponent);
        }

        var root = FixedPoint.SquareRoot(middle);
        var exact = radius.IsZero && root * root == middle;
        return Round(root, exact ? radius : (radius / BigInteger.Max(1, FixedPoint.SquareRoot(middle - radius))) + 2, exponent);
    }

    public Ball Exponential(Ball a)
    {
        if (!Known(a, a) || a.Magnitude > 11 || !a.IsWithin(-4))
        {
            return Ball.Unknown;
        }

        if (a.IsExactZero)
        {
            return Ball.One;
        }

        SpendOnFunction();
        var bits = precision + Guard;
        var logarithmOf2 = FixedPoint.LogarithmOf2(bits);
        var x = a.MiddleAt(bits);
        var times = RoundedQuotient(x, logarithmOf2);
        var value = FixedPoint.Exponential(x - (times * logarithmOf2), bits);
        return Round(value, SeriesError + ((value * a.RadiusAt(bits)) >> (bits - 1)) + 1, (int)times - bits);
    }

    /// <summary>The natural logarithm of a number that is known to be positive.</summary>
    public Ball Logarithm(Ball a)
    {
        if (!Known(a, a) || !a.IsPositive)
        {
            return Ball.Unknown;
        }

        if (a.Radius.IsZero && a.Exponent == 0 && a.Middle.IsOne)
        {
            return Ball.Zero;
        }

        SpendOnFunction();
        // a = f·2^times with f from 3/4 to 3/2, and ln f = 2·artanh((f − 1)/(f + 1)).
        var bits = precision + Guard;
        var one = BigInteger.One << bits;
        var times = a.Exponent + (int)a.Middle.GetBitLength();
        var fraction = new Ball(a.Middle, BigInteger.Zero, a.Exponent - times).MiddleAt(bits);
        if (4 * fraction < 3 * one)
        {
            (fraction, times) = (fraction << 1, times - 1);
        }

        var value = 2 * FixedPoint.HyperbolicArea(((fraction - one) << bits) / (fraction + one), bits);
        var radius = (a.Radius << bits) / (a.Middle - a.Radius);
        return Round(value + (times * FixedPoint.LogarithmOf2(bits)), radius + SeriesError, -bits);
    }

    public (Ball Sine, Ball Cosine) SineAndCosine(Ball a)
    {
        if (!Known(a, a) || a.Magnitude > 512 || a.IsExactZero)
        {
            return a.IsExactZero ? (Ball.Zero, Ball.One) : (Ball.Unknown, Ball.Unknown);
        }

        SpendOnFunction();
        // Large angles lose as many bits as they have before the point.
        var bits = precision + Guard + Math.Max(0, a.Magnitude);
        var right = FixedPoint.Pi(bits) >> 1;
        var x = a.MiddleAt(bits);
        var turns = RoundedQuotient(x, right);
        var (sine, cosine) = FixedPoint.SineAndCosine(x - (turns * right), bits);
        (sine, cosine) = (int)(turns & 3) switch { 0 => (sine, cosine), 1 => (cosine, -sine), 2 => (-sine, -cosine), _ => (-cosine, sine) };
        var radius = a.RadiusAt(bits) + (SeriesError << (bits - precision - Guard));
        return (Round(sine, radius, -bits), Round(cosine, radius, -bits));
    }

    public Ball InverseTangent(Ball a)
    {
        if (!Known(a, a) || a.IsExactZero)
        {
            return a.IsExactZero ? Ball.Zero : Ball.Unknown;
        }

        SpendOnFunction();
        var bits = precision + Guard;
        var one = BigInteger.One << bits;
        var x = a.MiddleAt(bits);
        var steep = BigInteger.Abs(x) > one;
        var value = FixedPoint.InverseTangent(steep ? (one << bits) / x : x, bits);
        value = steep ? (x.Sign * (FixedPoint.Pi(bits) >> 1)) - value : value;
        return Round(value, a.RadiusAt(bits) + SeriesError, -bits);
    }

    private void SpendOnFunction() => budget.Spend(8 + (precision >> 4) + ((long)precision * precision >> 13));

    private static BigInteger RoundedQuotient(BigInteger a, BigInteger b)
    {
        var floor = BigInteger.DivRem((2 * a) + b, 2 * b, out var remainder);
        return remainder.Sign < 0 ? floor - 1 : floor;
    }
}
