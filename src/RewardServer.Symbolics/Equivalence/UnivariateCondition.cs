using RewardServer.Symbolics.Expressions;
using RewardServer.Symbolics.Rewriting;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>
/// Solves one relation in one variable over the reals: a sign chart of the difference of its sides. What is followed are polynomials and their quotients with
/// rational coefficients, with other real coefficients up to degree two, and absolute values of such. Where a side has no value, the relation does not hold.
/// </summary>
internal sealed class UnivariateCondition(string variable, Budget budget)
{
    private const int MostAbsolutes = 3;

    /// <summary>Whether the equations solved so far have no other solutions among the complex numbers.</summary>
    public bool HasOnlyRealRoots { get; private set; } = true;

    /// <summary>The variable of two sides; null where they have none, or several.</summary>
    public static string? VariableOf(ScalarAnswer left, ScalarAnswer right)
    {
        var names = new HashSet<string>();
        foreach (var side in new[] { left, right })
        {
            ExpressionTree.Any(side.Formula.Expression, e => e is Symbol symbol && names.Add(symbol.Name) && names.Count > 1);
        }

        return names.Count == 1 ? names.Single() : null;
    }

    /// <summary>The numbers for which the relation holds; null where they cannot be told.</summary>
    public RealSet? Solve(ScalarAnswer left, char mark, ScalarAnswer right) =>
        Domain(left.Formula.Expression) is { } ofLeft && Domain(right.Formula.Expression) is { } ofRight
            ? Both(Solve(Quotient.Subtract(left.Value, right.Value, budget), mark, MostAbsolutes), Both(ofLeft, ofRight)) : null;

    private RealSet? Solve(Quotient difference, char mark, int absolutes)
    {
        if (!budget.Spend() || AbsoluteIn(difference) is not { } absolute)
        {
            var signs = budget.Exhausted ? null : SignSets.Of(difference, variable, budget);
            HasOnlyRealRoots &= mark != '=' || signs is { HasOnlyRealRoots: true };
            return signs?.Where(mark, budget);
        }

        if (absolutes == 0)
        {
            return null;
        }

        // |u| is u where u ≥ 0, and −u elsewhere.
        var inside = absolute.Arguments![0];
        var (upper, lower) = (Solve(inside, '≥', absolutes - 1), Solve(inside, '<', absolutes - 1));
        return Either(
            Both(upper, Solve(Substitute(difference, absolute, inside), mark, absolutes - 1)),
            Both(lower, Solve(Substitute(difference, absolute, inside.Negate()), mark, absolutes - 1)));
    }

    private static Atom? AbsoluteIn(Quotient function) => AbsoluteIn(function.Numerator) ?? AbsoluteIn(function.Denominator);

    private static Atom? AbsoluteIn(Polynomial polynomial)
    {
        foreach (var term in polynomial.Terms)
        {
            foreach (var factor in term.Monomial.Factors)
            {
                if (factor is { Atom: { Function: "abs", IsOpen: true }, Exponent.IsInteger: true })
                {
                    return factor.Atom;
                }
            }
        }

        return null;
    }

    private Quotient Substitute(Quotient function, Atom atom, Quotient value)
    {
        var (above, below) = (Substitute(function.Numerator, atom, value), Substitute(function.Denominator, atom, value));
        return below.IsZero ? below : Quotient.Multiply(above, below.Invert(budget), budget);
    }

    private Quotient Substitute(Polynomial polynomial, Atom atom, Quotient value)
    {
        var sum = Quotient.Zero;
        var context = new RewriteContext(budget);
        foreach (var term in polynomial.Terms)
        {
            var power = term.Monomial.Factors.Where(f => f.Atom.Key == atom.Key).Select(f => f.Exponent).FirstOrDefault(Rational.Zero);
            var rest = Quotient.Of(Polynomial.Of(term.Coefficient, new Monomial([.. term.Monomial.Factors.Where(f => f.Atom.Key != atom.Key)])));
            sum = context.Add(sum, power.IsZero ? rest : context.Multiply(rest, PowerRules.Raise(value, Quotient.Of(power), context)));
        }

        return sum;
    }

    // Where a formula has a value: canonical forms may have cancelled what it is divided by. Null where it has parts that are not followed.
    private RealSet? Domain(Expression expression) => expression switch
    {
        Symbol => RealSet.All,
        _ when !budget.Spend() => null,
        _ when !ExpressionTree.Any(expression, e => e is Symbol) => RealSet.All,
        Sum or Product or Negation or Application { Function: "abs" } => OfParts(expression),
        Fraction fraction => Both(OfParts(expression), NotZero(fraction.Denominator)),
        Power { Exponent: Number { Value: { IsInteger: true } exponent } } power => exponent.Sign > 0 ? OfParts(expression) : Both(OfParts(expression), NotZero(power.Base)),
        _ => null,
    };

    private RealSet? OfParts(Expression expression) => ExpressionTree.Children(expression).Aggregate((RealSet?)RealSet.All, (all, part) => Both(all, Domain(part)));

    private RealSet? NotZero(Expression divisor)
    {
        if (!ExpressionTree.Any(divisor, e => e is Symbol))
        {
            return RealSet.All;
        }

        var context = new RewriteContext(budget);
        var value = Canonicalizer.Canonicalize(divisor, context);
        return context.Undefined is null && !context.HasPlusMinus ? Solve(value, '≠', MostAbsolutes) : null;
    }

    private RealSet? Both(RealSet? a, RealSet? b) => a is null || b is null ? null : RealSet.Combine(a, b, (x, y) => x && y, budget);

    private RealSet? Either(RealSet? a, RealSet? b) => a is null || b is null ? null : RealSet.Combine(a, b, (x, y) => x || y, budget);
}
