using System.Collections.Immutable;
using System.Runtime.InteropServices;
using RewardServer.Jobs.Reports.Building;
using RewardServer.Jobs.Reports.Statistics;

namespace RewardServer.Jobs.Reports.Comparing;

/// <summary>Adds up lines that both runs scored, by their problems.</summary>
/// <param name="options">How much is held in memory.</param>
internal sealed class PairTally(ReportOptions options) : IDisposable
{
    private readonly PartitionedBuffer pairs = new(options.MemoryBytes, options.Folder);
    private long both, onlyFirst, onlySecond, neither;

    /// <summary>How many are right in which.</summary>
    public RightPairs Right => new(both, onlyFirst, onlySecond, neither);

    public void Add(ulong problem, LineSide first, LineSide second)
    {
        var (one, other) = (first.Right == true, second.Right == true);
        both += one && other ? 1 : 0;
        onlyFirst += one && !other ? 1 : 0;
        onlySecond += other && !one ? 1 : 0;
        neither += one || other ? 0 : 1;
        var pair = new Pair { Problem = problem, FirstReward = first.Reward!.Value, SecondReward = second.Reward!.Value, FirstRight = one ? 1 : 0, SecondRight = other ? 1 : 0 };
        pairs.Append(PartitionedBuffer.PartOf(problem), MemoryMarshal.AsBytes(new ReadOnlySpan<Pair>(in pair)));
    }

    /// <summary>Problems, and the intervals of the differences; no intervals where there is no problem.</summary>
    public (ProblemPairs Problems, Interval? Accuracy, Interval? Reward) Build()
    {
        var differences = new Bootstrap(2);
        var shares = new SortedDictionary<(double First, double Second), long>();
        long moreInFirst = 0, moreInSecond = 0, equal = 0;
        foreach (var problem in Problems())
        {
            var (first, second) = (problem.Sum(pair => pair.FirstRight), problem.Sum(pair => pair.SecondRight));
            moreInFirst += first > second ? 1 : 0;
            moreInSecond += second > first ? 1 : 0;
            equal += first == second ? 1 : 0;
            differences.Add([second - first, problem.Sum(pair => pair.SecondReward - pair.FirstReward)], problem.Count);
            var place = (Tenths(first, problem.Count), Tenths(second, problem.Count));
            shares[place] = shares.GetValueOrDefault(place) + 1;
        }

        var intervals = differences.Problems == 0 ? [] : differences.Intervals();
        return (
            new(moreInFirst, moreInSecond, equal, [.. shares.Select(share => new SharePair(share.Key.First, share.Key.Second, share.Value))]),
            intervals.IsEmpty ? null : intervals[0],
            intervals.IsEmpty ? null : intervals[1]);
    }

    public void Dispose() => pairs.Dispose();

    private static double Tenths(int right, int count) => Math.Round((double)right / count, 1);

    private IEnumerable<ArraySegment<Pair>> Problems()
    {
        for (var part = 0; part < PartitionedBuffer.Parts; part++)
        {
            var records = MemoryMarshal.Cast<byte, Pair>(pairs.Read(part)).ToArray();
            Array.Sort(records);
            for (var (start, end) = (0, 0); start < records.Length; start = end)
            {
                while (end < records.Length && records[end].Problem == records[start].Problem)
                {
                    end++;
                }

                yield return new(records, start, end - start);
            }
        }
    }

    private struct Pair : IComparable<Pair>
    {
        public ulong Problem;
        public double FirstReward;
        public double SecondReward;
        public int FirstRight;
        public int SecondRight;

        public readonly int CompareTo(Pair other) => (Problem, FirstReward, SecondReward, FirstRight, SecondRight).CompareTo((other.Problem, other.FirstReward, other.SecondReward, other.FirstRight, other.SecondRight));
    }
}
