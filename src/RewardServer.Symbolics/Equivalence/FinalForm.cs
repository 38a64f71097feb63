using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>Whether an answer is in its final form, or holds an operation that is still to be carried out.</summary>
internal static class FinalForm
{
    /// <summary>Whether the prediction leaves undone what the gold does not: the problem restated is no answer to it.</summary>
    public static bool LeavesUndone(Expression prediction, Expression gold) => HoldsOperation(prediction) && !HoldsOperation(gold);

    private static bool HoldsOperation(Expression expression) => expression switch
    {
        Collection collection => collection.Elements.Any(HoldsOperation),
        Interval interval => HoldsOperation(interval.Low) || HoldsOperation(interval.High),
        SetOperation operation => operation.Operands.Any(HoldsOperation),
        Relation relation => relation.Operands.Any(HoldsOperation),
        Ratio ratio => ratio.Parts.Any(HoldsOperation),
        Matrix matrix => matrix.Rows.Any(r => r.Any(HoldsOperation)),
        _ => ExpressionTree.Any(expression, e => e is Operation),
    };
}
