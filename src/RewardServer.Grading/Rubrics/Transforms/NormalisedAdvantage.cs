using System.Collections.Immutable;

namespace RewardServer.Grading.Rubrics.Transforms;

/// <summary>
/// The advantage of GRPO: by how many standard deviations a reward lies above its group's mean, (r − mean) / (std + ε)
/// (DeepSeekMath, arXiv:2402.03300, section 4.1.2). 0 where all rewards are equal.
/// </summary>
/// <param name="epsilon">Added to the standard deviation.</param>
public sealed class NormalisedAdvantage(double epsilon) : IGroupTransform
{
    /// <summary>Its entry in the table of transforms.</summary>
    public static TransformKind Kind { get; } = TransformKind.Of<NormalisedAdvantageOptions>(
        "grpo",
        "By how many standard deviations the reward lies above its group's mean.",
        (_, options) => new NormalisedAdvantage(options.CheckedEpsilon()));

    /// <inheritdoc/>
    public ImmutableArray<double?> Apply(ImmutableArray<RewardedMember> group) =>
        [.. GroupValues.Standardised(group.Select(member => member.Reward), epsilon)];
}
