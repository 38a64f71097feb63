using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Reading;

/// <summary>What reading a text gave: an expression, or the reason why none.</summary>
/// <param name="Expression">The answer as it was read; null where it could not be.</param>
/// <param name="Failure">Why it could not be read, to stand after "because".</param>
/// <param name="OverBudget">Whether a size limit was met.</param>
internal sealed record ReadResult(Expression? Expression, string Failure, bool OverBudget)
{
    /// <summary>An answer that was read.</summary>
    public static ReadResult Of(Expression expression) => new(expression, string.Empty, OverBudget: false);

    /// <summary>A text that is no answer.</summary>
    public static ReadResult Fail(string failure) => new(null, failure, OverBudget: false);

    /// <summary>A text over a size limit.</summary>
    public static ReadResult TooLarge(string failure) => new(null, failure, OverBudget: true);
}
