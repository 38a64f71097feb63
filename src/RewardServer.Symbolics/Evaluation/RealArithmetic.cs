using System.Numerics;
using RewardServer.Symbolics.Equivalence;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Evaluation;

/// <summary>
/// Arithmetic on balls, rounded to a number of bits. Every result encloses the true value. Numbers beyond 2^±<see cref="MostMagnitude"/> are
/// not known, and neither is anything once the budget is exhausted.
/// </summary>
internal sealed partial class RealArithmetic(int precision, Budget budget)
{
    /// <summary>The largest exponent of two that is followed.</summary>
    public const int MostMagnitude = 2_048;

    private const int RadiusBits = 30;

    /// <summary>The largest absolute value of an exponent of two met so far: how far apart the numbers in the work are.</summary>
    public int Span { get; private set; }

    public Ball Of(Rational value) => value.IsInteger
        ? Round(value.Numerator, BigInteger.Zero, 0)
        : Divide(Ball.Of(value.Numerator), Ball.Of(value.Denominator));

    public Ball Add(Ball a, Ball b)
    {
        if (!Known(a, b) || a.IsExactZero || b.IsExactZero)
        {
            return !Known(a, b) ? Ball.Unknown : a.IsExactZero ? b : a;
        }

        if (a.Exponent < b.Exponent)
        {
            (a, b) = (b, a);
        }

        var shift = a.Exponent - b.Exponent;
        return Round((a.Middle << shift) + b.Middle, (a.Radius << shift) + b.Radius, b.Exponent);
    }

    public Ball Subtract(Ball a, Ball b) => Add(a, b.Negate());

    public Ball Multiply(Ball a, Ball b)
    {
        if (!Known(a, b) || a.IsExactZero || b.IsExactZero)
        {
            return Known(a, b) ? Ball.Zero : Ball.Unknown;
        }

        budget.Spend((long)precision * precision >> 18);
        var radius = (BigInteger.Abs(a.Middle) * b.Radius) + (BigInteger.Abs(b.Middle) * a.Radius) + (a.Radius * b.Radius);
        return Round(a.Middle * b.Middle, radius, a.Exponent + b.Exponent);
    }

    /// <summary>The quotient, where the divisor is known not to be zero.</summary>
    public Ball Divide(Ball a, Ball b)
    {
        if (!Known(a, b) || !b.IsNonZero || a.IsExactZero)
        {
            return a.IsExactZero && b.IsNonZero ? Ball.Zero : Ball.Unknown;
        }

        budget.Spend((long)precision * precision >> 16);
        var divisor = BigInteger.Abs(b.Middle);
        var shift = Math.Max(0, precision + 8 + (int)(divisor.GetBitLength() - a.Middle.GetBitLength()));
        var quotient = BigInteger.DivRem(a.Middle << shift, b.Middle, out var remainder);
        // |a/b − A/B| ≤ (r·|B| + |A|·s) / (|B|·(|B| − s)) for the radii r and s
        var radius = (((a.Radius * divisor) + (BigInteger.Abs(a.Middle) * b.Radius)) << shift) / (divisor * (divisor - b.Radius));
        var exact = remainder.IsZero && a.Radius.IsZero && b.Radius.IsZero;
        return Round(quotient, exact ? BigInteger.Zero : radius + 2, a.Exponent - b.Exponent - shift);
    }

    public Ball Power(Ball value, BigInteger exponent)
    {
        if (exponent.Sign < 0)
        {
            return Divide(Ball.One, Power(value, -exponent));
        }

        var (result, square) = (Ball.One, value);
        for (; exponent.Sign > 0 && result.IsKnown && square.IsKnown; exponent >>= 1)
        {
            result = exponent.IsEven ? result : Multiply(result, square);
            square = exponent.IsOne ? square : Multiply(square, square);
        }

        return square.IsKnown ? result : Ball.Unknown;
    }

    private bool Known(Ball a, Ball b) => a.IsKnown && b.IsKnown && budget.Spend();

    private Ball Round(BigInteger middle, BigInteger radius, int exponent)
    {
        var shift = (int)Math.Max(middle.GetBitLength() - precision, radius.GetBitLength() - RadiusBits);
        if (shift > 0)
        {
            var rounded = middle >> shift;
            var exact = radius.IsZero && rounded << shift == middle;
            (middle, radius, exponent) = (rounded, exact ? radius : (radius >> shift) + 2, exponent + shift);
        }

        var ball = new Ball(middle, radius, middle.IsZero && radius.IsZero ? 0 : exponent);
        if (ball.IsNonZero)
        {
            Span = Math.Max(Span, Math.Abs(ball.Magnitude));
        }

        return ball.Magnitude > MostMagnitude || Span > MostMagnitude ? Ball.Unknown : ball;
    }
}
