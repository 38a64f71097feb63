using System.Collections.Immutable;

namespace RewardServer.Jobs.Reports.Statistics;

/// <summary>
/// The intervals of means by resampling (Efron 1979), problems whole: completions of one problem are no independent draws, and taking them for such makes an
/// interval too narrow (the cluster bootstrap: Davison and Hinkley 1997, 3.8). Several means of the same problems share their resamples. Beyond some thousands of
/// problems the mean of a resample is normal for all that can be seen, and its deviation is known without drawing: then only sums are kept. Not for several threads at once.
/// </summary>
/// <param name="means">How many means there are.</param>
/// <param name="mostDrawn">Up to how many problems it is resampled.</param>
public sealed class Bootstrap(int means, int mostDrawn = Bootstrap.MostDrawn)
{
    /// <summary>How many resamples are drawn.</summary>
    public const int Resamples = 2000;

    /// <summary>Up to how many problems means are resampled where nobody says another number.</summary>
    public const int MostDrawn = 5000;

    // Of each problem its sums and the number of its completions; null where there were too many.
    private List<double>? kept = [];
    private readonly RatioSums[] totals = [.. Enumerable.Range(0, means).Select(_ => new RatioSums())];

    /// <summary>How many problems were added.</summary>
    public long Problems => totals[0].Problems;

    /// <summary>Adds a problem.</summary>
    /// <param name="sums">For each mean the sum over its completions.</param>
    /// <param name="count">How many they are; above 0.</param>
    public void Add(ReadOnlySpan<double> sums, double count)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(sums.Length, means);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        for (var i = 0; i < means; i++)
        {
            totals[i].Add(sums[i], count);
        }

        if (Problems > mostDrawn)
        {
            kept = null;
            return;
        }

        kept!.AddRange(sums);
        kept!.Add(count);
    }

    /// <summary>The interval of each mean, with a confidence of 95%; a mean without one where there is a single problem, of which nothing about others follows.</summary>
    /// <param name="seed">Of the resamples: the same gives the same.</param>
    /// <exception cref="InvalidOperationException">There is no problem.</exception>
    public ImmutableArray<Interval> Intervals(int seed = 0)
    {
        if (Problems == 0)
        {
            throw new InvalidOperationException("there is no problem");
        }

        return kept is null ? [.. totals.Select(total => total.Normal())] : Problems == 1 ? [.. totals.Select(total => new Interval(total.Mean, null, null))] : Drawn(new Random(seed));
    }

    private ImmutableArray<Interval> Drawn(Random random)
    {
        var problems = kept!.ToArray();
        var (width, count) = (means + 1, (int)Problems);
        var resampled = Enumerable.Range(0, means).Select(_ => new double[Resamples]).ToArray();
        Span<double> sums = new double[width];
        for (var i = 0; i < Resamples; i++)
        {
            sums.Clear();
            for (var j = 0; j < count; j++)
            {
                var problem = problems.AsSpan(random.Next(count) * width, width);
                for (var mean = 0; mean < width; mean++)
                {
                    sums[mean] += problem[mean];
                }
            }

            for (var mean = 0; mean < means; mean++)
            {
                resampled[mean][i] = sums[mean] / sums[means];
            }
        }

        return [.. resampled.Select((values, mean) => Of(totals[mean].Mean, values))];
    }

    private static Interval Of(double mean, double[] resampled)
    {
        Array.Sort(resampled);
        return new(mean, Quantiles.OfSorted(resampled, 0.025), Quantiles.OfSorted(resampled, 0.975));
    }
}
