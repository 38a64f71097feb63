namespace RewardServer.Jobs.Reports.Statistics;

/// <summary>
/// The interval of a mean by resampling (Efron 1979), problems whole: completions of one problem are no independent draws, and taking them for such makes an
/// interval too narrow (the cluster bootstrap: Davison and Hinkley 1997, 3.8).
/// </summary>
public static class Bootstrap
{
    /// <summary>How many resamples are drawn.</summary>
    public const int Resamples = 2000;

    // Beyond so many problems the mean of a resample is normal for all that can be seen, and its deviation is known without drawing.
    private const int MostDrawn = 20_000;

    // The normal distribution's.
    private const double Z95 = 1.959963984540054;

    /// <summary>The interval of the mean over all completions.</summary>
    /// <param name="problems">Of each problem the sum over its completions, and how many they are (above 0).</param>
    /// <param name="seed">Of the resamples: the same gives the same.</param>
    /// <returns>The mean with its interval; null where there is no problem.</returns>
    public static Interval? OfMean(IReadOnlyList<(double Sum, int Count)> problems, int seed = 0)
    {
        if (problems.Count == 0)
        {
            return null;
        }

        var mean = problems.Sum(problem => problem.Sum) / problems.Sum(problem => (double)problem.Count);
        if (problems.Count == 1)
        {
            return new(mean, mean, mean);
        }

        return problems.Count > MostDrawn ? Normal(problems, mean) : Drawn(problems, mean, new Random(seed));
    }

    private static Interval Drawn(IReadOnlyList<(double Sum, int Count)> problems, double mean, Random random)
    {
        var means = new double[Resamples];
        for (var i = 0; i < means.Length; i++)
        {
            var (sum, count) = (0.0, 0L);
            for (var j = 0; j < problems.Count; j++)
            {
                var (drawn, completions) = problems[random.Next(problems.Count)];
                sum += drawn;
                count += completions;
            }

            means[i] = sum / count;
        }

        Array.Sort(means);
        return new(mean, Quantiles.OfSorted(means, 0.025), Quantiles.OfSorted(means, 0.975));
    }

    // The variance of a ratio of means (Cochran 1977, 2.11).
    private static Interval Normal(IReadOnlyList<(double Sum, int Count)> problems, double mean)
    {
        var perProblem = problems.Average(problem => (double)problem.Count);
        var variance = problems.Sum(problem => Math.Pow(problem.Sum - mean * problem.Count, 2)) / (problems.Count - 1);
        var deviation = Math.Sqrt(variance / problems.Count) / perProblem;
        return new(mean, mean - Z95 * deviation, mean + Z95 * deviation);
    }
}
