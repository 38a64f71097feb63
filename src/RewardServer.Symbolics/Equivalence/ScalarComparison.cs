using RewardServer.Symbolics.Expressions;
using RewardServer.Symbolics.Rewriting;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>
/// Compares numbers and formulas, and the units they have. A unit that one side leaves out is taken from the other; two units must
/// measure the same thing, and then convert.
/// Percent: against a gold without a unit, 25% is 25 or 0.25, for tasks ask for "the percentage" and mean either; against a gold of 25%,
/// so are 25 and 0.25. Two percentages are equal when their numbers are, and within a formula 25% is 0.25 and nothing else.
/// </summary>
internal static class ScalarComparison
{
    public static bool AreEqual(ScalarAnswer gold, ScalarAnswer prediction, Budget budget, bool strictUnits)
    {
        if (gold.Numeral is { } numeral)
        {
            return AreEqualInBase(numeral, prediction);
        }

        (gold, prediction) = Units.Align(gold, prediction, budget);
        if (strictUnits && gold.Unit is null != prediction.Unit is null)
        {
            return false;
        }

        if (gold.Unit is not null && prediction.Unit is not null)
        {
            return gold.Unit == prediction.Unit && Quotient.AreEqual(gold.Value, prediction.Value, budget);
        }

        return Quotient.AreEqual(gold.Value, prediction.Value, budget)
            || (gold.Unit == Unit.Percent && Quotient.AreEqual(Hundredth(gold, budget), prediction.Value, budget))
            || (prediction.Unit == Unit.Percent && Quotient.AreEqual(gold.Value, Hundredth(prediction, budget), budget));
    }

    // The task asked for digits in a base: the base may go unsaid, but another base or the decimal value is another answer.
    private static bool AreEqualInBase(BaseNumeral gold, ScalarAnswer prediction) => prediction.Numeral is { } numeral
        ? numeral.Base == gold.Base && numeral.Value == gold.Value
        : prediction.Value.IsRational && prediction.Unit is null && prediction.Value.Value.IsInteger && prediction.Value.Value.ToString() == gold.Digits;

    private static Quotient Hundredth(ScalarAnswer percentage, Budget budget) =>
        Quotient.Multiply(percentage.Value, Quotient.Of(Rational.Create(1, 100)), budget);
}
