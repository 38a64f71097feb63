namespace RewardServer.Grading.Rubrics.Transforms;

/// <summary>
/// How the values of a group lie about their mean: the same whatever their order, since sums run over sorted values, and finite
/// whatever they are, since values beyond ±10^150 count as that.
/// </summary>
internal static class GroupValues
{
    private const double Largest = 1e150;

    /// <summary>Each value less the mean; exactly 0 where all are equal.</summary>
    public static double[] Centred(IEnumerable<double> values)
    {
        var bounded = values.Select(value => Math.Clamp(value, -Largest, Largest)).ToArray();
        var sorted = bounded.Order().ToArray();
        if (sorted[0] == sorted[^1])
        {
            return new double[bounded.Length];
        }

        var mean = sorted.Sum() / sorted.Length;
        return [.. bounded.Select(value => value - mean)];
    }

    /// <summary>By how many standard deviations (those of a sample, with n − 1) each value lies above the mean; 0 where all are equal.</summary>
    /// <param name="values">The group's.</param>
    /// <param name="epsilon">Added to the standard deviation.</param>
    public static double[] Standardised(IEnumerable<double> values, double epsilon)
    {
        var centred = Centred(values);
        // In units of the largest distance no square overflows, and none is lost.
        var unit = centred.Max(Math.Abs);
        var deviation = unit == 0 ? 0 : unit * Math.Sqrt(centred.Select(value => value / unit * (value / unit)).Order().Sum() / (centred.Length - 1));
        return deviation + epsilon == 0 ? new double[centred.Length] : [.. centred.Select(value => value / (deviation + epsilon))];
    }
}
