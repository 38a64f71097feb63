namespace RewardServer.Training.Algorithms;

/// <summary>
/// How much better than its group each of its completions did: one number for all tokens of a completion. Exactly 0 where all rewards are
/// equal, and in a group of one.
/// </summary>
public static class Advantages
{
    // Far above any reward; below it neither sums nor distances overflow.
    private const double Largest = 1e100;

    /// <summary>
    /// GRPO: (r − mean) / (std + ε), the standard deviation that of a sample, with n − 1 (DeepSeekMath, Shao et al. 2024, arXiv:2402.03300,
    /// section 4.1.2, outcome supervision). The paper has no ε; with one, small spreads do not blow up.
    /// </summary>
    /// <param name="rewards">The rewards of one group.</param>
    /// <param name="epsilon">Added to the standard deviation; at least 0.</param>
    /// <exception cref="ArgumentException">A reward is not finite, or beyond 1e100.</exception>
    public static double[] Grpo(IReadOnlyList<double> rewards, double epsilon = 1e-4)
    {
        var distances = DrGrpo(rewards);
        var unit = distances.Select(Math.Abs).DefaultIfEmpty().Max();
        if (unit == 0)
        {
            return distances;
        }

        // In units of the largest distance no square is lost below the smallest number.
        var deviation = unit * Math.Sqrt(distances.Sum(distance => distance / unit * (distance / unit)) / (distances.Length - 1));
        return [.. distances.Select(distance => distance / (deviation + epsilon))];
    }

    /// <summary>
    /// Dr. GRPO: r − mean, without a division by the standard deviation, which gives questions that are nearly always or nearly never answered
    /// rightly a greater weight (Liu et al. 2025, arXiv:2503.20783, section 3.2).
    /// </summary>
    /// <param name="rewards">The rewards of one group.</param>
    /// <exception cref="ArgumentException">A reward is not finite, or beyond 1e100.</exception>
    public static double[] DrGrpo(IReadOnlyList<double> rewards)
    {
        for (var i = 0; i < rewards.Count; i++)
        {
            if (!(Math.Abs(rewards[i]) <= Largest))
            {
                throw new ArgumentException($"reward {i} of the group is {rewards[i]}, but must be a number from -1e100 to 1e100", nameof(rewards));
            }
        }

        // The mean of equal numbers need not be that number, as they are rounded.
        if (!DynamicSampling.HasSpread(rewards))
        {
            return new double[rewards.Count];
        }

        var mean = rewards.Sum() / rewards.Count;
        return [.. rewards.Select(reward => reward - mean)];
    }

    /// <summary>
    /// REINFORCE leave-one-out: r − mean of the others, which is n / (n − 1) times the distance from the mean of all (RLOO, Ahmadian et al.
    /// 2024, arXiv:2402.14740).
    /// </summary>
    /// <param name="rewards">The rewards of one group.</param>
    /// <exception cref="ArgumentException">A reward is not finite, or beyond 1e100.</exception>
    public static double[] LeaveOneOut(IReadOnlyList<double> rewards)
    {
        var distances = DrGrpo(rewards);
        return [.. distances.Select(distance => distance * distances.Length / Math.Max(distances.Length - 1, 1))];
    }
}
