using RewardServer.Symbolics.Evaluation;
using RewardServer.Symbolics.Expressions;
using RewardServer.Symbolics.Rewriting;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>
/// Compares numbers and formulas, and the units they have. A unit that one side leaves out is taken from the other; two units must
/// measure the same thing, and then convert.
/// Percent: against a gold without a unit, 25% is 25 or 0.25, for tasks ask for "the percentage" and mean either; against a gold of 25%,
/// so are 25 and 0.25. Two percentages are equal when their numbers are, and within a formula 25% is 0.25 and nothing else.
/// The canonical forms decide where they can; values where they cannot, where the gold is a decimal, and where there is a tolerance.
/// </summary>
internal sealed class ScalarComparison(Budget budget, MathOptions options)
{
    private readonly Tolerance _tolerance = Tolerance.Of(options);

    /// <summary>What values, and not forms, two equal scalars had in common last; null where forms were enough.</summary>
    public string? Agreement { get; private set; }

    /// <summary>How values proved two scalars equal last whose forms differ; null where forms were enough.</summary>
    public string? Proof { get; private set; }

    /// <summary>How values, and not forms, told two scalars apart last.</summary>
    public string? Disagreement { get; private set; }

    public bool AreEqual(ScalarAnswer gold, ScalarAnswer prediction)
    {
        if (gold.Numeral is { } numeral)
        {
            return AreEqualInBase(numeral, prediction);
        }

        (gold, prediction) = Units.Align(gold, prediction, budget);
        prediction = IntegrationConstant.Rename(gold, prediction, budget);
        if (options.StrictUnits && gold.Unit is null != prediction.Unit is null)
        {
            return false;
        }

        var (expected, given) = (new Operand(gold.Value, gold.Formula), new Operand(prediction.Value, prediction.Formula));
        var stated = StatedPrecision.Of(gold.Formula.Expression);
        if (gold.Unit is not null && prediction.Unit is not null)
        {
            return gold.Unit == prediction.Unit && AreEqual(expected, given, stated);
        }

        return AreEqual(expected, given, stated)
            || (gold.Unit == Unit.Percent && AreEqual(expected.Hundredth(budget), given, stated?.Hundredth()))
            || (prediction.Unit == Unit.Percent && AreEqual(expected, given.Hundredth(budget), stated));
    }

    /// <summary>
    /// Whether digits can stand right of ≈ and a number left of it: they are the number's, rounded or cut off. What is not written in digits says nothing that
    /// could be wrong.
    /// </summary>
    public bool Rounds(Answer exact, Answer digits)
    {
        if (exact is not ScalarAnswer { Formula.HasVariables: false } number || digits is not ScalarAnswer { Value.IsRational: true } rounded || StatedPrecision.LastPlace(rounded.Formula.Expression) is not { } unit)
        {
            return true;
        }

        (number, rounded) = Units.Align(number, rounded, budget);
        var (value, half) = (rounded.Value.Value, unit / 2);
        (value, half) = rounded.Unit == Unit.Percent && number.Unit is null ? (value / 100, half / 100) : (value, half);
        // What is cut off lies further from zero, by up to a unit.
        return IsNear(value) || IsNear(value.Sign < 0 ? value - half : value + half);

        bool IsNear(Rational center) => IsWithin(new(number.Value, number.Formula), new(Quotient.Of(center), new Formula(new Number(center), 1)), new(half, Rational.Zero));
    }

    // The task asked for digits in a base: the base may go unsaid, but another base or the decimal value is another answer.
    private static bool AreEqualInBase(BaseNumeral gold, ScalarAnswer prediction) => prediction.Numeral is { } numeral
        ? numeral.Base == gold.Base && numeral.Value == gold.Value
        : prediction.Value.IsRational && prediction.Unit is null && prediction.Value.Value.IsInteger && prediction.Value.Value.ToString() == gold.Digits;

    private bool AreEqual(Operand gold, Operand prediction, StatedPrecision? stated)
    {
        var difference = Quotient.Subtract(gold.Value, prediction.Value, budget);
        return difference.IsZero
            || (!difference.Numerator.IsFree && AgreeInValue(gold, prediction, difference))
            || IsRounded(gold, prediction, stated)
            || IsWithinTolerance(gold, prediction);
    }

    private bool AgreeInValue(Operand gold, Operand prediction, Quotient difference)
    {
        var agreement = NumericComparison.Compare(gold.Formula, prediction.Formula, budget);
        Disagreement = agreement == Evaluation.Agreement.Differ ? "the values differ" : Disagreement;
        if (agreement == Evaluation.Agreement.Agree && Enclosure.IsProvenZero(difference.Numerator, budget))
        {
            Proof = "both are the same algebraic number";
        }
        else if (agreement == Evaluation.Agreement.Agree)
        {
            var at = gold.Formula.HasVariables || prediction.Formula.HasVariables ? $" at {NumericComparison.LeastPoints} points or more" : string.Empty;
            Agreement = $"the values agree to {NumericComparison.Digits} digits{at}";
        }

        return agreement == Evaluation.Agreement.Agree;
    }

    private bool IsRounded(Operand gold, Operand prediction, StatedPrecision? stated)
    {
        var rounded = stated is { } precision && precision.Allows(prediction.Value) && gold.Value.IsRational
            && IsWithin(gold, prediction, new(precision.HalfUnit, Rational.Zero));
        Agreement = rounded ? "the prediction rounds to the decimal that the gold states" : Agreement;
        return rounded;
    }

    private bool IsWithinTolerance(Operand gold, Operand prediction)
    {
        var within = !_tolerance.IsExact && IsWithin(gold, prediction, _tolerance);
        Agreement = within ? "the values are within the tolerance" : Agreement;
        return within;
    }

    private bool IsWithin(Operand gold, Operand prediction, Tolerance tolerance) =>
        gold.Value.IsRational && prediction.Value.IsRational
            ? tolerance.Allows(gold.Value.Value, prediction.Value.Value)
            : !gold.Formula.HasVariables && !prediction.Formula.HasVariables && tolerance.Allows(gold.Formula, prediction.Formula, budget);

    /// <summary>A scalar in its canonical form and as it was written.</summary>
    private readonly record struct Operand(Quotient Value, Formula Formula)
    {
        private static readonly Rational OneHundredth = Rational.Create(1, 100);

        public Operand Hundredth(Budget budget) => new(Quotient.Multiply(Value, Quotient.Of(OneHundredth), budget), Formula.Times(OneHundredth));
    }
}
