using System.Text;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Graders.Language;

/// <summary>All that a completion thinks, also where it thinks again after its thinking has ended, and what it says before it first thinks.</summary>
internal static class EveryThinking
{
    // Parts the blocks, so that no formula goes on from one to the next.
    private const string Between = "\n\n";

    /// <summary>What comes before the thinking, the thinking, and behind it each later block; one that never closes goes on to the end. Linear in the text.</summary>
    public static string Of(Item item, ThinkTags tags)
    {
        var completion = item.CompletionText ?? "";
        var first = Before(completion, tags) + Response.PartOf(item, tags, CompletionPart.Thinking).ToString();
        var ended = completion.IndexOf(tags.ThinkClose, StringComparison.Ordinal);
        var open = ended < 0 ? -1 : completion.IndexOf(tags.ThinkOpen, ended + tags.ThinkClose.Length, StringComparison.Ordinal);
        if (open < 0)
        {
            return first;
        }

        var all = new StringBuilder(first);
        while (open >= 0)
        {
            var start = open + tags.ThinkOpen.Length;
            var close = completion.IndexOf(tags.ThinkClose, start, StringComparison.Ordinal);
            var end = close < 0 ? completion.Length : close;
            all.Append(Between).Append(completion, start, end - start);
            open = close < 0 ? -1 : completion.IndexOf(tags.ThinkOpen, close + tags.ThinkClose.Length, StringComparison.Ordinal);
        }

        return all.ToString();
    }

    // Reasoning there is in no other part, and would be in any language for nothing. Without a tag that opens it, the thinking begins with the text.
    private static string Before(string completion, ThinkTags tags)
    {
        var open = completion.IndexOf(tags.ThinkOpen, StringComparison.Ordinal);
        var ended = completion.IndexOf(tags.ThinkClose, StringComparison.Ordinal);
        return open < 0 || (ended >= 0 && ended < open) || string.IsNullOrWhiteSpace(completion[..open]) ? "" : completion[..open] + Between;
    }
}
