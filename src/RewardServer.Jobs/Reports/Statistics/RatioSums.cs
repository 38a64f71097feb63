namespace RewardServer.Jobs.Reports.Statistics;

/// <summary>A mean over completions as a ratio of two sums over problems, and its deviation, from sums alone.</summary>
internal sealed class RatioSums
{
    // The normal distribution's.
    private const double Z95 = 1.959963984540054;

    private double sum, count, sumSquares, products, countSquares, least = double.PositiveInfinity, most = double.NegativeInfinity;

    public long Problems { get; private set; }

    public double Mean => sum / count;

    public void Add(double problemSum, double problemCount)
    {
        Problems++;
        sum += problemSum;
        count += problemCount;
        sumSquares += problemSum * problemSum;
        products += problemSum * problemCount;
        countSquares += problemCount * problemCount;
        (least, most) = (Math.Min(least, problemSum / problemCount), Math.Max(most, problemSum / problemCount));
    }

    /// <summary>The interval by the variance of a ratio of means (Cochran 1977, 2.11). No resample is beyond the least and the most of a problem, so neither is it.</summary>
    public Interval Normal()
    {
        // Σ (sum − mean · count)², multiplied out.
        var squares = Math.Max(0, sumSquares - 2 * Mean * products + Mean * Mean * countSquares);
        var deviation = Math.Sqrt(squares / (Problems - 1) / Problems) / (count / Problems);
        return new(Mean, Math.Max(least, Mean - Z95 * deviation), Math.Min(most, Mean + Z95 * deviation));
    }
}
