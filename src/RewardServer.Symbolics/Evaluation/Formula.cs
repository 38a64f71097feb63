using RewardServer.Symbolics.Equivalence;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Evaluation;

/// <summary>A scalar as it was written, to be evaluated at sample points. Rough values are kept, for a set compares each element with many.</summary>
internal sealed class Formula(Expression expression, int plusMinusSign)
{
    /// <summary>The bits of a rough value.</summary>
    public const int RoughBits = 64;

    private readonly Dictionary<int, Sample> _rough = [];
    private bool? _hasVariables;
    private bool? _isComplex;
    private bool? _hasSteps;

    public Expression Expression => expression;

    public bool HasVariables => _hasVariables ??= ExpressionTree.Any(expression, e => e is Symbol);

    /// <summary>Whether i is in it, so that values that are not real are meant.</summary>
    public bool IsComplex => _isComplex ??= ExpressionTree.Any(expression, e => e is Constant { Kind: ConstantKind.Imaginary } or Application { Function: "cis" });

    /// <summary>Whether it goes by steps along its variables, so that values at some points say little of those between.</summary>
    public bool HasSteps => _hasSteps ??= HasVariables
        && ExpressionTree.Any(expression, e => e is Application { Function: "floor" or "ceiling" or "mod" });

    /// <summary>The product with a number and a power of π, and a number added.</summary>
    public Formula Converted(Rational factor, int piPower, Rational added)
    {
        Expression product = piPower == 0 ? new Product([new Number(factor), expression])
            : new Product([new Number(factor), new Power(new Constant(ConstantKind.Pi), new Number(piPower)), expression]);
        return new(added.IsZero ? product : new Sum([product, new Number(added)]), plusMinusSign);
    }

    /// <summary>The product with a number.</summary>
    public Formula Times(Rational factor) => new(new Product([new Number(factor), expression]), plusMinusSign);

    /// <summary>A value good enough to tell most numbers apart.</summary>
    public Sample Rough(int point, Budget budget)
    {
        if (!_rough.TryGetValue(point, out var value))
        {
            value = Evaluate(SamplePoints.At(point), RoughBits, budget);
            _rough.Add(point, value);
        }

        return value;
    }

    public Sample Evaluate(SamplePoint point, int precision, Budget budget)
    {
        var evaluator = new Evaluator(precision, point, plusMinusSign, budget);
        var value = evaluator.Evaluate(expression);
        return new(budget.Exhausted ? ComplexBall.Unknown : value, evaluator.Real.Span, evaluator.HasLeftReals);
    }
}

/// <summary>What a formula was found to be at a point.</summary>
/// <param name="Value">Its value.</param>
/// <param name="Span">How far the magnitudes of the numbers on the way spread.</param>
/// <param name="HasLeftReals">Whether any of the numbers on the way was not real.</param>
internal readonly record struct Sample(ComplexBall Value, int Span, bool HasLeftReals);
