using System.Numerics;
using RewardServer.Symbolics.Equivalence;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Rewriting;

/// <summary>
/// Powers and roots. Odd roots of negative numbers are real, even ones imaginary. Variables under a root are taken where the root is
/// real, so that √(x³) = x√x; but √(x²) is |x|, not x.
/// </summary>
internal static class PowerRules
{
    public static Quotient Raise(Quotient power, Quotient exponent, RewriteContext context)
    {
        if (!exponent.IsRational)
        {
            return SymbolicPowerRules.Raise(power, exponent, context);
        }

        if (power.IsZero)
        {
            return exponent.Value.Sign > 0 ? Quotient.Zero : context.HasNoValue("it raises zero to a power that is not positive");
        }

        return exponent.Value.IsInteger ? RaiseToInteger(power, exponent.Value.Numerator, context) : RaiseToFraction(power, exponent.Value, context);
    }

    private static Quotient RaiseToInteger(Quotient power, BigInteger exponent, RewriteContext context)
    {
        if (exponent.Sign <= 0)
        {
            return exponent.IsZero ? Quotient.One : RaiseToInteger(context.Divide(Quotient.One, power), -exponent, context);
        }

        if (power is { IsPolynomial: true, Numerator.Terms: [var only] })
        {
            return RaiseTerm(only, exponent, context);
        }

        if (exponent > Limits.Terms)
        {
            context.Budget.Exhaust();
            return Quotient.Zero;
        }

        var numerator = Quotient.Of(power.Numerator.Pow((int)exponent, context.Budget));
        return power.IsPolynomial ? numerator : context.Divide(numerator, Quotient.Of(power.Denominator.Pow((int)exponent, context.Budget)));
    }

    private static Quotient RaiseTerm(Term term, BigInteger exponent, RewriteContext context)
    {
        var unit = term.Coefficient.Abs().IsOne;
        if (!unit && (exponent > Limits.NumberBits || !context.Budget.SpendOnNumber((term.Coefficient.Bits - 1) * (long)exponent)))
        {
            context.Budget.Exhaust();
            return Quotient.Zero;
        }

        var coefficient = unit ? (exponent.IsEven ? Rational.One : term.Coefficient) : term.Coefficient.Pow((int)exponent);
        var factors = term.Monomial.Factors.Select(f => f with { Exponent = f.Exponent * exponent }).ToArray();
        return Quotient.Of(Relations.Reduce(coefficient, new Monomial(factors), context.Budget));
    }

    private static Quotient RaiseToFraction(Quotient power, Rational exponent, RewriteContext context)
    {
        var numerator = RaisePolynomial(power.Numerator, exponent, context);
        return power.IsPolynomial ? numerator
            : Enclosure.HasPositiveDenominator(power, context.Budget) ? context.Divide(numerator, RaisePolynomial(power.Denominator, exponent, context))
            : Quotient.Of(SymbolicPowerRules.Opaque(power, Quotient.Of(exponent), context));
    }

    private static Quotient RaisePolynomial(Polynomial polynomial, Rational exponent, RewriteContext context)
    {
        var content = Content(polynomial);
        var primitive = polynomial.Scale(content.Invert(), context.Budget);
        if (primitive.Terms is [var only] && PolarForm.Of(only, context) is { } polar)
        {
            var product = context.Multiply(RaiseUnit(polar, exponent, context), RaisePositive(content, exponent, context));
            return polar.Factors.Aggregate(product, (p, f) => context.Multiply(p, RaiseFactor(f, exponent, context)));
        }

        if (exponent.Denominator == 2 && Denesting.SquareRoot(primitive, context) is { } root)
        {
            return context.Multiply(RaisePositive(content, exponent, context), RaiseToInteger(root, exponent.Numerator, context));
        }

        var atom = Atom.Radicand(primitive);
        context.Budget.Spend(atom.Key.Length);
        var fraction = exponent - exponent.Floor();
        var whole = RaiseToInteger(Quotient.Of(primitive), exponent.Floor(), context);
        var radical = Quotient.Of(Polynomial.Of(Rational.One, Monomial.Of(atom, fraction)));
        return context.Multiply(RaisePositive(content, exponent, context), context.Multiply(whole, radical));
    }

    // The greatest positive rational that divides every coefficient into an integer.
    private static Rational Content(Polynomial polynomial)
    {
        var numerator = polynomial.Terms.Aggregate(BigInteger.Zero, (g, t) => BigInteger.GreatestCommonDivisor(g, t.Coefficient.Numerator));
        var denominator = polynomial.Terms.Aggregate(BigInteger.One, (m, t) =>
            m / BigInteger.GreatestCommonDivisor(m, t.Coefficient.Denominator) * t.Coefficient.Denominator);
        return Rational.Create(numerator, denominator);
    }

    // Odd roots of −1 are −1, and all others the principal ones.
    private static Quotient RaiseUnit(PolarForm polar, Rational exponent, RewriteContext context) =>
        polar.Quarters == 0 ? Quotient.One
        : polar.Quarters == 2 && !exponent.Denominator.IsEven ? (exponent.Numerator.IsEven ? Quotient.One : Quotient.Of(Rational.MinusOne))
        : ComplexRules.Direction(context.Multiply(polar.Angle, Quotient.Of(exponent)), context);

    private static Quotient RaisePositive(Rational number, Rational exponent, RewriteContext context)
    {
        var product = RaiseInteger(number.Numerator, exponent, context);
        return number.IsInteger ? product : context.Divide(product, RaiseInteger(number.Denominator, exponent, context));
    }

    private static Quotient RaiseInteger(BigInteger number, Rational exponent, RewriteContext context) => IntegerFactors
        .Of(number, context.Budget)
        .Aggregate(Quotient.One, (product, f) => context.Multiply(product, RaiseFactor(new(Atom.Prime(f.Base), f.Multiplicity), exponent, context)));

    private static Quotient RaiseFactor(Factor factor, Rational exponent, RewriteContext context)
    {
        var raised = factor.Exponent * exponent;
        var atom = BaseOf(factor, raised, context);
        if (raised.Sign < 0 && atom.ReducesToSum)
        {
            return Quotient.Of(Relations.Reduce(Rational.One, Monomial.Of(atom, -raised), context.Budget)).Invert(context.Budget);
        }

        return Quotient.Of(Relations.Reduce(Rational.One, Monomial.Of(atom, raised), context.Budget));
    }

    /// <summary>
    /// What is raised in the place of a power's base: an even power is positive whatever the sign of its base, and its root must be so too.
    /// </summary>
    public static Atom BaseOf(Factor factor, Rational raised, RewriteContext context) =>
        factor.Atom.IsOpen && factor.Exponent.Numerator.IsEven && !raised.Numerator.IsEven
            ? FunctionRules.Opaque("abs", [Quotient.Of(factor.Atom)], context)
            : factor.Atom;
}
