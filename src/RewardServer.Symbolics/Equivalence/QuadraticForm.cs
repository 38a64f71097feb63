using RewardServer.Symbolics.Expressions;
using RewardServer.Symbolics.Rewriting;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>A polynomial of degree one or two in a variable, whose coefficients are real numbers that need not be rational.</summary>
internal sealed record QuadraticForm(Polynomial Square, Polynomial Slope, Polynomial Constant)
{
    public bool IsLinear => Square.IsZero;

    /// <summary>The form; null where the polynomial is of another kind, or constant.</summary>
    public static QuadraticForm? Of(Polynomial polynomial, string variable, Budget budget)
    {
        var parts = new List<Polynomial>[] { [], [], [] };
        foreach (var term in polynomial.Terms)
        {
            var power = 0;
            foreach (var factor in term.Monomial.Factors.Where(f => f.Atom.IsOpen))
            {
                power = factor.Atom.Kind == AtomKind.Variable && factor.Atom.Key == variable && factor.Exponent.IsInteger && factor.Exponent.Sign > 0 && factor.Exponent <= 2
                    ? (int)factor.Exponent.Numerator : -1;
            }

            if (power < 0 || term.Monomial.Factors.Count(f => f.Atom.IsOpen) > 1)
            {
                return null;
            }

            parts[power].Add(Polynomial.Of(term.Coefficient, power == 0 ? term.Monomial : new Monomial([.. term.Monomial.Factors.Where(f => !f.Atom.IsOpen)])));
        }

        var form = new QuadraticForm(Polynomial.Sum(parts[2], budget), Polynomial.Sum(parts[1], budget), Polynomial.Sum(parts[0], budget));
        return form.Square.IsZero && form.Slope.IsZero ? null
            : Array.TrueForAll([form.Square, form.Slope, form.Constant], c => Enclosure.IsReal(Quotient.Of(c), budget)) ? form : null;
    }

    /// <summary>The sign of the leading coefficient; null where it cannot be told from zero.</summary>
    public int? LeadingSign(Budget budget) => Enclosure.Sign(Quotient.Of(IsLinear ? Slope : Square), budget) is not 0 and var sign ? sign : null;

    /// <summary>The real roots in rising order, by radicals; null where their number cannot be told.</summary>
    public IReadOnlyList<Quotient>? Roots(Budget budget)
    {
        if (LeadingSign(budget) is not { } leading)
        {
            return null;
        }

        var context = new RewriteContext(budget);
        if (IsLinear)
        {
            return [context.Divide(Quotient.Of(Constant.Negate()), Quotient.Of(Slope))];
        }

        var discriminant = Polynomial.Add(Polynomial.Multiply(Slope, Slope, budget), Polynomial.Multiply(Square, Constant, budget).Scale(-4, budget), budget);
        if (Enclosure.Order(Quotient.Of(discriminant), Quotient.Zero, budget) is not { } sign)
        {
            return null;
        }

        var twice = Quotient.Of(Square.Scale(2, budget));
        var root = sign <= 0 ? Quotient.Zero : PowerRules.Raise(Quotient.Of(discriminant), Quotient.Of(Rational.Half), context);
        var (minus, plus) = (context.Divide(Quotient.Subtract(Quotient.Of(Slope.Negate()), root, budget), twice), context.Divide(Quotient.Add(Quotient.Of(Slope.Negate()), root, budget), twice));
        return context.Undefined is not null ? null : sign < 0 ? [] : sign == 0 ? [plus] : leading > 0 ? [minus, plus] : [plus, minus];
    }
}
