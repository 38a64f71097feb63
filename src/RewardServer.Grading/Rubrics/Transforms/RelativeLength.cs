using System.Collections.Immutable;
using RewardServer.Grading.Graders.Length;

namespace RewardServer.Grading.Rubrics.Transforms;

/// <summary>
/// How long a completion is beside the others of its group: in tokens where the caller counted those of every one, else in words.
/// 0.5 less its position is the length reward of Kimi k1.5 (arXiv:2501.12599, section 2.3.3) for right answers.
/// </summary>
/// <param name="measure">How lengths are compared.</param>
public sealed class RelativeLength(LengthMeasure measure) : IGroupTransform
{
    /// <summary>Its entry in the table of transforms.</summary>
    public static TransformKind Kind { get; } = TransformKind.Of<RelativeLengthOptions>(
        "relative-length",
        "How long the completion is beside the others of its group.",
        (_, options) => new RelativeLength(options.Measure));

    /// <inheritdoc/>
    public ImmutableArray<double?> Apply(ImmutableArray<RewardedMember> group)
    {
        var lengths = GroupLengths.Of([.. group.Select(member => member.Item)]).Select(length => (double)length.Count).ToArray();
        if (measure == LengthMeasure.Deviations)
        {
            return [.. GroupValues.Standardised(lengths, 0)];
        }

        var (shortest, longest) = (lengths.Min(), lengths.Max());
        return [.. lengths.Select(length => (double?)(shortest == longest ? 0.5 : (length - shortest) / (longest - shortest)))];
    }
}
