using RewardServer.Symbolics.Expressions;
using RewardServer.Symbolics.Rewriting;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>How far each member of a progression of intervals reaches, and which of its ends it holds.</summary>
internal sealed record Extent(Quotient Length, bool LowClosed, bool HighClosed);

/// <summary>The numbers start + step·k for all integers k, or the intervals that begin there; a step of null means the start alone.</summary>
internal readonly record struct Progression(Quotient Start, Quotient? Step)
{
    /// <summary>What each member is; null where it is a number.</summary>
    public Extent? Extent { get; init; }

    /// <summary>Intervals whose ends move by the same step; null where they do not, or are empty.</summary>
    public static Progression? Of(Quotient low, Quotient high, bool lowClosed, bool highClosed, string parameter, Budget budget)
    {
        if (Of(low, parameter, budget) is not [var first] || Of(high, parameter, budget) is not [var last] || first.Step is null != last.Step is null
            || (first.Step is not null && Enclosure.Order(first.Step, last.Step!, budget) != 0))
        {
            return null;
        }

        var length = Quotient.Subtract(last.Start, first.Start, budget);
        return Enclosure.Sign(length, budget) > 0 ? first with { Extent = new(length, lowClosed, highClosed) } : null;
    }

    /// <summary>Whether the members are alike but for their place.</summary>
    public bool IsLike(Progression other, Budget budget) => (Extent, other.Extent) is (null, null)
        || ((Extent, other.Extent) is ({ } a, { } b) && a.LowClosed == b.LowClosed && a.HighClosed == b.HighClosed && Enclosure.Order(a.Length, b.Length, budget) == 0);

    /// <summary>A formula linear in its parameter, or with (−1)^k beside that; null where it is of another kind or has other variables.</summary>
    public static IReadOnlyList<Progression>? Of(Quotient formula, string parameter, Budget budget)
    {
        if (!formula.IsPolynomial)
        {
            return null;
        }

        if (!formula.Numerator.Terms.Any(t => t.Monomial.Factors.Any(IsAlternating)))
        {
            return Linear(formula.Numerator, parameter, odd: false, budget) is { } single ? [single] : null;
        }

        // Even and odd k apart: k = 2j and k = 2j + 1.
        return Linear(formula.Numerator, parameter, odd: false, budget) is { Step: { } evenStep } even && Linear(formula.Numerator, parameter, odd: true, budget) is { Step: { } oddStep } odd
            ? [even with { Step = Twice(evenStep, budget) }, new(Quotient.Add(odd.Start, oddStep, budget), Twice(oddStep, budget))] : null;
    }

    /// <summary>Whether a number is in it.</summary>
    public bool Contains(Quotient number, Budget budget)
    {
        var distance = Quotient.Subtract(number, Start, budget);
        if (Step is null || distance.IsZero)
        {
            return Enclosure.Order(distance, Quotient.Zero, budget) == 0;
        }

        var steps = Quotient.Multiply(distance, Step.Invert(budget), budget);
        return steps.IsRational ? steps.Value.IsInteger
            : Enclosure.Floor(Quotient.Add(steps, Quotient.Of(Rational.Half), budget), budget) is { } nearest && Enclosure.Order(steps, Quotient.Of((Rational)nearest), budget) == 0;
    }

    private static Quotient Twice(Quotient value, Budget budget) => Quotient.Multiply(value, Quotient.Of(2), budget);

    private static Progression? Linear(Polynomial formula, string parameter, bool odd, Budget budget)
    {
        var (start, step) = (new List<Polynomial>(), new List<Polynomial>());
        foreach (var term in formula.Terms)
        {
            var (coefficient, power, rest) = (term.Coefficient, Rational.Zero, new List<Factor>());
            foreach (var factor in term.Monomial.Factors)
            {
                if (IsAlternating(factor) && factor.Atom.Arguments![1].Numerator.SameAs(Polynomial.Of(Atom.Variable(parameter))) && factor.Exponent.IsInteger)
                {
                    coefficient = odd && !factor.Exponent.Numerator.IsEven ? -coefficient : coefficient;
                }
                else if (factor.Atom.IsOpen)
                {
                    power += factor.Atom.Kind == AtomKind.Variable && factor.Atom.Key == parameter && factor.Exponent.IsOne ? 1 : 2;
                }
                else
                {
                    rest.Add(factor);
                }
            }

            if (power > 1)
            {
                return null;
            }

            (power.IsZero ? start : step).Add(Polynomial.Of(coefficient, new Monomial(rest)));
        }

        var (a, b) = (Quotient.Of(Polynomial.Sum(start, budget)), Quotient.Of(Polynomial.Sum(step, budget)));
        return !Enclosure.Rough(a, budget).IsKnown ? null : b.IsZero ? new(a, null) : Enclosure.Rough(b, budget).IsNonZero ? new(a, b) : null;
    }

    // (−1)^k
    private static bool IsAlternating(Factor factor) => factor.Atom is { Kind: AtomKind.Power, Arguments: [{ IsRational: true } power, { IsPolynomial: true }] } && power.Value == -1;
}
