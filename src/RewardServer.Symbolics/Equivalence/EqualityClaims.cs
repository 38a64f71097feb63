using RewardServer.Symbolics.Evaluation;
using RewardServer.Symbolics.Expressions;
using RewardServer.Symbolics.Reading;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>
/// Judges equalities that a text states on its way, one after another: neither side is a gold, and both may be calculations.
/// Never throws; one budget of steps, never a clock, bounds the work on all of them.
/// </summary>
/// <param name="steps">The budget of all together; each has at most that of a comparison. A step takes some hundreds of nanoseconds.</param>
public sealed class EqualityClaims(int steps)
{
    // What rounded inputs may have done to a result, where decimals are written.
    private static readonly MathOptions Slack = new() { RelativeTolerance = 0.002 };

    private readonly Budget left = new(steps);

    /// <summary>Judges one.</summary>
    /// <param name="first">What stands left of the sign, as LaTeX or plain text.</param>
    /// <param name="second">What stands right of it.</param>
    /// <param name="approximate">Whether the sign is ≈, so that whole numbers may be rounded, too.</param>
    public ClaimVerdict Judge(string first, string second, bool approximate)
    {
        var verdict = left.Spend(first.Length + second.Length) ? left.Try<ClaimVerdict>(Limits.Steps, budget => Judge(first, second, approximate, budget)) : null;
        return verdict ?? Undecided("the budget of steps was used up");
    }

    private static ClaimVerdict Judge(string first, string second, bool approximate, Budget budget)
    {
        if (AnswerReader.Read(first).Expression is not { } one || AnswerReader.Read(second).Expression is not { } other)
        {
            return Undecided("a side cannot be read");
        }

        if (ClaimForm.IsName(one) || ClaimForm.IsName(other))
        {
            return new(ClaimStatus.Definition, "it gives a name");
        }

        var builder = new AnswerBuilder(budget);
        var (a, b) = (builder.Build(one), builder.Build(other));
        return builder.Undefined is { } undefined ? Undecided(undefined)
            : (a, b) is (ScalarAnswer, ScalarAnswer) ? Scalars((ScalarAnswer)a with { Numeral = null }, (ScalarAnswer)b with { Numeral = null }, approximate, budget)
            : (a, b) is (MatrixAnswer, MatrixAnswer) or (ElementsAnswer { Kind: not CollectionKind.List }, ElementsAnswer { Kind: not CollectionKind.List })
                && new AnswerComparison(budget, MathOptions.Default).AreEqual(a, b) ? Confirmed("both have the same canonical form")
            : Undecided("the sides are no numbers");
    }

    private static ClaimVerdict Scalars(ScalarAnswer a, ScalarAnswer b, bool approximate, Budget budget)
    {
        var exact = new ScalarComparison(budget, MathOptions.Default);
        if (exact.AreEqual(a, b) || exact.AreEqual(b, a))
        {
            return Confirmed("both sides are equal");
        }

        if (a.Formula.HasVariables || b.Formula.HasVariables)
        {
            return Undecided("it holds a variable");
        }

        return Rounds(a, b, approximate, exact) || Rounds(b, a, approximate, exact) ? Confirmed("the sides agree to the digits written")
            : approximate && StatedPrecision.LastPlace(b.Formula.Expression) is null ? Undecided("nobody can tell how close it is to be")
            : Doubt(a, b, budget) is { } doubt ? Undecided(doubt)
            : new(ClaimStatus.False, "the values differ");
    }

    // Whole numbers are exact unless the sign says that they are not.
    private static bool Rounds(ScalarAnswer value, ScalarAnswer digits, bool approximate, ScalarComparison comparison) =>
        StatedPrecision.LastPlace(digits.Formula.Expression) is not null && (approximate || ClaimForm.HasDecimals(digits.Formula.Expression))
        && (comparison.Rounds(value, digits) || ((value.Unit ?? digits.Unit) == Unit.Percent && comparison.Rounds(value with { Unit = null }, digits with { Unit = null })));

    // Why sides that are not equal may still mean the same; null where they surely differ.
    private static string? Doubt(ScalarAnswer a, ScalarAnswer b, Budget budget)
    {
        var (one, other) = Units.Align(a, b, budget);
        var (first, second) = (one.Formula.Expression, other.Formula.Expression);
        return one.Unit != other.Unit && !(IsValue(one.Unit) && IsValue(other.Unit)) ? "the units differ"
            : ClaimForm.IsNumeral(first) && ClaimForm.IsNumeral(second) && a.Unit == b.Unit ? "nothing is calculated"
            : ClaimForm.DependsOnConvention(first) || ClaimForm.DependsOnConvention(second) ? "it depends on what a sign stands for"
            : NumericComparison.Compare(one.Formula, other.Formula, budget) != Agreement.Differ ? "the values cannot be told apart"
            : (ClaimForm.HasDecimals(first) || ClaimForm.HasDecimals(second)) && new ScalarComparison(budget, Slack).AreEqual(one, other) ? "the values nearly agree"
            : null;
    }

    // What often goes unsaid on one side.
    private static bool IsValue(Unit? unit) => unit is null || unit == Unit.Percent || unit == Unit.Dollar || unit == Unit.Euro || unit == Unit.Pound;

    private static ClaimVerdict Confirmed(string reason) => new(ClaimStatus.Confirmed, reason);

    private static ClaimVerdict Undecided(string reason) => new(ClaimStatus.Undecided, reason);
}
