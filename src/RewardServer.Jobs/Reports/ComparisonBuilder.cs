using RewardServer.Jobs.Reports.Comparing;
using RewardServer.Jobs.Reports.Statistics;

namespace RewardServer.Jobs.Reports;

/// <summary>
/// Compares two runs over one data set, line by line; beyond <see cref="ReportOptions.MemoryBytes"/> for each of four tables in temporary files, so that memory does not grow
/// with the runs. Not for several threads at once.
/// </summary>
/// <param name="options">How much is held in memory; null for the default.</param>
public sealed class ComparisonBuilder(ReportOptions? options = null) : IDisposable
{
    // Rewards are sums of few floating numbers: what differs less is the same.
    private const double Same = 1e-9;

    private readonly ReportOptions options = options ?? new();
    private readonly ComparedLines first = new(false, options ?? new());
    private readonly ComparedLines second = new(false, options ?? new());
    private long rows;

    /// <summary>Adds a line of the first run.</summary>
    /// <exception cref="IOException">A temporary file cannot be written.</exception>
    public void AddFirst(GradedLine line) => Add(first, line);

    /// <summary>Adds a line of the second run.</summary>
    /// <exception cref="IOException">A temporary file cannot be written.</exception>
    public void AddSecond(GradedLine line) => Add(second, line);

    /// <summary>What differs.</summary>
    /// <param name="differences">Where all lines go that differ or have no match, one JSON object each (<see cref="LineDifference"/>), in the order of their rows; null for nowhere.</param>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public ReportComparison Build(Stream? differences = null)
    {
        if (first.Count == 0 || second.Count == 0 || first.WithRow < first.Count || second.WithRow < second.Count
            || LineMatching.Pairs(first, second, false).Any(pair => pair is { First: not null, Second: not null }))
        {
            return Build(first, second, false, differences);
        }

        using var firstByRow = first.ByRow();
        using var secondByRow = second.ByRow();
        return Build(firstByRow, secondByRow, true, differences);
    }

    /// <summary>Ends the temporary files.</summary>
    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
    }

    private ReportComparison Build(ComparedLines one, ComparedLines other, bool byRow, Stream? differences)
    {
        using var list = new DifferenceList(rows, differences is not null, options);
        using var pairs = new PairTally(options);
        var outcomes = new SortedDictionary<(string First, string Second), long>();
        long matched = 0, differing = 0;
        foreach (var pair in LineMatching.Pairs(one, other, byRow))
        {
            if (pair is { First: { } left, Second: { } right })
            {
                matched++;
                var changed = (left.Side.Outcome, right.Side.Outcome);
                outcomes[changed] = outcomes.GetValueOrDefault(changed) + 1;
                if (left.Side.Reward is not null && right.Side.Reward is not null)
                {
                    pairs.Add(left.Problem, left.Side, right.Side);
                }
            }

            if (KindOf(pair.First?.Side, pair.Second?.Side) is { } kind)
            {
                differing += kind == "unmatched" ? 0 : 1;
                var line = (pair.First ?? pair.Second)!;
                list.Add(new(kind, line.Id, line.Row, line.Sample, pair.First?.Side, pair.Second?.Side));
            }
        }

        if (differences is not null)
        {
            list.Write(differences);
        }

        var (problems, accuracy, reward) = pairs.Build();
        return new()
        {
            MatchedBy = byRow ? "row" : "id",
            Matched = matched,
            OnlyInFirst = one.Count - matched,
            OnlyInSecond = other.Count - matched,
            Outcomes = [.. outcomes.Select(outcome => new OutcomePair(outcome.Key.First, outcome.Key.Second, outcome.Value))],
            Right = pairs.Right,
            RightPValue = McNemar.PValue(pairs.Right.OnlyFirst, pairs.Right.OnlySecond),
            Problems = problems,
            ProblemsPValue = McNemar.PValue(problems.MoreInFirst, problems.MoreInSecond),
            AccuracyDifference = accuracy,
            RewardDifference = reward,
            Differing = differing,
            Differences = list.Told,
        };
    }

    private static string? KindOf(LineSide? first, LineSide? second) =>
        first is null || second is null ? "unmatched"
        : first.Right == true && second.Right == false ? "lost"
        : first.Right == false && second.Right == true ? "gained"
        : first.Outcome != second.Outcome ? "outcome"
        : Math.Abs((first.Reward ?? 0) - (second.Reward ?? 0)) > Same ? "reward"
        : null;

    private void Add(ComparedLines lines, GradedLine line)
    {
        rows = Math.Max(rows, line.Row ?? 0);
        lines.Add(ComparedLine.Of(line));
    }
}
