using RewardServer.Symbolics.Rewriting;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>A polynomial as slope times variable plus constant, slope and constant real numbers.</summary>
internal sealed record LinearForm(string Variable, Polynomial Slope, Polynomial Constant)
{
    /// <summary>The form; null where the polynomial is not linear in one variable.</summary>
    public static LinearForm? Of(Polynomial polynomial, Budget budget)
    {
        string? variable = null;
        var (slope, constant) = (new List<Polynomial>(), new List<Polynomial>());
        foreach (var term in polynomial.Terms)
        {
            var own = term.Monomial.Factors.Where(f => f.Atom.Kind == AtomKind.Variable).ToList();
            if (own.Count > 1 || own is [{ Exponent.IsOne: false }] || (own.Count == 1 && (variable ??= own[0].Atom.Key) != own[0].Atom.Key))
            {
                return null;
            }

            var rest = Polynomial.Of(term.Coefficient, own.Count == 0 ? term.Monomial : new Monomial([.. term.Monomial.Factors.Where(f => f.Atom.Kind != AtomKind.Variable)]));
            (own.Count == 0 ? constant : slope).Add(rest);
        }

        var (a, b) = (Polynomial.Sum(slope, budget), Polynomial.Sum(constant, budget));
        return variable is not null && Enclosure.Sign(Quotient.Of(a), budget) is 1 or -1 && Enclosure.IsReal(Quotient.Of(b), budget) ? new(variable, a, b) : null;
    }
}
