using RewardServer.Symbolics.Equivalence;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Rewriting;

/// <summary>Applies the relations of atoms: √2·√2 = 2, i² = −1, √(x+1)² = x+1, sin² = 1 − cos².</summary>
internal static class Relations
{
    /// <summary>The term with every exponent brought below its atom's degree.</summary>
    public static Polynomial Reduce(Rational coefficient, Monomial monomial, Budget budget)
    {
        if (!monomial.Factors.Any(IsReducible))
        {
            return Polynomial.Of(coefficient, monomial);
        }

        var kept = new List<Factor>(monomial.Factors.Count);
        var product = Polynomial.Constant(coefficient);
        foreach (var factor in monomial.Factors)
        {
            var remainder = IsReducible(factor) ? Extract(factor, ref product, budget) : factor;
            if (!remainder.Exponent.IsZero)
            {
                kept.Add(remainder);
            }
        }

        return Polynomial.Multiply(product, Polynomial.Of(Rational.One, new Monomial(kept)), budget);
    }

    // Numbers come out of negative exponents as well; sums do not, for a polynomial has no denominator.
    private static bool IsReducible(Factor factor) => factor.Atom.Degree > 0
        && (factor.Exponent >= factor.Atom.Degree || (factor.Exponent.Sign < 0 && !factor.Atom.ReducesToSum));

    private static Factor Extract(Factor factor, ref Polynomial product, Budget budget)
    {
        var times = (factor.Exponent / factor.Atom.Degree).Floor();
        var replacement = factor.Atom.Replacement!;
        if (replacement.IsConstant && replacement.Value.Abs().IsOne)
        {
            times = times.IsEven ? 0 : 1;
        }

        var taken = factor with { Exponent = factor.Exponent - (factor.Atom.Degree * (Rational)(factor.Exponent / factor.Atom.Degree).Floor()) };
        var size = replacement.IsConstant ? replacement.Value.Bits * System.Numerics.BigInteger.Abs(times) : times;
        if (size > Limits.NumberBits)
        {
            budget.Exhaust();
            return factor with { Exponent = Rational.Zero };
        }

        var power = replacement.IsConstant ? Polynomial.Constant(replacement.Value.Pow((int)times)) : replacement.Pow((int)times, budget);
        product = Polynomial.Multiply(product, power, budget);
        return taken;
    }
}
