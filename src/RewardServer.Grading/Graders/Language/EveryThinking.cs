using System.Text;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Graders.Language;

/// <summary>All that a completion thinks, also where it thinks again after its thinking has ended.</summary>
internal static class EveryThinking
{
    // Parts the blocks, so that no formula goes on from one to the next.
    private const string Between = "\n\n";

    /// <summary>The thinking, and behind it each later block; one that never closes goes on to the end. Linear in the text.</summary>
    public static string Of(Item item, ThinkTags tags)
    {
        var first = Response.PartOf(item, tags, CompletionPart.Thinking).ToString();
        var completion = item.CompletionText ?? "";
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
}
