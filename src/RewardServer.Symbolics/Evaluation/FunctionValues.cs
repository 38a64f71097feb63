using System.Numerics;
using RewardServer.Symbolics.Equivalence;

namespace RewardServer.Symbolics.Evaluation;

/// <summary>Functions by name, for numbers.</summary>
internal sealed class FunctionValues(ComplexArithmetic arithmetic, Budget budget)
{
    private const int MostFactors = 2_000;

    private static readonly ComplexBall Imaginary = new(Ball.Zero, Ball.One);

    private RealArithmetic Real => arithmetic.Real;

    public ComplexBall Apply(string function, IReadOnlyList<ComplexBall> arguments)
    {
        var first = arguments[0];
        return function switch
        {
            "abs" => ComplexBall.Of(arithmetic.Absolute(first)),
            "exp" => arithmetic.Exponential(first),
            "ln" => arithmetic.Logarithm(first),
            "log" => arithmetic.Divide(arithmetic.Logarithm(first), arithmetic.Logarithm(arguments.Count > 1 ? arguments[1] : ComplexBall.Of(Ball.Of(10)))),
            "overline" => first.Conjugate(),
            "re" => ComplexBall.Of(first.Real),
            "im" => ComplexBall.Of(first.Imaginary),
            "arg" => ComplexBall.Of(arithmetic.Argument(first)),
            "cis" => arithmetic.Exponential(arithmetic.Multiply(Imaginary, first)),
            _ when !first.IsReal => OfComplex(function, first),
            _ => OfReal(function, arguments),
        };
    }

    // sin z = (e^iz − e^−iz)/2i and so on.
    private ComplexBall OfComplex(string function, ComplexBall z) => function switch
    {
        "sinh" or "cosh" or "tanh" => Hyperbolic(function, z),
        "sin" => arithmetic.Divide(Hyperbolic("sinh", arithmetic.Multiply(Imaginary, z)), Imaginary),
        "cos" => Hyperbolic("cosh", arithmetic.Multiply(Imaginary, z)),
        "tan" => arithmetic.Divide(OfComplex("sin", z), OfComplex("cos", z)),
        _ => ComplexBall.Unknown,
    };

    private ComplexBall OfReal(string function, IReadOnlyList<ComplexBall> arguments) => function switch
    {
        "sinh" or "cosh" or "tanh" or "coth" or "sech" or "csch" => Hyperbolic(function, arguments[0]),
        "gcd" or "lcm" or "min" or "max" or "mod" or "binomial" => ComplexBall.Of(OfSeveral(function, arguments)),
        _ => ComplexBall.Of(OfReal(function, arguments[0].Real)),
    };

    private Ball OfReal(string function, Ball x) => function switch
    {
        "sin" => Real.SineAndCosine(x).Sine,
        "cos" => Real.SineAndCosine(x).Cosine,
        "tan" or "cot" or "sec" or "csc" => Circular(function, Real.SineAndCosine(x)),
        "arcsin" => InverseSine(x),
        "arccos" => Real.Subtract(Real.Divide(Real.Pi, Ball.Of(2)), InverseSine(x)),
        "arctan" => Real.InverseTangent(x),
        "arccot" => Real.Subtract(Real.Divide(Real.Pi, Ball.Of(2)), Real.InverseTangent(x)),
        "arcsec" => OfReal("arccos", Real.Divide(Ball.One, x)),
        "arccsc" => InverseSine(Real.Divide(Ball.One, x)),
        "arcsinh" => Real.Logarithm(Real.Add(x, Real.SquareRoot(Real.Add(Real.Multiply(x, x), Ball.One)))),
        "arccosh" => x.IsPositive ? Real.Logarithm(Real.Add(x, Real.SquareRoot(Real.Subtract(Real.Multiply(x, x), Ball.One)))) : Ball.Unknown,
        "arctanh" => Real.Divide(Real.Logarithm(Real.Divide(Real.Add(Ball.One, x), Real.Subtract(Ball.One, x))), Ball.Of(2)),
        "floor" => x.Floor() is { } floor ? Ball.Of(floor) : Ball.Unknown,
        "ceiling" => x.Negate().Floor() is { } floor ? Ball.Of(-floor) : Ball.Unknown,
        "Gamma" => OfReal("factorial", Real.Subtract(x, Ball.One)),
        "factorial" => Integer(x) is { Sign: >= 0 } n && n <= MostFactors ? FallingProduct(x, (int)n) : Ball.Unknown,
        _ => Ball.Unknown,
    };

    private Ball Circular(string function, (Ball Sine, Ball Cosine) at) => function switch
    {
        "tan" => Real.Divide(at.Sine, at.Cosine),
        "cot" => Real.Divide(at.Cosine, at.Sine),
        "sec" => Real.Divide(Ball.One, at.Cosine),
        _ => Real.Divide(Ball.One, at.Sine),
    };

    // arcsin x = 2·arctan(x / (1 + √(1 − x²))), without trouble at the ends.
    private Ball InverseSine(Ball x)
    {
        var square = Real.Subtract(Ball.One, Real.Multiply(x, x));
        return Real.Multiply(Ball.Of(2), Real.InverseTangent(Real.Divide(x, Real.Add(Ball.One, Real.SquareRoot(square)))));
    }

    private ComplexBall Hyperbolic(string function, ComplexBall z)
    {
        var power = arithmetic.Exponential(z);
        var inverse = arithmetic.Divide(ComplexBall.One, power);
        var two = ComplexBall.Of(Ball.Of(2));
        var (sine, cosine) = (arithmetic.Subtract(power, inverse), arithmetic.Add(power, inverse));
        return function switch
        {
            "sinh" => arithmetic.Divide(sine, two),
            "cosh" => arithmetic.Divide(cosine, two),
            "tanh" => arithmetic.Divide(sine, cosine),
            "coth" => arithmetic.Divide(cosine, sine),
            "sech" => arithmetic.Divide(two, cosine),
            _ => arithmetic.Divide(two, sine),
        };
    }

    private Ball OfSeveral(string function, IReadOnlyList<ComplexBall> arguments)
    {
        if (!arguments.All(a => a.IsReal) || arguments.Count < 2)
        {
            return Ball.Unknown;
        }

        return function switch
        {
            "min" => arguments.Select(a => a.Real).Aggregate((a, b) => Lesser(a, b)),
            "max" => arguments.Select(a => a.Real.Negate()).Aggregate((a, b) => Lesser(a, b)).Negate(),
            "mod" => Remainder(arguments[0].Real, arguments[1].Real),
            "binomial" => Binomial(arguments[0].Real, arguments[1].Real),
            _ => Ball.Unknown,
        };
    }

    private Ball Lesser(Ball a, Ball b)
    {
        var difference = Real.Subtract(a, b);
        if (difference.IsNonZero || difference.IsExactZero)
        {
            return difference.IsNegative ? a : b;
        }

        // Too close to tell: (a + b − |a − b|)/2 encloses either.
        return Real.Divide(Real.Subtract(Real.Add(a, b), arithmetic.Absolute(ComplexBall.Of(difference))), Ball.Of(2));
    }

    private Ball Remainder(Ball a, Ball b) => Real.Divide(a, b).Floor() is { } times ? Real.Subtract(a, Real.Multiply(b, Ball.Of(times))) : Ball.Unknown;

    private Ball Binomial(Ball from, Ball choose) => Integer(choose) is { Sign: >= 0 } k && k <= MostFactors
        ? Real.Divide(FallingProduct(from, (int)k), FallingProduct(choose, (int)k))
        : Ball.Unknown;

    private Ball FallingProduct(Ball from, int count)
    {
        var product = Ball.One;
        for (var i = 0; i < count && product.IsKnown && !budget.Exhausted; i++)
        {
            product = Real.Multiply(product, Real.Subtract(from, Ball.Of(i)));
        }

        return product;
    }

    private static BigInteger? Integer(Ball x) => x.Radius.IsZero && x is { IsKnown: true, Exponent: >= 0 and < 64 } ? x.Middle << x.Exponent : null;
}
