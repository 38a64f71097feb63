using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Rewriting;

/// <summary>Real and imaginary parts, conjugates and absolute values of complex constants, and e^(iθ).</summary>
internal static class ComplexRules
{
    /// <summary>The parts of a number; null where something in it is not known to be real, as a variable is not.</summary>
    public static (Quotient Real, Quotient Imaginary)? Parts(Quotient number, RewriteContext context)
    {
        if (!number.IsPolynomial || !number.Numerator.Terms.All(t => t.Monomial.Factors.All(f => IsRealOrUnit(f, context))))
        {
            return null;
        }

        var imaginary = number.Numerator.Terms.Where(t => t.Monomial.Factors.Any(IsUnit)).Select(t => Polynomial.Of(t.Coefficient, WithoutUnit(t.Monomial)));
        var real = number.Numerator.Terms.Where(t => !t.Monomial.Factors.Any(IsUnit)).Select(t => Polynomial.Of(t.Coefficient, t.Monomial));
        return (Quotient.Of(Polynomial.Sum(real, context.Budget)), Quotient.Of(Polynomial.Sum(imaginary, context.Budget)));
    }

    public static Quotient? Apply(string function, Quotient number, RewriteContext context) => Parts(number, context) is not var (real, imaginary) ? null : function switch
    {
        "re" => real,
        "im" => imaginary,
        "overline" => context.Add(real, context.Multiply(imaginary, Quotient.Of(Atom.Imaginary)).Negate()),
        "abs" when !imaginary.IsZero => PowerRules.Raise(
            context.Add(context.Multiply(real, real), context.Multiply(imaginary, imaginary)), Quotient.Of(Rational.Half), context),
        _ => null,
    };

    /// <summary>cos θ + i·sin θ.</summary>
    public static Quotient Direction(Quotient angle, RewriteContext context) => context.Add(
        TrigonometricRules.Apply("cos", angle, context),
        context.Multiply(TrigonometricRules.Apply("sin", angle, context), Quotient.Of(Atom.Imaginary)));

    /// <summary>The monomial divided by i, where i is in it.</summary>
    public static Monomial? DividedByUnit(Monomial monomial) => monomial.Factors.Any(IsUnit) ? WithoutUnit(monomial) : null;

    private static bool IsUnit(Factor factor) => factor.Atom.Kind == AtomKind.Imaginary && factor.Exponent.IsOne;

    private static bool IsRealOrUnit(Factor factor, RewriteContext context) => IsUnit(factor) || factor.Atom.IsPositive
        || (factor.Atom.Kind != AtomKind.Imaginary && Enclosure.Rough(factor.Atom, context.Budget) is { IsReal: true } value
            && (value.Real.IsPositive || factor.Exponent.IsInteger));

    private static Monomial WithoutUnit(Monomial monomial) => new([.. monomial.Factors.Where(f => !IsUnit(f))]);
}
