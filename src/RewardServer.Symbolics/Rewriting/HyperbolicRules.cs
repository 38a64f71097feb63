using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Rewriting;

/// <summary>Hyperbolic functions as the exponentials that they are, and their inverses as logarithms.</summary>
internal static class HyperbolicRules
{
    public static Quotient Apply(string function, Quotient argument, RewriteContext context)
    {
        var power = PowerRules.Raise(Quotient.Of(Atom.Euler), argument, context);
        var inverse = PowerRules.Raise(Quotient.Of(Atom.Euler), argument.Negate(), context);
        var (sine, cosine, two) = (context.Add(power, inverse.Negate()), context.Add(power, inverse), Quotient.Of(2));
        return function switch
        {
            "sinh" => context.Divide(sine, two),
            "cosh" => context.Divide(cosine, two),
            "tanh" => context.Divide(sine, cosine),
            "coth" => context.Divide(cosine, sine),
            "sech" => context.Divide(two, cosine),
            _ => context.Divide(two, sine),
        };
    }

    public static Quotient ApplyInverse(string function, Quotient x, RewriteContext context)
    {
        if (function == "arctanh")
        {
            var ratio = context.Divide(context.Add(Quotient.One, x), context.Add(Quotient.One, x.Negate()));
            return context.Divide(LogarithmRules.Natural(ratio, context), Quotient.Of(2));
        }

        var one = function == "arcsinh" ? Quotient.One : Quotient.One.Negate();
        var root = PowerRules.Raise(context.Add(context.Multiply(x, x), one), Quotient.Of(Rational.Half), context);
        return LogarithmRules.Natural(context.Add(x, root), context);
    }
}
