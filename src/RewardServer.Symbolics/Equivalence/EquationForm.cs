using RewardServer.Symbolics.Expressions;
using RewardServer.Symbolics.Rewriting;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>
/// Compares equations and single inequalities as polynomials beside zero. Only factors that are numbers may differ: to divide by a variable
/// would lose or add solutions, and a factor that may be zero makes 0 = 0 of everything.
/// </summary>
internal sealed class EquationForm(Budget budget)
{
    private const int Cost = 8;

    public bool AreEqual(RelationAnswer gold, RelationAnswer prediction)
    {
        if (!budget.Spend(Cost) || gold.Operators.Count != 1 || prediction.Operators.Count != 1 || Factor(gold, prediction) is not { } factor)
        {
            return false;
        }

        return gold.Operators[0] is '=' or '≠' ? gold.Operators[0] == prediction.Operators[0]
            : prediction.Operators[0] == (factor > 0 ? gold.Operators[0] : Flip(gold.Operators[0]));
    }

    /// <summary>The relation read from the right.</summary>
    public static char Flip(char mark) => mark switch { '<' => '>', '>' => '<', '≤' => '≥', '≥' => '≤', _ => mark };

    // The sign of the number that takes one side to the other; null where there is none.
    private int? Factor(RelationAnswer gold, RelationAnswer prediction)
    {
        // An equation that always or never holds says nothing that could be compared.
        if (Difference(gold) is not { IsConstant: false } a || Difference(prediction) is not { IsConstant: false } b)
        {
            return null;
        }

        var factor = b.Terms[0].Coefficient / a.Terms[0].Coefficient;
        return a.Terms.Count == b.Terms.Count && a.Scale(factor, budget).SameAs(b) ? factor.Sign : ByCoefficients(a, b);
    }

    // √2·x + 2y = 2 is x + √2·y = √2: coefficients that are not rational, in one proportion.
    private int? ByCoefficients(Polynomial a, Polynomial b)
    {
        if (a.Terms.Concat(b.Terms).All(t => t.Monomial.Factors.All(f => f.Atom.IsOpen)))
        {
            return null;
        }

        var (left, right) = (Coefficients(a), Coefficients(b));
        if (left.Count != right.Count || left.Count < 2 || !left.Keys.All(right.ContainsKey))
        {
            return null;
        }

        var (first, other) = (left.First().Value, right[left.First().Key]);
        return left.All(pair => Enclosure.Order(Quotient.Multiply(pair.Value, other, budget), Quotient.Multiply(right[pair.Key], first, budget), budget) == 0)
            && Enclosure.Sign(first, budget) * Enclosure.Sign(other, budget) is not 0 and var sign ? sign : null;
    }

    // The numbers before each product of variables.
    private Dictionary<Monomial, Quotient> Coefficients(Polynomial polynomial) => polynomial.Terms
        .GroupBy(t => new Monomial([.. t.Monomial.Factors.Where(f => f.Atom.IsOpen)]))
        .ToDictionary(g => g.Key, g => Quotient.Of(Polynomial.Sum(g.Select(t => Polynomial.Of(t.Coefficient, new Monomial([.. t.Monomial.Factors.Where(f => !f.Atom.IsOpen)]))), budget)));

    private Polynomial? Difference(RelationAnswer relation)
    {
        if (relation.Operands is not [ScalarAnswer left, ScalarAnswer right])
        {
            return null;
        }

        var difference = Quotient.Subtract(left.Value, right.Value, budget);
        return relation.Operators[0] is '=' or '≠' ? WithoutDenominators(difference.Numerator) : difference.IsPolynomial ? difference.Numerator : null;
    }

    // y = 1/x is xy = 1: the solutions are the same, for a denominator is never zero.
    private Polynomial WithoutDenominators(Polynomial polynomial)
    {
        var least = new Dictionary<string, Factor>();
        foreach (var factor in polynomial.Terms.SelectMany(t => t.Monomial.Factors).Where(f => f.Atom.Kind == AtomKind.Variable && f.Exponent.Sign < 0))
        {
            if (!least.TryGetValue(factor.Atom.Key, out var other) || factor.Exponent < other.Exponent)
            {
                least[factor.Atom.Key] = factor;
            }
        }

        return least.Count == 0 ? polynomial : Polynomial.Multiply(polynomial, Polynomial.Of(Rational.One, new Monomial(
            [.. least.Values.OrderBy(f => f.Atom).Select(f => f with { Exponent = -f.Exponent })])), budget);
    }
}
