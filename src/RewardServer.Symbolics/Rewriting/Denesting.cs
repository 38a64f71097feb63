using RewardServer.Symbolics.Evaluation;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Rewriting;

/// <summary>Square roots of a + b√c that are themselves sums of two square roots: √(3 + 2√2) = 1 + √2.</summary>
internal static class Denesting
{
    /// <summary>The positive square root without a root in a root; null where there is none.</summary>
    public static Quotient? SquareRoot(Polynomial sum, RewriteContext context)
    {
        if (sum.Terms is not [var surd, { Monomial.IsOne: true, Coefficient: { Sign: > 0 } a }] || !IsSquareRoot(surd.Monomial))
        {
            return null;
        }

        var budget = context.Budget;
        var square = Polynomial.Multiply(Polynomial.Of(surd.Coefficient, surd.Monomial), Polynomial.Of(surd.Coefficient, surd.Monomial), budget);
        var norm = (a * a) - square.Value;
        if (norm.Sign <= 0 || !square.IsConstant)
        {
            return null;
        }

        // (√u ± √v)² = u + v ± 2√(uv), with u + v = a and u − v = √(a² − b²c).
        if (!budget.SpendOnNumber(norm.Bits) || RationalRoot(norm) is not { } difference)
        {
            return null;
        }

        var larger = Root((a + difference) * Rational.Half, context);
        var smaller = Root((a - difference) * Rational.Half, context);
        return context.Add(larger, surd.Coefficient.Sign > 0 ? smaller : smaller.Negate());
    }

    private static Rational? RationalRoot(Rational square)
    {
        var (above, below) = (FixedPoint.SquareRoot(square.Numerator), FixedPoint.SquareRoot(square.Denominator));
        return above * above == square.Numerator && below * below == square.Denominator ? Rational.Create(above, below) : null;
    }

    private static Quotient Root(Rational value, RewriteContext context) =>
        PowerRules.Raise(Quotient.Of(value), Quotient.Of(Rational.Half), context);

    private static bool IsSquareRoot(Monomial monomial) =>
        !monomial.IsOne && monomial.Factors.All(f => f.Atom.Kind == AtomKind.Prime && f.Exponent == Rational.Half);
}
