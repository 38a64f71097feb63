using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace RewardServer.Jobs.Reports.Building;

/// <summary>Counts kinds of reasons, so many of them at most; what comes beyond is counted together.</summary>
internal sealed class ReasonTally
{
    private const int MostKinds = 10_000;
    private const int MostTold = 20;

    private readonly Dictionary<(string Outcome, string Reason), long> kinds = [];
    private long all;

    public void Add(string outcome, string? reason)
    {
        all++;
        var kind = (outcome, ReasonKind.Of(reason ?? "no reason"));
        if (kinds.Count < MostKinds || kinds.ContainsKey(kind))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(kinds, kind, out _)++;
        }
    }

    /// <summary>The most frequent, and how many have another.</summary>
    public (ImmutableArray<ReasonCount> Told, long Others) Build()
    {
        ImmutableArray<ReasonCount> told = [.. kinds
            .OrderByDescending(kind => kind.Value).ThenBy(kind => kind.Key.Outcome, StringComparer.Ordinal).ThenBy(kind => kind.Key.Reason, StringComparer.Ordinal)
            .Take(MostTold)
            .Select(kind => new ReasonCount(kind.Key.Reason, kind.Value, kind.Value / (double)all, kind.Key.Outcome))];
        return (told, all - told.Sum(reason => reason.Items));
    }
}
