using RewardServer.Symbolics.Evaluation;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Rewriting;

/// <summary>
/// Inverse circular functions. Where its ball holds a multiple of π/12, and the function of that angle is exactly the argument, it is the
/// value; else the function stays as it is.
/// </summary>
internal static class InverseRules
{
    public static Quotient Apply(string function, Quotient argument, RewriteContext context)
    {
        var atom = FunctionRules.Opaque(function, [argument], context);
        if (TwelfthsOfPi(atom, context) is { } twelfths)
        {
            var candidate = Quotient.Of(Polynomial.Of(Rational.Create(twelfths, 12), Monomial.Of(Atom.Pi, Rational.One)));
            if (Quotient.AreEqual(TrigonometricRules.Apply(function[3..], candidate, context), argument, context.Budget))
            {
                return candidate;
            }
        }

        return Quotient.Of(atom);
    }

    private static System.Numerics.BigInteger? TwelfthsOfPi(Atom angle, RewriteContext context)
    {
        const int Bits = 64;
        if (angle.IsOpen || Enclosure.Rough(angle, context.Budget) is not { IsReal: true, Real: var value })
        {
            return null;
        }

        var real = new RealArithmetic(Bits, context.Budget);
        var twelfths = real.Divide(real.Multiply(value, Ball.Of(12)), real.Pi);
        return real.Add(twelfths, real.Of(Rational.Half)).Floor() is { } nearest && !real.Subtract(twelfths, Ball.Of(nearest)).IsNonZero ? nearest : null;
    }
}
