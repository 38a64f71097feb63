namespace RewardServer.Training.Algorithms;

/// <summary>Best-of-n: of n completions of a prompt, the one with the highest reward.</summary>
public static class BestOfN
{
    /// <summary>Which is the best: the first of those with the highest reward.</summary>
    /// <param name="rewards">The reward of each; null for one that has none.</param>
    /// <returns>Its place; null where none has a reward.</returns>
    public static int? Of(IReadOnlyList<double?> rewards)
    {
        int? best = null;
        for (var i = 0; i < rewards.Count; i++)
        {
            best = rewards[i] is { } reward && (best is null || reward > rewards[best.Value]) ? i : best;
        }

        return best;
    }

    /// <summary>
    /// The mean reward of the best of n, without bias, from N ≥ n completions: of all ways to take n of them, the i-th lowest is the best in
    /// C(i − 1, n − 1) of C(N, n) (Nakano et al. 2021, arXiv:2112.09332, appendix I).
    /// </summary>
    /// <param name="rewards">Rewards of N completions of one prompt.</param>
    /// <param name="n">How many are taken; from 1 to N.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than n.</exception>
    public static double Mean(IReadOnlyList<double> rewards, int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(n, rewards.Count);
        // From the highest down: the chance that the best is this one, among those that are left.
        var (mean, left) = (0.0, 1.0);
        var falling = rewards.OrderDescending().ToArray();
        for (var i = 0; i <= falling.Length - n; i++)
        {
            var chance = (double)n / (falling.Length - i);
            mean += left * chance * falling[i];
            left *= 1 - chance;
        }

        return mean;
    }

    /// <summary>How far the best of n goes from the policy that it is taken from: log n − (n − 1) / n nats (Stiennon et al. 2020, arXiv:2009.01325, appendix G.3).</summary>
    /// <param name="n">How many are taken; at least 1.</param>
    public static double Divergence(int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        return Math.Log(n) - (n - 1.0) / n;
    }
}
