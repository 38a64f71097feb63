using System.Collections.Immutable;

namespace RewardServer.Grading.Rubrics.Transforms;

/// <summary>
/// The advantage of REINFORCE leave-one-out (RLOO): the reward less the mean of the others' rewards (arXiv:2402.14740).
/// It is n / (n − 1) times the distance from the mean of all. 0 where there are no others.
/// </summary>
public sealed class LeaveOneOut : IGroupTransform
{
    /// <summary>Its entry in the table of transforms.</summary>
    public static TransformKind Kind { get; } = TransformKind.Of<NoTransformOptions>(
        "leave-one-out",
        "The reward less the mean of the others' rewards.",
        (_, _) => new LeaveOneOut());

    /// <inheritdoc/>
    public ImmutableArray<double?> Apply(ImmutableArray<RewardedMember> group)
    {
        var factor = group.Length == 1 ? 1 : group.Length / (group.Length - 1.0);
        return [.. GroupValues.Centred(group.Select(member => member.Reward)).Select(distance => (double?)(distance * factor))];
    }
}
