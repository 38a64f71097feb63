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

        return argument.IsPolynomial
            ? OfPolynomial(argument.Numerator, context)
            : context.Add(OfPolynomial(argument.Numerator, context), OfPolynomial(argument.Denominator, context).Negate());
    }

    private static Quotient OfPolynomial(Polynomial polynomial, RewriteContext context)
    {
        if (polynomial.Terms is not [{ Coefficient: { Sign: > 0 } coefficient, Monomial: var monomial }])
        {
            var opaque = FunctionRules.Opaque("ln", [Quotient.Of(polynomial)], context);
            return Quotient.Of(new Atom(opaque.Kind, opaque.Key) { Exponential = polynomial, Function = "ln", Arguments = opaque.Arguments });
        }

        var sum = context.Add(OfInteger(coefficient.Numerator, context), OfInteger(coefficient.Denominator, context).Negate());
        return monomial.Factors.Aggregate(sum, (s, f) => context.Add(s, Scale(OfAtom(f.Atom, context), f.Exponent, context)));
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
