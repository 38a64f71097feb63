using RewardServer.Symbolics.Equivalence;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Evaluation;

/// <summary>Evaluates an expression at one sample point; what has no value there, or none that is followed, is unknown.</summary>
internal sealed class Evaluator
{
    private readonly ComplexArithmetic _arithmetic;
    private readonly FunctionValues _functions;
    private readonly Budget _budget;
    private readonly SamplePoint _point;
    private readonly int _plusMinusSign;

    public Evaluator(int precision, SamplePoint point, int plusMinusSign, Budget budget)
    {
        _arithmetic = new ComplexArithmetic(new RealArithmetic(precision, budget));
        _functions = new FunctionValues(_arithmetic, budget);
        (_point, _plusMinusSign, _budget) = (point, plusMinusSign, budget);
    }

    public RealArithmetic Real => _arithmetic.Real;

    public ComplexArithmetic Arithmetic => _arithmetic;

    /// <summary>Whether anything on the way was not real.</summary>
    public bool HasLeftReals { get; private set; }

    public ComplexBall Evaluate(Expression expression)
    {
        if (!_budget.Spend())
        {
            return ComplexBall.Unknown;
        }

        var value = Value(expression);
        HasLeftReals |= value.IsKnown && !value.IsReal;
        return value;
    }

    private ComplexBall Value(Expression expression) => expression switch
    {
        Number number => ComplexBall.Of(Real.Of(number.Value)),
        BaseNumeral numeral => ComplexBall.Of(Real.Of(numeral.Value)),
        Symbol symbol => ComplexBall.Of(Real.Of(_point(symbol.Name))),
        Constant constant => OfConstant(constant.Kind),
        Sum sum => OfSum(sum),
        Product product => OfProduct(product),
        Fraction fraction => _arithmetic.Divide(Evaluate(fraction.Numerator), Evaluate(fraction.Denominator)),
        Power power => OfPower(power),
        Negation negation => Evaluate(negation.Operand).Negate(),
        PlusMinus both => _plusMinusSign > 0 == both.Opposite ? Evaluate(both.Operand).Negate() : Evaluate(both.Operand),
        Application application => OfApplication(application),
        Quantity { Unit: var unit } quantity => OfQuantity(quantity, unit),
        _ => ComplexBall.Unknown,
    };

    private ComplexBall OfConstant(ConstantKind kind) => kind switch
    {
        ConstantKind.Pi => ComplexBall.Of(Real.Pi),
        ConstantKind.Euler => ComplexBall.Of(Real.Exponential(Ball.One)),
        ConstantKind.Imaginary => new(Ball.Zero, Ball.One),
        _ => ComplexBall.Unknown,
    };

    private ComplexBall OfSum(Sum sum)
    {
        var value = ComplexBall.Zero;
        for (var i = 0; i < sum.Terms.Count && value.IsKnown; i++)
        {
            value = _arithmetic.Add(value, Evaluate(sum.Terms[i]));
        }

        return value;
    }

    // A factor without a value leaves the product without one, also beside a zero.
    private ComplexBall OfProduct(Product product)
    {
        var value = ComplexBall.One;
        for (var i = 0; i < product.Factors.Count && value.IsKnown; i++)
        {
            value = _arithmetic.Multiply(value, Evaluate(product.Factors[i]));
        }

        return value;
    }

    private ComplexBall OfPower(Power power)
    {
        if (power.Base is Constant { Kind: ConstantKind.Euler })
        {
            return _arithmetic.Exponential(Evaluate(power.Exponent));
        }

        var value = Evaluate(power.Base);
        return !value.IsKnown ? value
            : AsRational(power.Exponent) is { } exponent ? _arithmetic.Power(value, exponent)
            : OfPower(value, Evaluate(power.Exponent));
    }

    // Integers that are worked out, as n in (−1)^n, leave signs as they are.
    private ComplexBall OfPower(ComplexBall value, ComplexBall exponent) =>
        exponent is { IsReal: true, Real: { Radius.IsZero: true, Exponent: >= 0 and < 64 } integer }
            ? _arithmetic.Power(value, (Rational)(integer.Middle << integer.Exponent))
            : _arithmetic.Power(value, exponent);

    private static Rational? AsRational(Expression expression) => expression switch
    {
        Number number => number.Value,
        Negation negation => AsRational(negation.Operand) is { } value ? -value : null,
        Fraction fraction => AsRational(fraction.Numerator) is { } above && AsRational(fraction.Denominator) is { IsZero: false } below ? above / below : null,
        _ => null,
    };

    private ComplexBall OfApplication(Application application)
    {
        // Sample points are real, where a number is its own conjugate; that says nothing of complex ones.
        if (application.Function is "overline" or "re" or "im" or "arg" && ExpressionTree.Any(application, e => e is Symbol))
        {
            return ComplexBall.Unknown;
        }

        var arguments = new ComplexBall[application.Arguments.Count];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = Evaluate(application.Arguments[i]);
            if (!arguments[i].IsKnown)
            {
                return ComplexBall.Unknown;
            }
        }

        return _functions.Apply(application.Function, arguments);
    }

    private ComplexBall OfQuantity(Quantity quantity, Unit unit)
    {
        var value = Evaluate(quantity.Value);
        return unit == Unit.Percent ? _arithmetic.Divide(value, ComplexBall.Of(Ball.Of(100)))
            : unit == Unit.Degree ? _arithmetic.Divide(_arithmetic.Multiply(value, ComplexBall.Of(Real.Pi)), ComplexBall.Of(Ball.Of(180)))
            : ComplexBall.Unknown;
    }
}
