using RewardServer.Grading.Extraction.Words;

namespace RewardServer.Grading.Rubrics.Transforms;

/// <summary>
/// The smallest hashes of a text's shingles, its runs of n words: of two texts they tell how alike the sets of all shingles are
/// (Broder, On the resemblance and containment of documents, 1997). Exact where both texts have at most <see cref="Size"/> shingles;
/// else an estimate whose standard error is at most 0.03.
/// </summary>
internal sealed class ShingleSketch
{
    /// <summary>The most hashes that are kept.</summary>
    public const int Size = 512;

    // Sorted, none twice.
    private readonly ulong[] smallest;
    private readonly bool isWhole;

    private ShingleSketch(ulong[] smallest, bool isWhole) => (this.smallest, this.isWhole) = (smallest, isWhole);

    /// <summary>The sketch of a text. One with fewer than n words is a single shingle; one without words has none. Linear in the text.</summary>
    public static ShingleSketch Of(string text, int n)
    {
        var words = WordHashes.Of(text);
        var (kept, limit) = (new List<ulong>(4 * Size), ulong.MaxValue);
        for (var i = 0; i == 0 ? words.Count > 0 : i + n <= words.Count; i++)
        {
            var hash = Shingle(words, i, Math.Min(n, words.Count));
            if (hash <= limit)
            {
                kept.Add(hash);
            }

            if (kept.Count == 4 * Size)
            {
                kept = Smallest(kept);
                limit = kept.Count > Size ? kept[Size] : limit;
            }
        }

        var all = Smallest(kept);
        return new([.. all.Take(Size)], all.Count <= Size);
    }

    /// <summary>The share of the shingles of both that they have in common (Jaccard), from 0 to 1; 1 where neither has any.</summary>
    public double SimilarityTo(ShingleSketch other)
    {
        var most = isWhole && other.isWhole ? int.MaxValue : Size;
        var (i, j, common, seen) = (0, 0, 0, 0);
        for (; seen < most && i < smallest.Length && j < other.smallest.Length; seen++)
        {
            var (mine, theirs) = (smallest[i], other.smallest[j]);
            common += mine == theirs ? 1 : 0;
            i += mine <= theirs ? 1 : 0;
            j += theirs <= mine ? 1 : 0;
        }

        seen = Math.Min(most, seen + smallest.Length - i + other.smallest.Length - j);
        return seen == 0 ? 1 : (double)common / seen;
    }

    private static ulong Shingle(List<ulong> words, int start, int length)
    {
        var hash = 0ul;
        for (var i = start; i < start + length; i++)
        {
            hash = WordHash.Join(hash, words[i]);
        }

        // Mixed once more, so that the smallest are a fair sample.
        return WordHash.Join(hash, 0);
    }

    // One more than is kept, which tells whether any was left out.
    private static List<ulong> Smallest(List<ulong> hashes) => [.. hashes.Order().Distinct().Take(Size + 1)];
}
