using System.Collections.Immutable;
using RewardServer.Grading.Extraction.Words;

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
        var lengths = Lengths(group);
        if (measure == LengthMeasure.Deviations)
        {
            return [.. GroupValues.Standardised(lengths, 0)];
        }

        var (shortest, longest) = (lengths.Min(), lengths.Max());
        return [.. lengths.Select(length => (double?)(shortest == longest ? 0.5 : (length - shortest) / (longest - shortest)))];
    }

    // Tokens of some and words of others are no comparison.
    private static double[] Lengths(ImmutableArray<RewardedMember> group) =>
        group.All(member => member.Item.CompletionTokens is not null)
            ? [.. group.Select(member => (double)member.Item.CompletionTokens!.Value)]
            : [.. group.Select(member => (double)WordReader.Count(member.Item.CompletionText ?? ""))];
}
