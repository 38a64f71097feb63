using RewardServer.Symbolics.Rewriting;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>Compares products of two scalars without dividing.</summary>
internal static class Products
{
    public static bool AreEqual((Answer, Answer) left, (Answer, Answer) right, Budget budget) =>
        Product(left, budget) is { } a && Product(right, budget) is { } b && Quotient.AreEqual(a, b, budget);

    private static Quotient? Product((Answer First, Answer Second) pair, Budget budget) =>
        pair is (ScalarAnswer first, ScalarAnswer second) ? Quotient.Multiply(first.Value, second.Value, budget) : null;
}
