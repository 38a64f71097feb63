using System.Collections.Immutable;
using RewardServer.Jobs.Results;

namespace RewardServer.Jobs.Replaying;

/// <summary>What a replay has come to.</summary>
/// <param name="Samples">Samples that were graded again.</param>
/// <param name="Changes">How many changed, by kind.</param>
/// <param name="Identities">By what the results were graded: several where a run went on with another program; the first few.</param>
public sealed record ReplayTally(long Samples, ImmutableSortedDictionary<ChangeKind, long> Changes, ImmutableArray<RunIdentity> Identities)
{
    private const int MostIdentities = 8;

    /// <summary>Before the first row.</summary>
    public static ReplayTally Start { get; } = new(0, ImmutableSortedDictionary<ChangeKind, long>.Empty, []);

    /// <summary>Whether anything has changed.</summary>
    public bool HasChanges => !Changes.IsEmpty;

    internal ReplayTally WithSample(RunIdentity identity) => this with
    {
        Samples = Samples + 1,
        Identities = Identities.Contains(identity) || Identities.Length == MostIdentities ? Identities : Identities.Add(identity),
    };

    internal ReplayTally WithChange(ChangeKind kind) => this with { Changes = Changes.SetItem(kind, Changes.GetValueOrDefault(kind) + 1) };
}
