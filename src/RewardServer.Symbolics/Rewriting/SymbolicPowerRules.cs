using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Rewriting;

/// <summary>Powers with something other than a number in the exponent: b^(x+2) = b²·b^x, (uv)^x = u^x·v^x, 4^x = (2^x)².</summary>
internal static class SymbolicPowerRules
{
    public static Quotient Raise(Quotient power, Quotient exponent, RewriteContext context)
    {
        if (power.IsZero)
        {
            return context.HasNoValue("it raises zero to a power that is not known to be positive");
        }

        return exponent.IsPolynomial
            ? exponent.Numerator.Terms.Aggregate(Quotient.One, (product, t) => context.Multiply(product, RaiseToTerm(power, t, context)))
            : Quotient.Of(Opaque(power, exponent, context));
    }

    private static Quotient RaiseToTerm(Quotient power, Term term, RewriteContext context)
    {
        if (term.Monomial.IsOne)
        {
            return PowerRules.Raise(power, Quotient.Of(term.Coefficient), context);
        }

        if (IsEuler(power) && (OfLogarithm(term, context) ?? OfAngle(term, context)) is { } value)
        {
            return value;
        }

        if (!Enclosure.HasPositiveDenominator(power, context.Budget))
        {
            return Quotient.Of(Opaque(power, Quotient.Of(Polynomial.Of(term.Coefficient, term.Monomial)), context));
        }

        var product = Quotient.Of(ToMonomial(power.Numerator, term, context));
        return power.IsPolynomial ? product : context.Divide(product, Quotient.Of(ToMonomial(power.Denominator, term, context)));
    }

    private static bool IsEuler(Quotient power) => power is
        { IsPolynomial: true, Numerator.Terms: [{ Coefficient.IsOne: true, Monomial.Factors: [{ Exponent.IsOne: true, Atom: var atom }] }] }
        && ReferenceEquals(atom, Atom.Euler);

    // e^(r·ln u) = u^r
    private static Quotient? OfLogarithm(Term exponent, RewriteContext context) =>
        exponent.Monomial.Factors is [{ Exponent.IsOne: true, Atom.Exponential: { } exponential }]
            ? PowerRules.Raise(Quotient.Of(exponential), Quotient.Of(exponent.Coefficient), context) : null;

    // e^(iθ) = cos θ + i·sin θ
    private static Quotient? OfAngle(Term exponent, RewriteContext context) => ComplexRules.DividedByUnit(exponent.Monomial) is { } angle
        ? ComplexRules.Direction(Quotient.Of(Polynomial.Of(exponent.Coefficient, angle)), context) : null;

    private static Polynomial ToMonomial(Polynomial power, Term exponent, RewriteContext context)
    {
        if (power.Terms is not [var only] || PolarForm.Of(only, context) is not { Quarters: 0, Size: var coefficient, Factors: var factors })
        {
            return Power(power.Key, power, exponent.Monomial, exponent.Coefficient, context);
        }

        var product = Polynomial.One;
        foreach (var (prime, multiplicity) in IntegerFactors.Of(coefficient.Numerator, context.Budget))
        {
            product = Polynomial.Multiply(product, Power(Atom.Prime(prime), exponent.Monomial, exponent.Coefficient * multiplicity, context), context.Budget);
        }

        foreach (var (prime, multiplicity) in IntegerFactors.Of(coefficient.Denominator, context.Budget))
        {
            product = Polynomial.Multiply(product, Power(Atom.Prime(prime), exponent.Monomial, -exponent.Coefficient * multiplicity, context), context.Budget);
        }

        foreach (var factor in factors)
        {
            var raised = exponent.Coefficient * factor.Exponent;
            product = Polynomial.Multiply(product, Power(PowerRules.BaseOf(factor, raised, context), exponent.Monomial, raised, context), context.Budget);
        }

        return product;
    }

    private static Polynomial Power(Atom power, Monomial exponent, Rational times, RewriteContext context) =>
        Power(power.Key, Polynomial.Of(power), exponent, times, context);

    // The keys of a tower such as (rd)^((rd)^…) double with every level, and so must what they cost.
    private static Polynomial Power(string powerKey, Polynomial power, Monomial exponent, Rational times, RewriteContext context) =>
        context.Budget.Spend(powerKey.Length + exponent.Factors.Sum(f => f.Atom.Key.Length))
            ? Polynomial.Of(Rational.One, Monomial.Of(AtomOf($"({powerKey})^({exponent.Key})", Quotient.Of(power), Quotient.Of(Polynomial.Of(Rational.One, exponent))), times))
            : Polynomial.Zero;

    private static Atom AtomOf(string key, Quotient power, Quotient exponent) => new(AtomKind.Power, key) { Arguments = [power, exponent] };

    /// <summary>A power left as it is.</summary>
    public static Atom Opaque(Quotient power, Quotient exponent, RewriteContext context)
    {
        context.Budget.Spend(power.Key.Length + exponent.Key.Length);
        return AtomOf($"({power.Key})^({exponent.Key})", power, exponent);
    }
}
