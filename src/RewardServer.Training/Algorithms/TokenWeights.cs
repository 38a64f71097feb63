namespace RewardServer.Training.Algorithms;

/// <summary>
/// What each token's loss counts in the loss of one step of the optimizer. The weights are of the whole step, whatever micro-batches it is computed
/// in: the sums of weighted losses of the micro-batches add up to the loss of the step, and their gradients to its gradient. A completion of
/// length 0 has weight 0 and is not counted among the completions.
/// </summary>
public static class TokenWeights
{
    /// <summary>
    /// 1 / (S · |o_i|): every completion counts alike, and so a token of a long one less (GRPO, DeepSeekMath, Shao et al. 2024, arXiv:2402.03300,
    /// equation 3).
    /// </summary>
    /// <param name="lengths">Tokens of each completion of the step.</param>
    /// <returns>The weight of each token of each completion.</returns>
    public static double[] PerSequence(IReadOnlyList<int> lengths)
    {
        var sequences = Sequences(lengths);
        return Weights(lengths, length => 1.0 / ((double)sequences * length));
    }

    /// <summary>1 / Σ |o_i|: every token counts alike (DAPO, Yu et al. 2025, arXiv:2503.14476, equation 12).</summary>
    /// <param name="lengths">Tokens of each completion of the step.</param>
    /// <returns>The weight of each token of each completion.</returns>
    public static double[] PerToken(IReadOnlyList<int> lengths)
    {
        var tokens = lengths.Sum(length => (long)length);
        return Weights(lengths, _ => 1.0 / tokens);
    }

    /// <summary>
    /// 1 / (S · L_max): a token counts the same in every step, whatever the lengths; a mean over a completion's tokens would favour short right
    /// completions and long wrong ones (Dr. GRPO, Liu et al. 2025, arXiv:2503.20783, section 3.2).
    /// </summary>
    /// <param name="lengths">Tokens of each completion of the step.</param>
    /// <param name="maxLength">L_max: how many tokens a completion may have; at least 1.</param>
    /// <returns>The weight of each token of each completion.</returns>
    public static double[] Constant(IReadOnlyList<int> lengths, int maxLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 1);
        var sequences = Sequences(lengths);
        return Weights(lengths, _ => 1.0 / ((double)sequences * maxLength));
    }

    private static int Sequences(IReadOnlyList<int> lengths) => lengths.Count(length => length > 0);

    private static double[] Weights(IReadOnlyList<int> lengths, Func<int, double> weight) =>
        [.. lengths.Select(length => length switch
        {
            > 0 => weight(length),
            0 => 0,
            _ => throw new ArgumentException($"a completion has {length} tokens", nameof(lengths)),
        })];
}
