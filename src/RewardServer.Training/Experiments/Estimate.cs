namespace RewardServer.Training.Experiments;

/// <summary>A mean over seeds, with the interval in which it lies with 95% where values are spread normally.</summary>
/// <param name="Mean">The mean; NaN of no values.</param>
/// <param name="HalfWidth">Half of the interval's width: Student's t times the standard error; NaN of fewer than two values.</param>
/// <param name="Count">Of how many values.</param>
public readonly record struct Estimate(double Mean, double HalfWidth, int Count)
{
    /// <summary>The most values that an interval is made of.</summary>
    public const int MostValues = 31;

    // The 97.5th percentile of Student's t by degrees of freedom, from 1 (Student 1908; any table).
    private static readonly double[] Percentiles =
    [
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131,
        2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
    ];

    /// <summary>The estimate of some values; those that are no numbers are left out.</summary>
    /// <exception cref="ArgumentException">There are more than <see cref="MostValues"/>.</exception>
    public static Estimate Of(IEnumerable<double> values)
    {
        double[] found = [.. values.Where(double.IsFinite)];
        if (found.Length > MostValues)
        {
            throw new ArgumentException($"must be at most {MostValues} values, but are {found.Length}", nameof(values));
        }

        if (found.Length == 0)
        {
            return new(double.NaN, double.NaN, 0);
        }

        var mean = found.Average();
        if (found.Length == 1)
        {
            return new(mean, double.NaN, 1);
        }

        var variance = found.Sum(value => (value - mean) * (value - mean)) / (found.Length - 1);
        return new(mean, Percentiles[found.Length - 2] * Math.Sqrt(variance / found.Length), found.Length);
    }

    /// <summary>As people read it: <c>0.81 ± 0.04</c>; the mean alone where there is no interval.</summary>
    /// <param name="words">How a value is written.</param>
    public string Words(Func<double, string> words) =>
        Count == 0 ? "–" : double.IsFinite(HalfWidth) ? $"{words(Mean)} ± {words(HalfWidth)}" : words(Mean);
}
