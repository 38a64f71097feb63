using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Rewriting;

/// <summary>
/// A term as a quarter turn times positive factors, so that roots and logarithms may be taken factor by factor: for positive u and v,
/// (uv)^r = u^r·v^r and ln(uv) = ln u + ln v, but √(cos 3 · cos 2.5) is not √(cos 3)·√(cos 2.5), for both are negative.
/// Variables count as positive: they are taken where roots and logarithms of them are real.
/// </summary>
/// <param name="Quarters">How often i is a factor: 0 to 3.</param>
/// <param name="Size">The absolute value of the coefficient.</param>
/// <param name="Factors">Positive factors.</param>
internal sealed record PolarForm(int Quarters, Rational Size, IReadOnlyList<Factor> Factors)
{
    /// <summary>Whether a variable is in it.</summary>
    public bool IsOpen => Factors.Any(f => f.Atom.IsOpen);

    /// <summary>The angle, above −π and up to π.</summary>
    public Quotient Angle => Quotient.Of(Polynomial.Of(Rational.Create(Quarters == 3 ? -1 : Quarters, 2), Monomial.Of(Atom.Pi, Rational.One)));

    /// <summary>The form; null where the sign of a factor cannot be told or it is not real.</summary>
    public static PolarForm? Of(Term term, RewriteContext context)
    {
        var quarters = term.Coefficient.Sign < 0 ? 2 : 0;
        var factors = new List<Factor>(term.Monomial.Factors.Count);
        foreach (var factor in term.Monomial.Factors)
        {
            if (factor.Atom.Kind == AtomKind.Imaginary && factor.Exponent.IsOne)
            {
                quarters++;
            }
            else if (WithPositiveBase(factor, context) is { } positive)
            {
                quarters += ReferenceEquals(positive.Atom, factor.Atom) || factor.Exponent.Numerator.IsEven ? 0 : 2;
                factors.Add(positive);
            }
            else
            {
                return null;
            }
        }

        return new(quarters & 3, term.Coefficient.Abs(), factors);
    }

    private static Factor? WithPositiveBase(Factor factor, RewriteContext context)
    {
        var (atom, exponent) = factor;
        if (atom.IsPositive || atom.IsOpen)
        {
            return factor;
        }

        return Enclosure.Rough(atom, context.Budget) is not { IsReal: true, Real: var value } ? null
            : value.IsPositive ? factor
            : value.IsNegative && exponent.IsInteger ? factor with { Atom = Atom.Radicand(Polynomial.Of(atom).Negate()) }
            : null;
    }
}
