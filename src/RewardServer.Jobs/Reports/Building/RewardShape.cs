using System.Collections.Immutable;

namespace RewardServer.Jobs.Reports.Building;

/// <summary>A first look at all lines: how many completions problems have, and where rewards lie.</summary>
internal sealed class RewardShape
{
    private const int MostNumbers = 12;
    private const int Bins = 20;

    private readonly SortedDictionary<int, long> sizes = [];
    private readonly SortedDictionary<double, long> numbers = [];
    private double least = double.PositiveInfinity, most = double.NegativeInfinity;

    /// <summary>Problems.</summary>
    public long Problems { get; private set; }

    /// <summary>Problems of which a completion was scored.</summary>
    public long Judged => sizes.Values.Sum();

    /// <summary>Rewards in few numbers, if they are; else none.</summary>
    public ImmutableArray<RewardBin> Numbers => numbers.Count <= MostNumbers ? [.. numbers.Select(number => new RewardBin(number.Key, number.Key, number.Value))] : [];

    public void Add(ReadOnlySpan<LineRecord> problem)
    {
        Problems++;
        var scored = 0;
        foreach (var line in problem)
        {
            if (line.Is(LineFlags.Scored))
            {
                scored++;
                (least, most) = (Math.Min(least, line.Reward), Math.Max(most, line.Reward));
                if (numbers.Count <= MostNumbers)
                {
                    numbers[line.Reward] = numbers.GetValueOrDefault(line.Reward) + 1;
                }
            }
        }

        if (scored > 0)
        {
            sizes[scored] = sizes.GetValueOrDefault(scored) + 1;
        }
    }

    /// <summary>Powers of two and of ten up to the number of completions that half of the judged problems have, and that number.</summary>
    public ImmutableArray<int> Ks()
    {
        var (left, half, most) = (Judged, (Judged + 1) / 2, 0);
        foreach (var (size, problems) in sizes)
        {
            most = left >= half ? size : most;
            left -= problems;
        }

        return [.. Powers(2, most).Union(Powers(10, most)).Append(most).Where(k => k > 0).Distinct().Order()];
    }

    /// <summary>Bins of equal width, for rewards that are many numbers: empty until they are counted.</summary>
    public RewardBins NewBins() => new(least, most, Bins);

    private static IEnumerable<int> Powers(int of, int most)
    {
        for (long power = 1; power < most; power *= of)
        {
            yield return (int)power;
        }
    }
}

/// <summary>Counts rewards in bins of equal width.</summary>
/// <param name="least">The least reward.</param>
/// <param name="most">The most, which is above.</param>
/// <param name="bins">How many bins.</param>
internal sealed class RewardBins(double least, double most, int bins)
{
    private readonly long[] counts = new long[bins];

    public void Add(double reward) => counts[Math.Clamp((int)((reward - least) / (most - least) * bins), 0, bins - 1)]++;

    public ImmutableArray<RewardBin> Build() => [.. counts.Select((count, i) => new RewardBin(Bound(i), Bound(i + 1), count))];

    private double Bound(int i) => i == bins ? most : least + (most - least) * i / bins;
}
