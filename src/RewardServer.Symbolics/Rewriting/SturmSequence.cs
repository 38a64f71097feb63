using RewardServer.Symbolics.Equivalence;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Rewriting;

/// <summary>Counts the real roots of a square-free polynomial between two rationals that are no roots of it (Sturm's theorem).</summary>
internal sealed class SturmSequence
{
    private readonly List<UnivariatePolynomial> _sequence;
    private readonly Budget _budget;

    public SturmSequence(UnivariatePolynomial polynomial, Budget budget)
    {
        _budget = budget;
        _sequence = [polynomial, polynomial.Derivative(budget)];
        while (_sequence[^1].Degree > 0 && !budget.Exhausted)
        {
            _sequence.Add(_sequence[^2].Remainder(_sequence[^1], budget).Negate());
        }
    }

    /// <summary>Gives bounds around each root, in rising order.</summary>
    public void Isolate(Rational low, Rational high, Action<Rational, Rational> found) => Isolate(low, high, Variations(low), Variations(high), found);

    /// <summary>A point near the middle that is no root.</summary>
    public static Rational PointBetween(Rational low, Rational high, UnivariatePolynomial polynomial, Budget budget)
    {
        var middle = (low + high) * Rational.Half;
        var step = (high - low) / (4 * (polynomial.Degree + 1));
        while (polynomial.SignAt(middle, budget) == 0 && !budget.Exhausted)
        {
            middle += step;
        }

        return middle;
    }

    private void Isolate(Rational low, Rational high, int atLow, int atHigh, Action<Rational, Rational> found)
    {
        if (!_budget.Spend() || atLow - atHigh <= 0)
        {
            return;
        }

        if (atLow - atHigh == 1)
        {
            found(low, high);
            return;
        }

        // The depth is bounded by the distance of the roots, and every level is charged for the length of its numbers.
        var middle = PointBetween(low, high, _sequence[0], _budget);
        var atMiddle = Variations(middle);
        Isolate(low, middle, atLow, atMiddle, found);
        Isolate(middle, high, atMiddle, atHigh, found);
    }

    private int Variations(Rational point)
    {
        var (changes, before) = (0, 0);
        foreach (var sign in _sequence.Select(p => p.SignAt(point, _budget)).Where(s => s != 0))
        {
            changes += before != 0 && sign != before ? 1 : 0;
            before = sign;
        }

        return changes;
    }
}
