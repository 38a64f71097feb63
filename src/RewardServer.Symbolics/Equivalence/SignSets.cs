using RewardServer.Symbolics.Expressions;
using RewardServer.Symbolics.Rewriting;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>Where a function of one variable is positive, and where negative; it is zero, or has no value, on the rest of the line.</summary>
/// <param name="Positive">Where it is positive.</param>
/// <param name="Negative">Where it is negative.</param>
/// <param name="Zero">Where it is zero.</param>
internal sealed record SignSets(RealSet Positive, RealSet Negative, RealSet Zero)
{
    private bool AllRootsReal { get; init; }

    /// <summary>The signs of one polynomial over another; null where they cannot be told.</summary>
    public static SignSets? Of(Quotient function, string variable, Budget budget)
    {
        var cleared = ClearNegativePowers(function.Numerator, variable, budget);
        if (Of(cleared.Numerator, variable, budget) is not { } above
            || Of(Polynomial.Multiply(function.Denominator, cleared.Denominator, budget), variable, budget) is not { } below)
        {
            return null;
        }

        var same = Join(Meet(above.Positive, below.Positive, budget), Meet(above.Negative, below.Negative, budget), budget);
        var opposite = Join(Meet(above.Positive, below.Negative, budget), Meet(above.Negative, below.Positive, budget), budget);
        var zero = above.Zero is { } roots && below.Zero is { } poles ? RealSet.Combine(roots, poles, (a, b) => a && !b, budget) : null;
        return same is null || opposite is null || zero is null ? null : new(same, opposite, zero) { AllRootsReal = above.AllRootsReal };
    }

    /// <summary>Where the function stands in a relation to zero.</summary>
    public RealSet? Where(char mark, Budget budget) => mark switch
    {
        '>' => Positive,
        '<' => Negative,
        '≥' => Join(Positive, Zero, budget),
        '≤' => Join(Negative, Zero, budget),
        '≠' => Join(Positive, Negative, budget),
        '=' => Zero,
        _ => null,
    };

    /// <summary>Whether the equation with zero has no other solutions among the complex numbers.</summary>
    public bool HasOnlyRealRoots => AllRootsReal;

    private static RealSet? Join(RealSet? a, RealSet? b, Budget budget) => a is null || b is null ? null : RealSet.Combine(a, b, (x, y) => x || y, budget);

    private static RealSet? Meet(RealSet a, RealSet b, Budget budget) => RealSet.Combine(a, b, (x, y) => x && y, budget);

    private static SignSets? Of(Polynomial polynomial, string variable, Budget budget)
    {
        if (!polynomial.Terms.Any(t => t.Monomial.Factors.Any(f => f.Atom.IsOpen)))
        {
            return Enclosure.Order(Quotient.Of(polynomial), Quotient.Zero, budget) is { } constant ? Chart([], [constant], budget) is { } line ? line with { AllRootsReal = true } : null : null;
        }

        if (UnivariatePolynomial.Of(polynomial, variable, budget) is { Degree: > 2 } rational)
        {
            var roots = AlgebraicRoot.AllOf(rational, budget);
            // The leading coefficient decides at the right end, and the roots that count an odd number of times turn the sign.
            var signs = SignsBetween(rational, roots, budget);
            return Chart([.. roots.Select(r => RealNumber.Of(r, budget))], signs, budget) is { } chart
                ? chart with { AllRootsReal = roots.Count == rational.SquareFree(budget).Degree } : null;
        }

        return QuadraticForm.Of(polynomial, variable, budget) is not { } form || form.Roots(budget) is not { } zeros || form.LeadingSign(budget) is not { } leading ? null
            : Chart([.. zeros.Select(RealNumber.Of)], form.IsLinear ? [-leading, leading] : zeros.Count == 2 ? [leading, -leading, leading] : [.. Enumerable.Repeat(leading, zeros.Count + 1)], budget)
                is { } signed ? signed with { AllRootsReal = form.IsLinear || zeros.Count > 0 } : null;
    }

    private static int[] SignsBetween(UnivariatePolynomial polynomial, List<AlgebraicRoot> roots, Budget budget)
    {
        return roots.Count == 0 ? [polynomial.SignAt(Rational.Zero, budget)]
            : [polynomial.SignAt(roots[0].Low, budget), .. roots.Select(r => polynomial.SignAt(r.High, budget))];
    }

    private static SignSets? Chart(List<RealNumber> roots, int[] signs, Budget budget)
    {
        if (budget.Exhausted)
        {
            return null;
        }

        RealSet? zero = signs is [0] ? RealSet.All : RealSet.Empty, positive = RealSet.Empty, negative = RealSet.Empty;
        foreach (var root in roots)
        {
            zero = Join(zero, RealSet.Point(root), budget);
        }

        for (var i = 0; i <= roots.Count && signs[i] != 0; i++)
        {
            var piece = RealSet.Between(i == 0 ? Cut.Start : new(roots[i - 1], After: true), i == roots.Count ? Cut.End : new(roots[i], After: false), budget);
            positive = signs[i] > 0 ? Join(positive, piece, budget) : positive;
            negative = signs[i] < 0 ? Join(negative, piece, budget) : negative;
        }

        return zero is null || positive is null || negative is null ? null : new(positive, negative, zero);
    }

    // x − 1/x is (x² − 1)/x: the canonical form keeps a denominator of one term as negative powers.
    private static (Polynomial Numerator, Polynomial Denominator) ClearNegativePowers(Polynomial polynomial, string variable, Budget budget)
    {
        var least = Rational.Zero;
        foreach (var factor in polynomial.Terms.SelectMany(t => t.Monomial.Factors).Where(f => f.Atom.Kind == AtomKind.Variable && f.Atom.Key == variable))
        {
            least = factor.Exponent < least ? factor.Exponent : least;
        }

        if (least.IsZero)
        {
            return (polynomial, Polynomial.One);
        }

        var power = Polynomial.Of(Rational.One, Monomial.Of(Atom.Variable(variable), -least));
        return (Polynomial.Multiply(polynomial, power, budget), power);
    }
}
