namespace RewardServer.Jobs.Reports.Statistics;

/// <summary>
/// The mean reward of the best of k completions of a problem, estimated without bias from n: the expectation of the largest of k that are drawn
/// without putting back. For rewards of 0 and 1 it is <see cref="PassAtK"/>.
/// </summary>
public static class BestOfK
{
    /// <summary>The estimate for one problem.</summary>
    /// <param name="rewards">The rewards of its completions, in any order; at least <paramref name="k"/>.</param>
    /// <param name="k">How many are drawn; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than k.</exception>
    public static double Of(IReadOnlyCollection<double> rewards, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rewards.Count, k);
        var n = rewards.Count;
        // The largest is drawn with chance k/n, and is then the best; else the next is the largest of those that are left, and so on.
        var (mean, left) = (0.0, 1.0);
        foreach (var (reward, i) in rewards.OrderDescending().Select((reward, i) => (reward, i)))
        {
            if (n - i < k)
            {
                break;
            }

            var chance = left * k / (n - i);
            mean += chance * reward;
            left -= chance;
        }

        return mean;
    }
}
