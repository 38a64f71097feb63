using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace RewardServer.Jobs.Checking;

/// <summary>What the check of a set has come to so far. What was read of it does not change.</summary>
/// <param name="Rows">Rows that are through.</param>
/// <param name="Passed">Rows whose golds were accepted, and whose neighbour's gold was not.</param>
/// <param name="Refused">Rows whose own gold was refused.</param>
/// <param name="Accepting">Rows that accepted others' golds.</param>
/// <param name="Unjudged">Rows that cannot be judged: unreadable ones, and those whose gold does not parse.</param>
/// <param name="Failed">Rows that a fault of ours kept from being judged.</param>
/// <param name="Alike">Rows that passed, and whose neighbour's gold is theirs in another writing.</param>
/// <param name="Alone">Rows that no other row with another gold is near: only their own golds were tried.</param>
/// <param name="Untried">Rows of which no gold is known, or whose programs cannot be run here.</param>
public sealed record CheckTally(long Rows, long Passed, long Refused, long Accepting, long Unjudged, long Failed, long Alike, long Alone, long Untried)
{
    /// <summary>Before the first row.</summary>
    public static CheckTally Start { get; } = new(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>Whether all is well: every row that was tried passed, and some row did.</summary>
    [JsonIgnore]
    public bool IsWell => Refused + Accepting + Unjudged + Failed == 0 && Passed > 0;

    /// <summary>The same with one more row.</summary>
    /// <param name="findings">What is told of it; empty where all is well with it.</param>
    /// <param name="alone">Whether it has no neighbour.</param>
    internal CheckTally With(ImmutableArray<CheckFinding> findings, bool alone)
    {
        bool Is(CheckResult what) => findings.Any(finding => finding.What == what);
        return new(
            Rows + 1,
            Passed + (findings.All(finding => finding.What == CheckResult.Alike) ? 1 : 0),
            Refused + (Is(CheckResult.GoldRefused) ? 1 : 0),
            Accepting + (Is(CheckResult.NeighbourAccepted) ? 1 : 0),
            Unjudged + (Is(CheckResult.Unjudged) ? 1 : 0),
            Failed + (Is(CheckResult.Failed) ? 1 : 0),
            Alike + (Is(CheckResult.Alike) ? 1 : 0),
            Alone + (alone ? 1 : 0),
            Untried + (Is(CheckResult.Untried) ? 1 : 0));
    }
}
