namespace RewardServer.Jobs.Reports.Statistics;

/// <summary>
/// Whether two runs over the same problems differ in how many they get right (McNemar 1947), by the exact test: of the problems that only one of them gets right, each
/// run would have half, were there no difference.
/// </summary>
public static class McNemar
{
    /// <summary>The chance of a difference at least as large by luck alone, two-sided.</summary>
    /// <param name="onlyFirst">Problems that only the first gets right.</param>
    /// <param name="onlySecond">Problems that only the second gets right.</param>
    /// <returns>From 0 to 1; 1 where the runs agree everywhere.</returns>
    public static double PValue(long onlyFirst, long onlySecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(onlyFirst);
        ArgumentOutOfRangeException.ThrowIfNegative(onlySecond);
        var n = onlyFirst + onlySecond;
        var fewer = Math.Min(onlyFirst, onlySecond);
        if (n == 0)
        {
            return 1;
        }

        // Σ C(n, i) / 2^n up to the fewer, by logarithms, from the largest term down: those that no longer count are left out.
        var term = LogChoose(n, fewer) - n * Math.Log(2);
        var (sum, share) = (1.0, 1.0);
        for (var i = fewer; i > 0 && share > 1e-18 * sum; i--)
        {
            share *= (double)i / (n - i + 1);
            sum += share;
        }

        return Math.Min(1, 2 * Math.Exp(term) * sum);
    }

    private static double LogChoose(long n, long k) => LogFactorial(n) - LogFactorial(k) - LogFactorial(n - k);

    // Exact for small ones, then Stirling's series (Abramowitz and Stegun 1964, 6.1.41).
    private static double LogFactorial(long n)
    {
        if (n < 256)
        {
            var sum = 0.0;
            for (var i = 2; i <= n; i++)
            {
                sum += Math.Log(i);
            }

            return sum;
        }

        var x = n + 1.0;
        return (x - 0.5) * Math.Log(x) - x + 0.5 * Math.Log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x * x * x);
    }
}
