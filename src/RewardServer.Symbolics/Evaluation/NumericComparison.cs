using RewardServer.Symbolics.Equivalence;

namespace RewardServer.Symbolics.Evaluation;

/// <summary>What values say of two formulas.</summary>
internal enum Agreement
{
    /// <summary>Nothing: they could not be evaluated, or not closely enough.</summary>
    Unknown,

    /// <summary>They agree to <see cref="NumericComparison.Digits"/> digits wherever they were evaluated.</summary>
    Agree,

    /// <summary>They are known to differ.</summary>
    Differ,
}

/// <summary>
/// Compares formulas by their values. Two differ where the balls of their values lie apart. They agree where the difference is enclosed in
/// 2^−170 (51 digits) divided by the span of the magnitudes of all numbers on the way, so that neither a small value nor a small difference of
/// large ones passes for zero; with variables, at <see cref="LeastPoints"/> sample points or more, and nowhere apart,
/// also not on either side of the kinks that absolute values, roots, minima and the like have.
/// </summary>
internal static class NumericComparison
{
    /// <summary>The digits of an agreement.</summary>
    public const int Digits = 50;

    /// <summary>The sample points that an agreement takes.</summary>
    public const int LeastPoints = 5;

    private const int MostPoints = 7;
    private const int AgreementBits = 170;
    private const int WorkingBits = 256;
    private const int MostBits = 2_048;

    /// <summary>The bits to work with where the magnitudes on the way spread over so many; null where they are too many.</summary>
    public static int? PrecisionFor(int span) => WorkingBits + (2 * span) is <= MostBits and var precision ? precision : null;

    /// <summary>The power of two that a difference must be enclosed in to count as zero.</summary>
    public static int BoundFor(int span) => -AgreementBits - span;

    public static Agreement Compare(Formula a, Formula b, Budget budget)
    {
        if (!a.HasVariables && !b.HasVariables)
        {
            return At(0, a, b, budget);
        }

        var agreed = 0;
        for (var point = 0; point < SamplePoints.Count && agreed < MostPoints && !budget.Exhausted; point++)
        {
            var agreement = At(point, a, b, budget);
            if (agreement == Agreement.Differ)
            {
                return agreement;
            }

            agreed += agreement == Agreement.Agree ? 1 : 0;
        }

        return agreed < LeastPoints || a.HasSteps || b.HasSteps ? Agreement.Unknown : BetweenKinks(a, b, budget);
    }

    // What agreed at the sample points may have kinks far from all of them, as |x + 200| has.
    private static Agreement BetweenKinks(Formula a, Formula b, Budget budget)
    {
        foreach (var point in Kinks.PointsBetween(a, b))
        {
            var agreement = At(point, a, b, a.Evaluate(point, Formula.RoughBits, budget), b.Evaluate(point, Formula.RoughBits, budget), budget);
            if (agreement == Agreement.Differ || budget.Exhausted)
            {
                return agreement;
            }
        }

        return Agreement.Agree;
    }

    private static Agreement At(int point, Formula a, Formula b, Budget budget) =>
        At(SamplePoints.At(point), a, b, a.Rough(point, budget), b.Rough(point, budget), budget);

    private static Agreement At(SamplePoint point, Formula a, Formula b, Sample left, Sample right, Budget budget)
    {
        if (!AreComparable(a, b, left, right) || budget.Exhausted)
        {
            return Agreement.Unknown;
        }

        if (AreApart(left.Value, right.Value, budget))
        {
            return Agreement.Differ;
        }

        var span = Math.Max(left.Span, right.Span);
        var precision = WorkingBits + (2 * span);
        return precision > MostBits ? Agreement.Unknown : Closely(point, a, b, precision, span, budget);
    }

    // Variables are taken where the formulas are real in all of their parts, unless i is written: √x·√y is √(xy) where x and y are positive.
    private static bool AreComparable(Formula a, Formula b, Sample left, Sample right) => left.Value.IsKnown && right.Value.IsKnown
        && ((!left.HasLeftReals && !right.HasLeftReals) || a.IsComplex || b.IsComplex || (!a.HasVariables && !b.HasVariables));

    private static bool AreApart(ComplexBall left, ComplexBall right, Budget budget) =>
        new ComplexArithmetic(new RealArithmetic(WorkingBits, budget)).Subtract(left, right).IsNonZero;

    private static Agreement Closely(SamplePoint point, Formula a, Formula b, int precision, int span, Budget budget)
    {
        var (left, right) = (a.Evaluate(point, precision, budget).Value, b.Evaluate(point, precision, budget).Value);
        var difference = new ComplexArithmetic(new RealArithmetic(precision, budget)).Subtract(left, right);
        return budget.Exhausted || !difference.IsKnown ? Agreement.Unknown
            : difference.IsNonZero ? Agreement.Differ
            : difference.IsWithin(BoundFor(span)) ? Agreement.Agree
            : Agreement.Unknown;
    }
}
