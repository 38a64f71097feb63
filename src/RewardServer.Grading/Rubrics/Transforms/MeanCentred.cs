using System.Collections.Immutable;

namespace RewardServer.Grading.Rubrics.Transforms;

/// <summary>
/// The advantage of Dr. GRPO: the reward less its group's mean, without a division by the standard deviation, which would give
/// questions that are nearly always or nearly never answered rightly a greater weight (arXiv:2503.20783).
/// </summary>
public sealed class MeanCentred : IGroupTransform
{
    /// <summary>Its entry in the table of transforms.</summary>
    public static TransformKind Kind { get; } = TransformKind.Of<NoTransformOptions>(
        "mean-centred",
        "The reward less its group's mean.",
        (_, _) => new MeanCentred());

    /// <inheritdoc/>
    public ImmutableArray<double?> Apply(ImmutableArray<RewardedMember> group) =>
        [.. GroupValues.Centred(group.Select(member => member.Reward))];
}
