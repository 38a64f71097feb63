namespace RewardServer.Training.Algorithms;

/// <summary>
/// Advantages of all tokens of a step, less their mean and over their standard deviation: one mean and one deviation for all, where those of small
/// groups are biased (REINFORCE++, Hu et al. 2025, arXiv:2501.03262, global advantage normalization; the same in PPO: Huang et al. 2022, "The 37
/// implementation details of proximal policy optimization", detail 7).
/// </summary>
public static class GlobalNormalization
{
    /// <summary>(A − mean) / (std + ε) over all tokens; all 0 where they are all equal.</summary>
    /// <param name="advantages">Of each token of each completion.</param>
    /// <param name="epsilon">Added to the standard deviation; at least 0.</param>
    public static double[][] Of(IReadOnlyList<double[]> advantages, double epsilon = 1e-8)
    {
        double[] all = [.. advantages.SelectMany(one => one)];
        // The mean of equal numbers need not be that number, as they are rounded.
        if (!DynamicSampling.HasSpread(all))
        {
            return [.. advantages.Select(one => new double[one.Length])];
        }

        var mean = all.Average();
        var deviation = Math.Sqrt(all.Average(advantage => (advantage - mean) * (advantage - mean)));
        return [.. advantages.Select(one => one.Select(advantage => (advantage - mean) / (deviation + epsilon)).ToArray())];
    }
}
