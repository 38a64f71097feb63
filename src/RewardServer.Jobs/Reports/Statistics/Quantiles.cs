namespace RewardServer.Jobs.Reports.Statistics;

/// <summary>Quantiles of numbers (Hyndman and Fan 1996, definition 7: linear between the two nearest).</summary>
public static class Quantiles
{
    /// <summary>A quantile.</summary>
    /// <param name="sorted">The numbers, ascending; at least one.</param>
    /// <param name="share">Which: 0.5 is the median; from 0 to 1.</param>
    public static double OfSorted(ReadOnlySpan<double> sorted, double share)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sorted.Length);
        var place = share * (sorted.Length - 1);
        var below = (int)Math.Floor(place);
        return below + 1 < sorted.Length ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
    }
}
