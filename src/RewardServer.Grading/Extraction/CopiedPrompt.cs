using System.Collections.Frozen;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction.Words;

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

    // Of a text that is longer, the first words.
    private const int MostWords = 100_000;

    private readonly FrozenSet<ulong> runs;

    /// <param name="prompt">What the model was asked.</param>
    public CopiedPrompt(string prompt) => runs = Runs(WordHashes.Of(prompt, MostWords)).Select(run => run.Hash).ToFrozenSet();

    /// <summary>The share of a response's words that stand in runs of the prompt, from 0 to 1; 0 for one too short to tell.</summary>
    public double ShareOf(string response)
    {
        if (runs.Count == 0)
        {
            return 0;
        }

        var words = WordHashes.Of(response, MostWords);
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

    /// <summary>Whether an item's response says little but what its prompt said; never of programs, whose prompts give what they begin with.</summary>
    /// <param name="item">The item.</param>
    /// <param name="tags">The tags of the rubric, which tell the thinking from the response.</param>
    public static bool IsResponseOf(Item item, ThinkTags tags) =>
        item.Task is not CodeTask && item.Prompt.LastOf("user") is { } prompt && new CopiedPrompt(prompt).Says(Response.Of(item, tags).Text);

    private static IEnumerable<(int Start, ulong Hash)> Runs(List<ulong> words)
    {
        for (var start = 0; start + Run <= words.Count; start++)
        {
            var hash = 0UL;
            for (var i = start; i < start + Run; i++)
            {
                hash = WordHash.Join(hash, words[i]);
            }

            yield return (start, hash);
        }
    }
}
