using System.Numerics;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Evaluation;

/// <summary>
/// Arithmetic on complex numbers by their parts. Logarithms and powers take the principal value; but odd roots of negative numbers are real,
/// as they are in the exact stage.
/// </summary>
internal sealed class ComplexArithmetic(RealArithmetic real)
{
    public RealArithmetic Real { get; } = real;

    private Ball HalfPi => Real.Divide(Real.Pi, Ball.Of(2));

    public ComplexBall Add(ComplexBall a, ComplexBall b) => new(Real.Add(a.Real, b.Real), Real.Add(a.Imaginary, b.Imaginary));

    public ComplexBall Subtract(ComplexBall a, ComplexBall b) => Add(a, b.Negate());

    public ComplexBall Multiply(ComplexBall a, ComplexBall b) => new(
        Real.Subtract(Real.Multiply(a.Real, b.Real), Real.Multiply(a.Imaginary, b.Imaginary)),
        Real.Add(Real.Multiply(a.Real, b.Imaginary), Real.Multiply(a.Imaginary, b.Real)));

    public ComplexBall Divide(ComplexBall a, ComplexBall b)
    {
        if (b.IsReal)
        {
            return new(Real.Divide(a.Real, b.Real), Real.Divide(a.Imaginary, b.Real));
        }

        var product = Multiply(a, b.Conjugate());
        var norm = Norm(b);
        return new(Real.Divide(product.Real, norm), Real.Divide(product.Imaginary, norm));
    }

    public Ball Absolute(ComplexBall a) => a.IsReal ? AbsoluteOf(a.Real) : Real.SquareRoot(Norm(a));

    public ComplexBall Exponential(ComplexBall a)
    {
        var size = Real.Exponential(a.Real);
        if (a.IsReal)
        {
            return ComplexBall.Of(size);
        }

        var (sine, cosine) = Real.SineAndCosine(a.Imaginary);
        return new(Real.Multiply(size, cosine), Real.Multiply(size, sine));
    }

    public ComplexBall Logarithm(ComplexBall a)
    {
        if (a.IsReal)
        {
            return new(Real.Logarithm(a.Real.Abs()), a.Real.IsPositive ? Ball.Zero : Real.Pi);
        }

        return new(Real.Divide(Real.Logarithm(Norm(a)), Ball.Of(2)), Argument(a));
    }

    /// <summary>The angle, above −π and up to π.</summary>
    public Ball Argument(ComplexBall a)
    {
        if (a.IsReal)
        {
            return a.Real.IsPositive ? Ball.Zero : a.Real.IsNegative ? Real.Pi : Ball.Unknown;
        }

        if (a.Imaginary.IsNonZero)
        {
            var quarter = a.Imaginary.IsPositive ? HalfPi : HalfPi.Negate();
            return Real.Subtract(quarter, Real.InverseTangent(Real.Divide(a.Real, a.Imaginary)));
        }

        return a.Real.IsPositive ? Real.InverseTangent(Real.Divide(a.Imaginary, a.Real)) : Ball.Unknown;
    }

    public ComplexBall Power(ComplexBall value, Rational exponent)
    {
        if (exponent.IsInteger)
        {
            return RaiseToInteger(value, exponent.Numerator);
        }

        if (value.IsExactZero)
        {
            return exponent.Sign > 0 ? ComplexBall.Zero : ComplexBall.Unknown;
        }

        if (exponent.Denominator == 2)
        {
            return RaiseToInteger(SquareRoot(value), exponent.Numerator);
        }

        if (value.IsReal && value.Real.IsNegative && !exponent.Denominator.IsEven)
        {
            var size = Power(value.Negate(), exponent);
            return exponent.Numerator.IsEven ? size : size.Negate();
        }

        return Power(value, ComplexBall.Of(Real.Of(exponent)));
    }

    /// <summary>The principal power; of zero, only to a positive number.</summary>
    public ComplexBall Power(ComplexBall value, ComplexBall exponent) =>
        value.IsExactZero && exponent.Real.IsPositive ? ComplexBall.Zero : Exponential(Multiply(exponent, Logarithm(value)));

    public ComplexBall SquareRoot(ComplexBall a)
    {
        if (a.IsReal)
        {
            return a.Real.IsNegative ? new(Ball.Zero, Real.SquareRoot(a.Real.Negate()))
                : a.Real.IsPositive || a.IsExactZero ? ComplexBall.Of(Real.SquareRoot(a.Real))
                : ComplexBall.Unknown;
        }

        // √z = u + iv with u = √((|z| + x)/2) and v = y/2u, or the other way about where x is negative, so that nothing cancels.
        var larger = Real.SquareRoot(Real.Divide(Real.Add(Absolute(a), AbsoluteOf(a.Real)), Ball.Of(2)));
        var smaller = Real.Divide(a.Imaginary, Real.Multiply(Ball.Of(2), larger));
        return !a.Real.IsNegative ? new(larger, smaller)
            : a.Imaginary.IsPositive ? new(smaller, larger)
            : a.Imaginary.IsNegative ? new(smaller.Negate(), larger.Negate())
            : ComplexBall.Unknown;
    }

    private ComplexBall RaiseToInteger(ComplexBall value, BigInteger exponent)
    {
        if (value.IsReal)
        {
            var undefined = value.IsExactZero && exponent.Sign <= 0;
            return undefined ? ComplexBall.Unknown : ComplexBall.Of(Real.Power(value.Real, exponent));
        }

        if (exponent.Sign < 0)
        {
            return Divide(ComplexBall.One, RaiseToInteger(value, -exponent));
        }

        var (result, square) = (ComplexBall.One, value);
        for (; exponent.Sign > 0 && result.IsKnown && square.IsKnown; exponent >>= 1)
        {
            result = exponent.IsEven ? result : Multiply(result, square);
            square = exponent.IsOne ? square : Multiply(square, square);
        }

        return square.IsKnown ? result : ComplexBall.Unknown;
    }

    private Ball Norm(ComplexBall a) => Real.Add(Real.Multiply(a.Real, a.Real), Real.Multiply(a.Imaginary, a.Imaginary));

    // Where the sign is in doubt, by the root of the square.
    private Ball AbsoluteOf(Ball a) => a.IsNonZero || a.IsExactZero ? a.Abs() : Real.SquareRoot(Real.Multiply(a, a));
}
