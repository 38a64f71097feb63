namespace RewardServer.Jobs.Reports.Statistics;

/// <summary>
/// The mean reward of the best of k completions of a problem, estimated without bias from n: the expectation of the largest of k that are drawn
/// without putting back. For rewards of 0 and 1 it is <see cref="PassAtK"/>.
/// </summary>
public static class BestOfK
{
    /// <summary>The estimate for one problem.</summary>
    /// <param name="descending">The rewards of its completions, the largest first; at least <paramref name="k"/>.</param>
    /// <param name="k">How many are drawn; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than k.</exception>
    public static double Of(ReadOnlySpan<double> descending, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(descending.Length, k);
        var n = descending.Length;
        // The largest is drawn with chance k/n, and is then the best; else the next is the largest of those that are left, and so on.
        var (mean, left) = (0.0, 1.0);
        for (var i = 0; i <= n - k; i++)
        {
            var chance = left * k / (n - i);
            mean += chance * descending[i];
            left -= chance;
        }

        return mean;
    }
}
