using System.Collections.Immutable;
using RewardServer.Jobs.Reports.Statistics;

namespace RewardServer.Jobs.Reports.Building;

/// <summary>Adds up what was measured of completions.</summary>
internal sealed class MeasureTally
{
    private const string Tokens = "tokens";
    private const string Characters = "characters";
    private const int Bins = 24;

    // What is more is no measure of anything, and would leave no sum a number.
    private const double MostMeasured = 1e15;

    private readonly Dictionary<string, QuantileSketch> measures = new(StringComparer.Ordinal)
    {
        [Tokens] = new(), [Characters] = new(), ["seconds"] = new(), ["memoryMb"] = new(),
    };

    // By unit, and whether the completion is right.
    private readonly Dictionary<(string Unit, bool Right), QuantileSketch> lengths = new()
    {
        [(Tokens, true)] = new(), [(Tokens, false)] = new(), [(Characters, true)] = new(), [(Characters, false)] = new(),
    };

    public void Add(GradedLine line)
    {
        Add(Tokens, line.Tokens, line.Right);
        Add(Characters, line.Characters, line.Right);
        Add("seconds", line.Seconds, null);
        Add("memoryMb", line.MemoryMb, null);
    }

    public ImmutableSortedDictionary<string, Spread> Spreads() =>
        measures.Where(measure => measure.Value.Count > 0).ToImmutableSortedDictionary(measure => measure.Key, measure => Of(measure.Value), StringComparer.Ordinal);

    /// <summary>The lengths in the unit that most of the completions have; null where none has any.</summary>
    public LengthReport? Lengths()
    {
        var unit = measures[Tokens].Count > 0 && measures[Tokens].Count >= measures[Characters].Count / 2 ? Tokens : Characters;
        var (all, right, wrong) = (measures[unit], lengths[(unit, true)], lengths[(unit, false)]);
        if (right.Count + wrong.Count == 0 || all.Quantile(1) <= 0)
        {
            return null;
        }

        // The longest few would press all others together.
        var most = all.Quantile(1);
        var width = Math.Min(most, 1.25 * all.Quantile(0.99)) / Bins;
        if (!(width > 0))
        {
            width = most / Bins;
        }

        // Whole numbers of a round width: a token is not parted.
        width = Math.Max(1, RoundUp(width));
        return new(unit, [.. Enumerable.Range(0, Bins)
            .Select(i => (Low: i * width, High: i == Bins - 1 ? Math.Max(most, Bins * width) : (i + 1) * width))
            .TakeWhile(bin => bin.Low < most)
            .Select(bin => new LengthBin(bin.Low, bin.High, Between(right, bin), Between(wrong, bin)))]);
    }

    // The first holds 0 too.
    private static double Between(QuantileSketch lengths, (double Low, double High) bin) =>
        Math.Round(lengths.CountUpTo(bin.High) - (bin.Low == 0 ? 0 : lengths.CountUpTo(bin.Low)), 1);

    private static double RoundUp(double width)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(width)));
        return (width / power) switch { <= 1 => 1, <= 2 => 2, <= 2.5 when power > 1 => 2.5, <= 5 => 5, _ => 10 } * power;
    }

    private static Spread Of(QuantileSketch sketch) =>
        new(sketch.Count, sketch.Mean, sketch.Quantile(0.5), sketch.Quantile(0.9), sketch.Quantile(0.99), sketch.Quantile(1));

    private void Add(string name, double? value, bool? right)
    {
        if (value is { } number and <= MostMeasured)
        {
            measures[name].Add(number);
            if (right is { } known)
            {
                lengths[(name, known)].Add(number);
            }
        }
    }
}
