namespace RewardServer.Jobs.Reports.Statistics;

/// <summary>
/// The chance that at least one of k completions of a problem passes, estimated without bias from n of which c passed
/// (Chen et al. 2021, arXiv:2107.03374, equation 1): 1 − C(n−c, k) / C(n, k).
/// </summary>
public static class PassAtK
{
    /// <summary>The estimate for one problem.</summary>
    /// <param name="samples">n: completions of the problem that were judged; at least <paramref name="k"/>.</param>
    /// <param name="passed">c: how many of them passed; from 0 to n.</param>
    /// <param name="k">How many are drawn; at least 1.</param>
    /// <returns>From 0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static double Of(int samples, int passed, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, k);
        ArgumentOutOfRangeException.ThrowIfNegative(passed);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(passed, samples);
        if (samples - passed < k)
        {
            return 1;
        }

        // The product form, for the binomials themselves leave the numbers soon.
        var allFail = 1.0;
        for (var i = samples - passed + 1; i <= samples; i++)
        {
            allFail *= 1 - (double)k / i;
        }

        return 1 - allFail;
    }
}
