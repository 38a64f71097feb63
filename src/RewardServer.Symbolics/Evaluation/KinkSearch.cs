using System.Numerics;
using RewardServer.Symbolics.Equivalence;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Evaluation;

/// <summary>
/// Finds about where along a line some expressions change their sign or turn. It works on rounded values, for it only says where to look:
/// what is missed or misplaced there makes a comparison less thorough and never wrong.
/// </summary>
internal sealed class KinkSearch(IReadOnlyList<Expression> expressions, Func<Rational, SamplePoint> along, Budget budget)
{
    private const int MostPlaces = 16;
    private const int LeastPower = -3;
    private const int Bisections = 20;

    // Places nearer to each other than this are one, found twice; relative, and well above the error of a bisection.
    private const double Nearest = 1.0 / (1 << 17);

    // Denominator of the places on the line: a power of two.
    private const double Unit = 1 << 24;
    private const double Golden = 0.6180339887498949;

    /// <summary>Places before, between and after all that are found up to two to the power of <paramref name="reach"/>.</summary>
    public List<Rational> PlacesBetween(int reach)
    {
        var found = new SortedSet<double>();
        var grid = Grid(reach);
        foreach (var expression in expressions)
        {
            Search(expression, grid, found);
        }

        var places = new List<Rational>();
        var last = double.NaN;
        foreach (var place in found)
        {
            if (double.IsNaN(last))
            {
                places.Add(At(place - Math.Abs(place) - 1));
            }
            else if (place - last > Math.Max(1, Math.Abs(place)) * Nearest)
            {
                places.Add(At((place + last) / 2));
            }

            last = place;
        }

        if (found.Count > 0)
        {
            places.Add(At(last + Math.Abs(last) + 1));
        }

        return places;
    }

    private static double[] Grid(int reach)
    {
        var powers = Enumerable.Range(LeastPower, reach - LeastPower + 1).Select(p => Math.ScaleB(1, p)).ToArray();
        return [.. powers.Reverse().Select(p => -p), 0, .. powers];
    }

    // From the middle outwards, so that what is near is found before the search ends.
    private void Search(Expression expression, double[] grid, SortedSet<double> found)
    {
        var values = Array.ConvertAll(grid, t => Value(expression, t));
        var middle = grid.Length / 2;
        for (var step = 0; step < grid.Length - 1 && found.Count < MostPlaces && !budget.Exhausted; step++)
        {
            var i = middle + ((step & 1) == 0 ? step / 2 : -(step + 1) / 2);
            if (values[i] * values[i + 1] <= 0)
            {
                found.Add(SignChange(expression, grid[i], grid[i + 1], values[i]));
            }
            else if (i + 2 < grid.Length && (values[i + 1] - values[i]) * (values[i + 2] - values[i + 1]) < 0)
            {
                AddAround(expression, grid[i], grid[i + 1], grid[i + 2], values[i + 1], found);
            }
        }
    }

    private double SignChange(Expression expression, double low, double high, double atLow)
    {
        for (var i = 0; i < Bisections && !budget.Exhausted; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Value(expression, middle) * atLow <= 0 ? (low, middle) : (middle, high);
        }

        return (low + high) / 2;
    }

    // A turning point, and the zeros on either side of it where it lies beyond zero.
    private void AddAround(Expression expression, double low, double middle, double high, double atMiddle, SortedSet<double> found)
    {
        var turn = TurningPoint(expression, low, high, Math.Sign(atMiddle - Value(expression, low)));
        found.Add(turn);
        if (Value(expression, turn) * atMiddle < 0)
        {
            found.Add(SignChange(expression, low, turn, atMiddle));
            found.Add(SignChange(expression, turn, high, -atMiddle));
        }
    }

    private double TurningPoint(Expression expression, double low, double high, int sign)
    {
        var (left, right) = (high - (Golden * (high - low)), low + (Golden * (high - low)));
        var (atLeft, atRight) = (sign * Value(expression, left), sign * Value(expression, right));
        for (var i = 0; i < 2 * Bisections && !budget.Exhausted; i++)
        {
            if (atLeft > atRight)
            {
                (high, right, atRight) = (right, left, atLeft);
                left = high - (Golden * (high - low));
                atLeft = sign * Value(expression, left);
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                right = low + (Golden * (high - low));
                atRight = sign * Value(expression, right);
            }
        }

        return (low + high) / 2;
    }

    // Not a number where it has no real value.
    private double Value(Expression expression, double place)
    {
        var evaluator = new Evaluator(Formula.RoughBits, along(At(place)), plusMinusSign: 1, budget);
        var value = evaluator.Evaluate(expression);
        return value is { IsKnown: true, IsReal: true } ? Math.ScaleB((double)value.Real.Middle, value.Real.Exponent) : double.NaN;
    }

    private static Rational At(double place) => Rational.Create((BigInteger)Math.Round(place * Unit), (BigInteger)Unit);
}
