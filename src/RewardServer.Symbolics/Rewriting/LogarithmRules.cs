using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Rewriting;

/// <summary>Logarithms: ln(uv) = ln u + ln v, ln(u^r) = r·ln u, ln e = 1; other bases by division.</summary>
internal static class LogarithmRules
{
    public static Quotient Natural(Quotient argument, RewriteContext context)
    {
        if (argument.IsZero)
        {
            return context.HasNoValue("it has the logarithm of zero");
        }

        return argument.IsPolynomial ? OfPolynomial(argument.Numerator, context)
            : Enclosure.HasPositiveDenominator(argument, context.Budget)
                ? context.Add(OfPolynomial(argument.Numerator, context), OfPolynomial(argument.Denominator, context).Negate())
            : Quotient.Of(FunctionRules.Opaque("ln", [argument], context));
    }

    private static Quotient OfPolynomial(Polynomial polynomial, RewriteContext context)
    {
        if (polynomial.Terms is [var only] && PolarForm.Of(only, context) is { } polar && !(polar.IsOpen && polar.Quarters > 0))
        {
            var sum = context.Add(OfInteger(polar.Size.Numerator, context), OfInteger(polar.Size.Denominator, context).Negate());
            sum = polar.Factors.Aggregate(sum, (s, f) => context.Add(s, Scale(OfAtom(f.Atom, context), f.Exponent, context)));
            return polar.Quarters == 0 ? sum : context.Add(sum, context.Multiply(polar.Angle, Quotient.Of(Atom.Imaginary)));
        }

        // What is known not to be positive is not what e to its logarithm's power is raised to in roots.
        var opaque = FunctionRules.Opaque("ln", [Quotient.Of(polynomial)], context);
        var invertible = opaque.IsOpen || Enclosure.RoughSign(polynomial, context.Budget) > 0;
        return Quotient.Of(new Atom(opaque.Kind, opaque.Key) { Exponential = invertible ? polynomial : null, Function = "ln", Arguments = opaque.Arguments });
    }

    private static Quotient OfInteger(System.Numerics.BigInteger number, RewriteContext context) => IntegerFactors
        .Of(number, context.Budget)
        .Aggregate(Quotient.Zero, (sum, f) => context.Add(sum, Scale(OfAtom(Atom.Prime(f.Base), context), f.Multiplicity, context)));

    private static Quotient OfAtom(Atom atom, RewriteContext context) => ReferenceEquals(atom, Atom.Euler)
        ? Quotient.One
        : Quotient.Of(new Atom(AtomKind.Application, $"ln({atom.Key})") { Exponential = Polynomial.Of(atom), Function = "ln", Arguments = [Quotient.Of(atom)] });

    private static Quotient Scale(Quotient value, Rational factor, RewriteContext context) =>
        context.Multiply(value, Quotient.Of(factor));
}
