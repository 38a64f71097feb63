using RewardServer.Symbolics.Equivalence;
using RewardServer.Symbolics.Expressions;
using RewardServer.Symbolics.Rewriting;

namespace RewardServer.Symbolics.Operations;

/// <summary>
/// Limits at a point by inserting it and, where both sides of a fraction vanish, by their derivatives (l'Hôpital); at infinity, of rational
/// functions by their leading terms.
/// </summary>
internal sealed class LimitRules(Budget budget)
{
    private const int MostDerivatives = 4;

    /// <summary>The limit; null where these rules do not find it.</summary>
    public Expression? Of(Expression body, Symbol variable, Expression place)
    {
        if (place is Constant { Kind: ConstantKind.Infinity } or Negation { Operand: Constant { Kind: ConstantKind.Infinity } })
        {
            return AtInfinity(body, variable);
        }

        for (var i = 0; i <= MostDerivatives && !budget.Exhausted; i++)
        {
            if (body is not Fraction fraction)
            {
                return IsDefined(body, variable, place) ? ExpressionTree.Replace(body, variable, place) : null;
            }

            if (!Vanishes(fraction.Denominator, variable, place))
            {
                return IsDefined(body, variable, place) ? ExpressionTree.Replace(body, variable, place) : null;
            }

            var differentiation = new Differentiation(variable, budget);
            if (!Vanishes(fraction.Numerator, variable, place)
                || differentiation.Of(fraction.Numerator) is not { } above || differentiation.Of(fraction.Denominator) is not { } below)
            {
                return null;
            }

            body = new Fraction(above, below);
        }

        return null;
    }

    private bool Vanishes(Expression expression, Symbol variable, Expression place)
    {
        var context = new RewriteContext(budget);
        var value = Canonicalizer.Canonicalize(ExpressionTree.Replace(expression, variable, place), context);
        return value.IsZero && context.Undefined is null;
    }

    private bool IsDefined(Expression body, Symbol variable, Expression place)
    {
        var context = new RewriteContext(budget);
        _ = Canonicalizer.Canonicalize(ExpressionTree.Replace(body, variable, place), context);
        // A step may lie at the very place that the limit goes to.
        return context.Undefined is null && !ExpressionTree.Any(body, e => e is Application { Function: "floor" or "ceiling" or "mod" });
    }

    private Number? AtInfinity(Expression body, Symbol variable)
    {
        var value = Canonicalizer.Canonicalize(body, new RewriteContext(budget));
        if (!IsRationalIn(value.Numerator, variable) || !IsRationalIn(value.Denominator, variable))
        {
            return null;
        }

        var (above, below) = (Degree(value.Numerator), Degree(value.Denominator));
        return above > below ? null : new Number(above < below ? 0 : Leading(value.Numerator, above) / Leading(value.Denominator, below));
    }

    private static bool IsRationalIn(Polynomial polynomial, Symbol variable) => polynomial.Terms.All(t =>
        t.Monomial.Factors is [] or [{ Atom.Kind: AtomKind.Variable }] && t.Monomial.Factors.All(f => f.Atom.Key == variable.Name));

    private static Rational Degree(Polynomial polynomial) =>
        polynomial.Terms.Select(Degree).DefaultIfEmpty(Rational.Zero).Max();

    private static Rational Degree(Term term) => term.Monomial.Factors is [var factor] ? factor.Exponent : Rational.Zero;

    private static Rational Leading(Polynomial polynomial, Rational degree) =>
        polynomial.Terms.Where(t => Degree(t) == degree).Select(t => t.Coefficient).DefaultIfEmpty(Rational.Zero).First();
}
