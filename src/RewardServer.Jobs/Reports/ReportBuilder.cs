using System.Collections.Immutable;
using RewardServer.Jobs.Reports.Building;
using RewardServer.Jobs.Reports.Statistics;

namespace RewardServer.Jobs.Reports;

/// <summary>
/// Adds up lines of results one by one, in whatever order; it keeps 64 bytes of each, beyond some hundred thousand lines in a temporary file, and nothing else grows with them. Not for several threads at once.
/// </summary>
/// <param name="options">How it is built; null for the defaults.</param>
public sealed class ReportBuilder(ReportOptions? options = null) : IDisposable
{
    private const int MostGradedBy = 20;

    private readonly LineStore lines = new(options ?? new());
    private readonly ColumnCatalog columns = new((options ?? new()).By);
    private readonly SortedDictionary<string, long> outcomes = new(StringComparer.Ordinal) { ["failed"] = 0, ["scored"] = 0, ["skipped"] = 0 };
    // A tuple, for a dictionary has no null for its key.
    private readonly Dictionary<ValueTuple<GradedBy?>, long> gradedBy = [];
    private readonly MeasureTally measures = new();
    private readonly ReasonTally reasons = new();
    private long items, right;

    /// <summary>Adds a line.</summary>
    /// <exception cref="IOException">The temporary file cannot be written.</exception>
    public void Add(GradedLine line)
    {
        items++;
        outcomes[line.Outcome]++;
        right += line.Right == true ? 1 : 0;
        measures.Add(line);
        if (line.Right != true)
        {
            reasons.Add(line.Outcome, line.Reason);
        }

        if (gradedBy.ContainsKey(new(line.By)) || gradedBy.Count < MostGradedBy)
        {
            gradedBy[new(line.By)] = gradedBy.GetValueOrDefault(new(line.By)) + 1;
        }

        lines.Add(new()
        {
            Problem = TextHash.Of(line.Group),
            Answer = line.Answer is { } answer ? Math.Max(1, TextHash.Of(answer)) : 0,
            Reward = line.Reward ?? 0,
            Flags = (line.Reward is null ? 0 : LineFlags.Scored) | (line.Right == true ? LineFlags.Right : 0) | (line.Votes ? LineFlags.Votes : 0),
            Values = columns.NumbersOf(line.Columns),
        });
    }

    /// <summary>The report of what was added; lines may be added after it.</summary>
    /// <exception cref="IOException">The temporary file cannot be read.</exception>
    /// <exception cref="InvalidDataException">There are too many lines for it: some billions, or some ten millions of one problem.</exception>
    public Report Build()
    {
        var shape = new RewardShape();
        foreach (var problem in lines.Problems())
        {
            shape.Add(problem.Span);
        }

        var ks = shape.Ks();
        var overall = new Bootstrap(2);
        SumsAtK[] byK = [.. ks.Select(k => new SumsAtK(k, Bootstrap.MostDrawn))];
        ColumnSums[] byColumn = [.. columns.Told(shape.Problems).Select(column => new ColumnSums(column.Place, column.Name, column.Values, ks is [.., var most] ? most : 1))];
        var bins = shape.Numbers.IsEmpty && shape.Judged > 0 ? shape.NewBins() : null;
        foreach (var problem in lines.Problems())
        {
            Add(problem.Span, overall, byK, byColumn, bins);
        }

        var (told, others) = reasons.Build();
        var means = overall.Problems == 0 ? [] : overall.Intervals();
        return new()
        {
            Items = items,
            Problems = shape.Problems,
            Judged = shape.Judged,
            Outcomes = outcomes.ToImmutableSortedDictionary(),
            GradedBy = [.. gradedBy.OrderByDescending(by => by.Value).Select(by => new GradedByCount(by.Key.Item1, by.Value))],
            Right = right,
            Reward = means.IsEmpty ? null : means[0],
            Accuracy = means.IsEmpty ? null : means[1],
            ByK = [.. byK.Select(sums => sums.Build()).OfType<AtK>()],
            Rewards = bins?.Build() ?? shape.Numbers,
            Lengths = measures.Lengths(),
            Columns = [.. byColumn.Select(sums => sums.Build()).OfType<ColumnReport>()],
            Measures = measures.Spreads(),
            Reasons = told,
            OtherReasons = others,
        };
    }

    /// <summary>Ends the temporary file.</summary>
    public void Dispose() => lines.Dispose();

    private static void Add(ReadOnlySpan<LineRecord> problem, Bootstrap overall, SumsAtK[] byK, ColumnSums[] byColumn, RewardBins? bins)
    {
        var sums = ProblemSums.Of(problem);
        if (sums.Count == 0)
        {
            return;
        }

        overall.Add([sums.Reward, sums.Right], sums.Count);
        foreach (var atK in byK)
        {
            atK.Add(sums);
        }

        foreach (var column in byColumn)
        {
            column.Add(problem, sums);
        }

        if (bins is not null)
        {
            foreach (var line in problem)
            {
                if (line.Is(LineFlags.Scored))
                {
                    bins.Add(line.Reward);
                }
            }
        }
    }
}
