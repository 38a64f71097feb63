using System.Collections.Immutable;
using System.Globalization;

namespace RewardServer.Jobs.Reports.Building;

/// <summary>Adds up problems by the values of one column.</summary>
/// <param name="place">The column's, among the numbers of a line.</param>
/// <param name="name">Its name.</param>
/// <param name="values">Its values, in the order of their numbers.</param>
/// <param name="mostK">The largest k of the report.</param>
internal sealed class ColumnSums(int place, string name, IReadOnlyList<string> values, int mostK)
{
    private readonly ValueSums[] sums = [.. values.Select(value => new ValueSums(value, mostK))];

    /// <summary>Adds a problem.</summary>
    /// <param name="lines">Its lines.</param>
    /// <param name="whole">What all of them come to: mostly they have one value.</param>
    public void Add(ReadOnlySpan<LineRecord> lines, ProblemSums whole)
    {
        var first = lines[0].Values[place];
        if (IsOfOne(lines, first))
        {
            Add(first, whole);
            return;
        }

        var parts = new SortedDictionary<byte, List<LineRecord>>();
        foreach (var line in lines)
        {
            if (!parts.TryGetValue(line.Values[place], out var part))
            {
                parts.Add(line.Values[place], part = []);
            }

            part.Add(line);
        }

        foreach (var (value, part) in parts)
        {
            Add(value, ProblemSums.Of([.. part]));
        }
    }

    /// <summary>What they come to; null where no line with a value was scored.</summary>
    public ColumnReport? Build()
    {
        ImmutableArray<ValueReport> told = [.. sums.Select(sum => sum.Build()).OfType<ValueReport>()];
        var areNumbers = told.All(value => Number(value.Value) is not null || value.Value == ColumnCatalog.OtherValues);
        return told.IsEmpty ? null : new(name, [.. told.OrderBy(value => areNumbers ? Number(value.Value) ?? double.PositiveInfinity : 0).ThenBy(value => value.Value, StringComparer.Ordinal)]);
    }

    private static double? Number(string value) => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private bool IsOfOne(ReadOnlySpan<LineRecord> lines, byte value)
    {
        foreach (var line in lines)
        {
            if (line.Values[place] != value)
            {
                return false;
            }
        }

        return true;
    }

    // What has no value is of none.
    private void Add(byte value, ProblemSums problem)
    {
        if (value > 0 && problem.Count > 0)
        {
            sums[value - 1].Add(problem);
        }
    }
}
