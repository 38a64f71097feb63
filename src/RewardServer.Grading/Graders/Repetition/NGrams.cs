using System.Buffers;
using RewardServer.Grading.Extraction.Words;

namespace RewardServer.Grading.Graders.Repetition;

/// <summary>Counts the n-grams of a text's words, as hashes that roll over the text: none of them is ever made as a string.</summary>
internal static class NGrams
{
    // Odd, so that no word is lost of those that it is multiplied with.
    private const ulong Base = 0xD6E8_FEB8_6659_FD93;

    /// <summary>How many n-grams there are, and how many of them differ; upper and lower case are one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="n">The words of an n-gram.</param>
    public static (int Total, int Distinct) Count(ReadOnlySpan<char> text, int n)
    {
        using var lowered = new LoweredText(ComparedWord.WithoutUnseen(text));
        var hashes = ArrayPool<ulong>.Shared.Rent(text.Length);
        try
        {
            var words = Words(lowered.Text, hashes);
            var total = Math.Max(0, words - n + 1);
            Roll(hashes.AsSpan(0, words), n);
            return (total, DistinctHashes.Count(hashes.AsSpan(0, total)));
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(hashes);
        }
    }

    // Marks that stand at a word are no part of the text's words; where marks stand among marks, they are all that it says.
    private static int Words(ReadOnlySpan<char> text, Span<ulong> hashes)
    {
        var reader = new WordReader(text);
        Span<char> room = stackalloc char[WordReader.Longest];
        var count = 0;
        var (isBesideWord, mark) = (false, (ulong?)null);
        while (reader.Next())
        {
            var word = ComparedWord.Of(reader.Word, room);
            if (!word.IsEmpty)
            {
                hashes[count++] = WordHash.Of(word);
                (isBesideWord, mark) = (true, null);
                continue;
            }

            if (mark is { } alone)
            {
                hashes[count++] = alone;
            }

            (isBesideWord, mark) = (false, isBesideWord ? null : WordHash.Of(reader.Word));
        }

        if (mark is { } last)
        {
            hashes[count++] = last;
        }

        return count;
    }

    // Puts the hash of each n-gram where its first word's was (Karp and Rabin, 1987).
    private static void Roll(Span<ulong> hashes, int n)
    {
        var (sum, highest) = (0ul, 1ul);
        for (var i = 0; i < Math.Min(n, hashes.Length); i++)
        {
            sum = (sum * Base) + hashes[i];
            highest = i == 0 ? 1 : highest * Base;
        }

        for (var i = 0; i + n < hashes.Length; i++)
        {
            var first = hashes[i];
            hashes[i] = sum;
            sum = ((sum - (first * highest)) * Base) + hashes[i + n];
        }

        if (hashes.Length >= n)
        {
            hashes[^n] = sum;
        }
    }
}
