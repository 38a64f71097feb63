using System.Collections.Immutable;
using RewardServer.Jobs.Reports.Statistics;

namespace RewardServer.Jobs.Reports;

/// <summary>What differs between two runs over one data set.</summary>
public sealed record ReportComparison
{
    /// <summary>By what their lines were matched: "id", or "row" where no id of the one is in the other. Lines with one name are matched in their order.</summary>
    public required string MatchedBy { get; init; }

    /// <summary>Lines that both have.</summary>
    public required long Matched { get; init; }

    /// <summary>Lines that the first has alone.</summary>
    public required long OnlyInFirst { get; init; }

    /// <summary>Lines that the second has alone.</summary>
    public required long OnlyInSecond { get; init; }

    /// <summary>The outcomes of matched lines.</summary>
    public required ImmutableArray<OutcomePair> Outcomes { get; init; }

    /// <summary>Of matched lines that both scored: whether they are right.</summary>
    public required RightPairs Right { get; init; }

    /// <summary>McNemar's exact test on them (<see cref="McNemar"/>); it takes lines for independent, which those of one problem are not.</summary>
    public required double RightPValue { get; init; }

    /// <summary>Problems of which both scored a line.</summary>
    public required ProblemPairs Problems { get; init; }

    /// <summary>The exact sign test on problems: those with more right lines in the second against those with more in the first.</summary>
    public required double ProblemsPValue { get; init; }

    /// <summary>The share that is right, second less first, over lines that both scored, with the paired bootstrap's interval; null where there are none.</summary>
    public Interval? AccuracyDifference { get; init; }

    /// <summary>The mean reward, second less first, likewise.</summary>
    public Interval? RewardDifference { get; init; }

    /// <summary>Matched lines that differ in outcome, in whether they are right, or in reward.</summary>
    public required long Differing { get; init; }

    /// <summary>Of lines that differ or have no match the first 50 of each kind: lost ones, gained ones, other outcomes, other rewards, those without a match.</summary>
    public ImmutableArray<LineDifference> Differences { get; init; } = [];
}

/// <summary>How many matched lines have two outcomes.</summary>
/// <param name="First">In the first run.</param>
/// <param name="Second">In the second.</param>
/// <param name="Items">How many.</param>
public sealed record OutcomePair(string First, string Second, long Items);

/// <summary>Of lines that both runs scored, how many are right in which.</summary>
/// <param name="Both">In both.</param>
/// <param name="OnlyFirst">In the first alone.</param>
/// <param name="OnlySecond">In the second alone.</param>
/// <param name="Neither">In none.</param>
public sealed record RightPairs(long Both, long OnlyFirst, long OnlySecond, long Neither);

/// <summary>Problems by which run has more of their lines right.</summary>
/// <param name="MoreInFirst">The first.</param>
/// <param name="MoreInSecond">The second.</param>
/// <param name="Equal">Neither.</param>
/// <param name="Shares">How many problems have which share right in both runs, rounded to tenths.</param>
public sealed record ProblemPairs(long MoreInFirst, long MoreInSecond, long Equal, ImmutableArray<SharePair> Shares);

/// <summary>Problems with two shares that are right.</summary>
/// <param name="First">The share in the first run.</param>
/// <param name="Second">In the second.</param>
/// <param name="Problems">How many problems.</param>
public sealed record SharePair(double First, double Second, long Problems);

/// <summary>A line that differs between two runs.</summary>
/// <param name="Kind">"lost" (right in the first alone), "gained" (in the second alone), "outcome", "reward", or "unmatched".</param>
/// <param name="Id">The item's name.</param>
/// <param name="Row">The number of its row; null where the line names none.</param>
/// <param name="Sample">Which of the row's completions.</param>
/// <param name="First">What the first run found; null where it has not this line.</param>
/// <param name="Second">What the second found.</param>
public sealed record LineDifference(string Kind, string Id, long? Row, long Sample, LineSide? First, LineSide? Second);

/// <summary>What a run found of a line.</summary>
/// <param name="Outcome">Its outcome.</param>
/// <param name="Reward">Its reward.</param>
/// <param name="Right">Whether it is right.</param>
/// <param name="Answer">The beginning of its answer; null where it has none to compare.</param>
/// <param name="Reason">The beginning of the reason why it is not right.</param>
public sealed record LineSide(string Outcome, double? Reward, bool? Right, string? Answer, string? Reason);
