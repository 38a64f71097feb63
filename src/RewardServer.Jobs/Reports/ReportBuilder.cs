using System.Collections.Immutable;
using System.Runtime.InteropServices;
using RewardServer.Jobs.Reports.Statistics;

namespace RewardServer.Jobs.Reports;

/// <summary>Adds up lines of results one by one; it keeps some bytes of each, not the lines. Not for several threads at once.</summary>
public sealed class ReportBuilder
{
    // Beyond so many values a column tells items apart, and not kinds of them.
    private const int MostValues = 50;
    private const int MostReasons = 20;
    private const int MostKinds = 10_000;

    private readonly Dictionary<string, List<Sample>> problems = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, Dictionary<string, Sums>>?> columns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> reasons = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> outcomes = new(StringComparer.Ordinal) { ["failed"] = 0, ["scored"] = 0, ["skipped"] = 0 };
    private readonly SortedDictionary<string, QuantileSketch> measures = new(StringComparer.Ordinal);
    private long items;

    /// <summary>Adds a line.</summary>
    public void Add(GradedLine line)
    {
        items++;
        outcomes[line.Outcome]++;
        Measure("length", line.Length);
        Measure("seconds", line.Seconds);
        Measure("memory", line.MemoryMb);
        if (line.Right != true && ReasonKind.Of(line.Reason ?? "no reason") is var kind && (reasons.Count < MostKinds || reasons.ContainsKey(kind)))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(reasons, kind, out _)++;
        }

        ref var samples = ref CollectionsMarshal.GetValueRefOrAddDefault(problems, line.Group, out _);
        samples ??= [];
        if (line.Reward is { } reward)
        {
            samples.Add(new((float)reward, line.Right == true, line.Answer is { } answer ? AnswerHash(answer) : 0));
            foreach (var (column, value) in line.Columns)
            {
                Add(column, value, line.Group, reward, line.Right == true);
            }
        }
    }

    /// <summary>The report of what was added.</summary>
    public Report Build()
    {
        var judged = problems.Values.Where(samples => samples.Count > 0).ToList();
        return new()
        {
            Items = items,
            Problems = problems.Count,
            Outcomes = outcomes.ToImmutableSortedDictionary(),
            Reward = Bootstrap.OfMean([.. judged.Select(samples => (samples.Sum(sample => (double)sample.Reward), samples.Count))]),
            Accuracy = Bootstrap.OfMean([.. judged.Select(samples => ((double)samples.Count(sample => sample.Right), samples.Count))]),
            ByK = [.. Ks(judged).Select(k => At(k, judged))],
            Columns = [.. columns.Where(column => column.Value is { Count: > 1 }).OrderBy(column => column.Key, StringComparer.Ordinal).Select(column => Of(column.Key, column.Value!))],
            Measures = measures.ToImmutableSortedDictionary(measure => measure.Key, measure => SpreadOf(measure.Value)),
            Reasons = [.. reasons.OrderByDescending(reason => reason.Value).ThenBy(reason => reason.Key, StringComparer.Ordinal).Take(MostReasons)
                .Select(reason => new ReasonCount(reason.Key, reason.Value, reason.Value / (double)Math.Max(1, reasons.Values.Sum())))],
        };
    }

    // Powers of two up to the fewest completions that a problem has, and that number itself.
    private static IEnumerable<int> Ks(List<List<Sample>> judged)
    {
        var fewest = judged.Count == 0 ? 0 : judged.Min(samples => samples.Count);
        for (var k = 1; k < fewest; k *= 2)
        {
            yield return k;
        }

        if (fewest > 0)
        {
            yield return fewest;
        }
    }

    private static AtK At(int k, List<List<Sample>> judged) => new(
        k,
        Over(judged, samples => PassAtK.Of(samples.Count, samples.Count(sample => sample.Right), k)),
        Over(judged, samples => MajorityAtK.Of([.. samples.Select(sample => (sample.Answer == 0 ? null : $"{sample.Answer:x}", sample.Right))], k)),
        Over(judged, samples => BestOfK.Of([.. samples.Select(sample => (double)sample.Reward)], k)));

    private static Interval Over(List<List<Sample>> judged, Func<List<Sample>, double> estimate) => Bootstrap.OfMean([.. judged.Select(samples => (estimate(samples), 1))])!;

    private static ColumnReport Of(string name, Dictionary<string, Dictionary<string, Sums>> values) => new(
        name,
        [.. values.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => new ValueReport(
            value.Key,
            value.Value.Values.Sum(sums => (long)sums.Count),
            Bootstrap.OfMean([.. value.Value.Values.Select(sums => (sums.Reward, sums.Count))])!,
            Bootstrap.OfMean([.. value.Value.Values.Select(sums => ((double)sums.Right, sums.Count))])!))]);

    private static Spread SpreadOf(QuantileSketch sketch) =>
        new(sketch.Count, sketch.Mean, sketch.Quantile(0.5), sketch.Quantile(0.9), sketch.Quantile(0.99), sketch.Quantile(1));

    // Never 0, which is no answer. The same text has the same in every process (FNV-1a).
    private static ulong AnswerHash(string answer)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in answer.AsSpan().Trim())
        {
            hash = (hash ^ character) * 1099511628211UL;
        }

        return hash == 0 ? 1 : hash;
    }

    private void Measure(string name, double? value)
    {
        if (value is { } number)
        {
            if (!measures.TryGetValue(name, out var sketch))
            {
                measures.Add(name, sketch = new());
            }

            sketch.Add(number);
        }
    }

    private void Add(string column, string value, string problem, double reward, bool right)
    {
        if (!columns.TryGetValue(column, out var values))
        {
            columns.Add(column, values = new(StringComparer.Ordinal));
        }

        if (values is null)
        {
            return;
        }

        if (!values.TryGetValue(value, out var sums))
        {
            if (values.Count == MostValues)
            {
                columns[column] = null;
                return;
            }

            values.Add(value, sums = new(StringComparer.Ordinal));
        }

        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, problem, out _);
        sum = new(sum.Reward + reward, sum.Right + (right ? 1 : 0), sum.Count + 1);
    }

    private readonly record struct Sample(float Reward, bool Right, ulong Answer);

    private readonly record struct Sums(double Reward, int Right, int Count);
}
