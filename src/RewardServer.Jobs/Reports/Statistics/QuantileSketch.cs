namespace RewardServer.Jobs.Reports.Statistics;

/// <summary>
/// Quantiles of a stream of numbers above 0 in bounded memory, each within a relative error of 1% (DDSketch: Masson, Rim and Lee 2019, arXiv:1908.10693, algorithm 1):
/// numbers are counted in buckets whose bounds grow by a constant factor. Not for several threads at once.
/// </summary>
public sealed class QuantileSketch
{
    private const double Error = 0.01;
    private static readonly double Factor = (1 + Error) / (1 - Error);

    // What is smaller counts as this: a nanosecond, or a billionth of a megabyte.
    private const double Least = 1e-9;
    private const double Most = 1e18;
    private static readonly int First = BucketOf(Least);
    private readonly long[] buckets = new long[BucketOf(Most) - First + 1];
    private long zeros;
    private double sum, smallest = double.PositiveInfinity, largest = double.NegativeInfinity;

    /// <summary>How many numbers there were.</summary>
    public long Count { get; private set; }

    /// <summary>Their mean, exact; 0 where there are none.</summary>
    public double Mean => Count == 0 ? 0 : sum / Count;

    /// <summary>Counts a number; what is not finite, or below 0, is left out.</summary>
    public void Add(double number)
    {
        if (!double.IsFinite(number) || number < 0)
        {
            return;
        }

        Count++;
        sum += number;
        (smallest, largest) = (Math.Min(smallest, number), Math.Max(largest, number));
        if (number < Least)
        {
            zeros++;
        }
        else
        {
            buckets[Math.Min(BucketOf(number) - First, buckets.Length - 1)]++;
        }
    }

    /// <summary>A quantile.</summary>
    /// <param name="share">Which: 0.5 is the median; from 0 to 1.</param>
    /// <returns>Within 1% of a number that has it; 0 where there are none.</returns>
    public double Quantile(double share)
    {
        if (Count == 0)
        {
            return 0;
        }

        var rank = share * (Count - 1);
        if (rank >= Count - 1)
        {
            return largest;
        }

        long seen = zeros;
        if (seen > rank)
        {
            return smallest;
        }

        for (var i = 0; i < buckets.Length; i++)
        {
            seen += buckets[i];
            if (seen > rank)
            {
                return i == buckets.Length - 1 ? largest : Math.Clamp(2 * Math.Pow(Factor, i + First) / (Factor + 1), smallest, largest);
            }
        }

        return largest;
    }

    /// <summary>How many numbers are up to a bound, by the buckets; one that the bound parts counts to its share.</summary>
    public double CountUpTo(double bound)
    {
        if (bound < smallest)
        {
            return 0;
        }

        if (bound >= largest)
        {
            return Count;
        }

        double seen = zeros;
        for (var i = 0; i < buckets.Length; i++)
        {
            var (low, high) = (Math.Pow(Factor, i + First - 1), Math.Pow(Factor, i + First));
            if (high > bound)
            {
                return seen + buckets[i] * Math.Max(0, (bound - low) / (high - low));
            }

            seen += buckets[i];
        }

        return Count;
    }

    private static int BucketOf(double number) => (int)Math.Ceiling(Math.Log(number) / Math.Log(Factor));
}
