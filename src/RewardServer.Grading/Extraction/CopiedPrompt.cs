using System.Collections.Frozen;

namespace RewardServer.Grading.Extraction;

/// <summary>
/// Tells whether a response says little but what its prompt said. What counts are runs of words, whatever their case and the signs between
/// them; to restate a question before answering it copies a part, and is no matter.
/// </summary>
public sealed class CopiedPrompt
{
    // Shorter runs are shared by any two texts on one subject.
    private const int Run = 8;

    // Shorter responses say too little to be told from an answer that must use the prompt's words.
    private const int LeastCopied = 24;

    private const double LeastShare = 0.6;

    // Of a prompt that is longer, the first words.
    private const int MostWords = 100_000;

    private readonly FrozenSet<ulong> runs;

    /// <param name="prompt">What the model was asked.</param>
    public CopiedPrompt(string prompt) => runs = Runs(Words(prompt)).Select(run => run.Hash).ToFrozenSet();

    /// <summary>The share of a response's words that stand in runs of the prompt, from 0 to 1; 0 for one too short to tell.</summary>
    public double ShareOf(string response)
    {
        if (runs.Count == 0)
        {
            return 0;
        }

        var words = Words(response);
        var (copied, covered) = (0, 0);
        foreach (var (start, hash) in Runs(words))
        {
            if (runs.Contains(hash))
            {
                copied += start + Run - Math.Max(start, covered);
                covered = start + Run;
            }
        }

        return copied < LeastCopied ? 0 : copied / (double)words.Count;
    }

    /// <summary>Whether a response says little but what its prompt said.</summary>
    public bool Says(string response) => ShareOf(response) >= LeastShare;

    private static IEnumerable<(int Start, ulong Hash)> Runs(List<ulong> words)
    {
        for (var start = 0; start + Run <= words.Count; start++)
        {
            var hash = 0UL;
            for (var i = start; i < start + Run; i++)
            {
                hash = (hash * 0x9E3779B97F4A7C15) + words[i];
            }

            yield return (start, hash);
        }
    }

    // A word is a run of letters and digits, or one character of a script that has no spaces.
    private static List<ulong> Words(string text)
    {
        var words = new List<ulong>();
        var word = 0UL;
        foreach (var character in text)
        {
            var parts = char.IsLetterOrDigit(character);
            if (word != 0 && (!parts || IsWordItself(character)))
            {
                words.Add(word);
                word = 0;
            }

            if (words.Count >= MostWords)
            {
                return words;
            }

            word = !parts ? 0 : ((word == 0 ? 0xCBF29CE484222325 : word) ^ char.ToLowerInvariant(character)) * 0x100000001B3;
            if (parts && IsWordItself(character))
            {
                words.Add(word);
                word = 0;
            }
        }

        return word == 0 ? words : [.. words, word];
    }

    private static bool IsWordItself(char character) => character is >= '\u2E80' and <= '\u9FFF' or >= '\uAC00' and <= '\uD7A3';
}
