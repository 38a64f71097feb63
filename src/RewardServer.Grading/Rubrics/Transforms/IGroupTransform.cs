using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;

namespace RewardServer.Grading.Rubrics.Transforms;

/// <summary>Turns the rewards of a group into values that only make sense within it, given beside them.</summary>
public interface IGroupTransform
{
    /// <summary>Transforms a group.</summary>
    /// <param name="group">The group's items that have a reward; at least one. Their order changes no value.</param>
    /// <returns>A value for each, in the same order; finite, or null where the group gives none.</returns>
    ImmutableArray<double?> Apply(ImmutableArray<RewardedMember> group);
}

/// <summary>One item of a group that has a reward.</summary>
/// <param name="Item">The item.</param>
/// <param name="Reward">Its reward.</param>
/// <param name="Verdicts">What every component found of it.</param>
public sealed record RewardedMember(Item Item, double Reward, Verdicts Verdicts);
