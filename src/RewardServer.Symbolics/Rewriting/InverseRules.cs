using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Rewriting;

/// <summary>
/// Inverse circular functions. Where doubles suggest a multiple of π/12, and the function of that angle is exactly the argument, it is the
/// value; else the function stays as it is.
/// </summary>
internal static class InverseRules
{
    private const double Margin = 1e-9;

    public static Quotient Apply(string function, Quotient argument, RewriteContext context)
    {
        var angle = Approximate(function, argument.Approximate());
        var turns = Math.Round(angle * 12 / Math.PI);
        if (Math.Abs((turns * Math.PI / 12) - angle) < Margin)
        {
            var candidate = Quotient.Of(Polynomial.Of(Rational.Create((int)turns, 12), Monomial.Of(Atom.Pi, Rational.One)));
            if (Quotient.AreEqual(TrigonometricRules.Apply(function[3..], candidate, context), argument, context.Budget))
            {
                return candidate;
            }
        }

        var atom = FunctionRules.Opaque(function, [argument], context);
        return Quotient.Of(new Atom(atom.Kind, atom.Key) { Approximation = angle });
    }

    private static double Approximate(string function, double value) => function switch
    {
        "arcsin" => Math.Asin(value),
        "arccos" => Math.Acos(value),
        "arctan" => Math.Atan(value),
        "arccot" => (Math.PI / 2) - Math.Atan(value),
        "arcsec" => Math.Acos(1 / value),
        _ => Math.Asin(1 / value),
    };
}
