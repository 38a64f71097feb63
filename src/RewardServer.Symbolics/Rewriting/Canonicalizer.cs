using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Rewriting;

/// <summary>Brings a scalar expression to its canonical form.</summary>
internal static class Canonicalizer
{
    /// <summary>
    /// The canonical form. The caller looks at the context before believing it: the budget may be exhausted, or the expression may have no value.
    /// </summary>
    public static Quotient Canonicalize(Expression expression, RewriteContext context)
    {
        if (!context.Budget.Spend())
        {
            return Quotient.Zero;
        }

        return expression switch
        {
            Number number => Quotient.Of(number.Value),
            BaseNumeral numeral => Quotient.Of(numeral.Value),
            Symbol symbol => Quotient.Of(Atom.Variable(symbol.Name)),
            Constant constant => OfConstant(constant.Kind, context),
            Sum sum => context.Sum([.. sum.Terms.Select(t => Canonicalize(t, context))]),
            Product product => product.Factors.Aggregate(Quotient.One, (p, f) => context.Multiply(p, Canonicalize(f, context))),
            Fraction fraction => context.Divide(Canonicalize(fraction.Numerator, context), Canonicalize(fraction.Denominator, context)),
            Power power => PowerRules.Raise(Canonicalize(power.Base, context), Canonicalize(power.Exponent, context), context),
            Negation negation => Canonicalize(negation.Operand, context).Negate(),
            PlusMinus both => OfPlusMinus(both, context),
            Application application => FunctionRules.Apply(
                application.Function, [.. application.Arguments.Select(a => Canonicalize(a, context))], context),
            Quantity quantity => OfQuantity(quantity, context),
            _ => context.HasNoValue("it does arithmetic with something that is not a number"),
        };
    }

    private static Quotient OfConstant(ConstantKind kind, RewriteContext context) => kind switch
    {
        ConstantKind.Pi => Quotient.Of(Atom.Pi),
        ConstantKind.Euler => Quotient.Of(Atom.Euler),
        ConstantKind.Imaginary => Quotient.Of(Atom.Imaginary),
        _ => context.HasNoValue("it does arithmetic with infinity or with a set"),
    };

    private static Quotient OfPlusMinus(PlusMinus both, RewriteContext context)
    {
        context.HasPlusMinus = true;
        var operand = Canonicalize(both.Operand, context);
        return context.PlusMinusSign > 0 == both.Opposite ? operand.Negate() : operand;
    }

    // Within a formula a percentage is a hundredth and a degree is a part of the circle; other units have no place there.
    private static Quotient OfQuantity(Quantity quantity, RewriteContext context)
    {
        var value = Canonicalize(quantity.Value, context);
        return quantity.Unit == Unit.Percent ? context.Multiply(value, Quotient.Of(Rational.Create(1, 100)))
            : quantity.Unit == Unit.Degree ? context.Multiply(value, Quotient.Of(Polynomial.Of(Rational.Create(1, 180), Monomial.Of(Atom.Pi, Rational.One))))
            : context.HasNoValue("it does arithmetic with a unit");
    }
}
