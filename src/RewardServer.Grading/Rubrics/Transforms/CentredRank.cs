using System.Collections.Immutable;

namespace RewardServer.Grading.Rubrics.Transforms;

/// <summary>
/// The centred fractional rank: −0.5 for the lowest reward, 0.5 for the highest, even steps between them, and the mean of their ranks
/// for equal ones; what rewards are apart does not show (the fitness shaping of evolution strategies, arXiv:1703.03864). 0 where all are equal.
/// </summary>
public sealed class CentredRank : IGroupTransform
{
    /// <summary>Its entry in the table of transforms.</summary>
    public static TransformKind Kind { get; } = TransformKind.Of<NoTransformOptions>(
        "rank",
        "The reward's rank within its group, from -0.5 for the lowest to 0.5 for the highest.",
        (_, _) => new CentredRank());

    /// <inheritdoc/>
    public ImmutableArray<double?> Apply(ImmutableArray<RewardedMember> group)
    {
        var ranks = new double?[group.Length];
        var below = 0;
        foreach (var equal in Enumerable.Range(0, group.Length).GroupBy(i => group[i].Reward).OrderBy(equal => equal.Key))
        {
            var count = equal.Count();
            foreach (var i in equal)
            {
                // Whole numbers up to the one division, so that ranks on either side of the middle are exact opposites.
                ranks[i] = group.Length == 1 ? 0 : ((2 * below) + count - group.Length) / (2.0 * (group.Length - 1));
            }

            below += count;
        }

        return [.. ranks];
    }
}
