using RewardServer.Grading.Graders;

namespace RewardServer.Jobs.Results;

/// <summary>What a run has come to so far. Not for several threads at once; what was read of it does not change.</summary>
/// <param name="Scored">Samples that were scored.</param>
/// <param name="Skipped">Samples whose task could not be judged.</param>
/// <param name="Failed">Samples that failed by a fault of ours.</param>
/// <param name="RewardSum">Sum of the rewards.</param>
/// <param name="LastRow">The number of the last row that is done; 0 for none.</param>
public sealed record RunTally(long Scored, long Skipped, long Failed, double RewardSum, long LastRow)
{
    /// <summary>Before the first row.</summary>
    public static RunTally Start { get; } = new(0, 0, 0, 0, 0);

    /// <summary>All samples.</summary>
    public long Samples => Scored + Skipped + Failed;

    /// <summary>The mean reward of what was scored; null where nothing was.</summary>
    public double? MeanReward => Scored == 0 ? null : RewardSum / Scored;

    /// <summary>The same with further results.</summary>
    public RunTally With(IEnumerable<ResultLine> lines) => lines.Aggregate(this, (tally, line) => tally with
    {
        Scored = tally.Scored + (line.Outcome == Outcome.Scored ? 1 : 0),
        Skipped = tally.Skipped + (line.Outcome == Outcome.Skipped ? 1 : 0),
        Failed = tally.Failed + (line.Outcome == Outcome.Failed ? 1 : 0),
        RewardSum = tally.RewardSum + (line.Reward ?? 0),
        LastRow = line.Row,
    });
}
