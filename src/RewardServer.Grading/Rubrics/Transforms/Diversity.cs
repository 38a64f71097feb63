using System.Collections.Immutable;
using RewardServer.Grading.Extraction.Words;

namespace RewardServer.Grading.Rubrics.Transforms;

/// <summary>
/// How unlike the others of its group a completion is: 1 less the mean similarity to each of them, which is the share of runs of n words that both have (Jaccard).
/// 0 where there are no others. The work is linear in the texts and, for groups of more than <see cref="MostCompared"/> different
/// completions, in the group: each is then compared with that many, whose choice follows from the texts alone.
/// </summary>
/// <param name="n">How many words in a row are compared.</param>
public sealed class Diversity(int n) : IGroupTransform
{
    /// <summary>With how many different completions each is compared at most.</summary>
    public const int MostCompared = 256;

    /// <summary>Its entry in the table of transforms.</summary>
    public static TransformKind Kind { get; } = TransformKind.Of<DiversityOptions>(
        "diversity",
        "How unlike the others of its group the completion is, by the runs of words that they have in common.",
        (_, options) => new Diversity(options.CheckedN()));

    /// <inheritdoc/>
    public ImmutableArray<double?> Apply(ImmutableArray<RewardedMember> group)
    {
        var texts = group.Select(member => member.Item.CompletionText ?? "").ToArray();
        // By chance, but the same in every order of the group.
        var distinct = texts.GroupBy(text => text, StringComparer.Ordinal)
            .OrderBy(same => WordHash.Of(same.Key)).ThenBy(same => same.Key, StringComparer.Ordinal)
            .Select(same => new Distinct(same.Key, same.Count(), ShingleSketch.Of(same.Key, n))).ToArray();
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var text in distinct)
        {
            values[text.Text] = 1 - MeanSimilarity(text, distinct.AsSpan(0, Math.Min(distinct.Length, MostCompared)));
        }

        return [.. texts.Select(text => (double?)values[text])];
    }

    // Its own copies are others that are the same.
    private static double MeanSimilarity(Distinct one, ReadOnlySpan<Distinct> others)
    {
        var (similarity, count) = (one.Copies - 1.0, one.Copies - 1);
        foreach (var other in others)
        {
            if (!ReferenceEquals(other, one))
            {
                similarity += other.Copies * one.Sketch.SimilarityTo(other.Sketch);
                count += other.Copies;
            }
        }

        return count == 0 ? 1 : similarity / count;
    }

    private sealed record Distinct(string Text, int Copies, ShingleSketch Sketch);
}
