using System.Collections.Immutable;

namespace RewardServer.Grading.Graders;

/// <summary>What one grader found, and why.</summary>
public sealed record Verdict
{
    private Verdict(Outcome outcome, double? score, string reason) => (Outcome, Score, Reason) = (outcome, score, reason);

    /// <summary>How the grading ended.</summary>
    public Outcome Outcome { get; }

    /// <summary>Within the range of the grader, most often from 0 to 1; null unless scored.</summary>
    public double? Score { get; }

    /// <summary>One sentence for people; the same for the same item, always.</summary>
    public string Reason { get; }

    /// <summary>What a person needs to see why; a record of the grader's own, written as a JSON object.</summary>
    public object? Details { get; init; }

    /// <summary>Why the completion is suspect, by the names in docs/verdicts.md.</summary>
    public ImmutableArray<string> Signals { get; init; } = [];

    /// <summary>The candidate was judged.</summary>
    public static Verdict Scored(double score, string reason) => new(Outcome.Scored, score, reason);

    /// <summary>The task cannot be judged.</summary>
    public static Verdict Skipped(string reason) => new(Outcome.Skipped, null, reason);

    /// <summary>A fault of ours.</summary>
    public static Verdict Failed(string reason) => new(Outcome.Failed, null, reason);
}
