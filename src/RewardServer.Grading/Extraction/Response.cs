using System.Text;
using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Extraction;

/// <summary>The parts of a completion: what it thought, and what it gave as its response.</summary>
/// <param name="Thinking">The thinking without its tags; empty where there is none.</param>
/// <param name="Text">What follows the thinking: the whole where it never thought, empty where it never stopped.</param>
public sealed record Response(string Thinking, string Text)
{
    /// <summary>
    /// Splits a completion where its thinking first ends. Thinking that is never closed ends where the last answer
    /// tag opens: a missing tag is the format's matter, and must not hide the answer from the check of accuracy.
    /// </summary>
    /// <param name="item">The item, whose completion has a text.</param>
    /// <param name="tags">The tags in use.</param>
    public static Response Of(Item item, ThinkTags tags) =>
        Of(item.CompletionText ?? "", tags.OpenedBy(item.Prompt.End), tags);

    /// <inheritdoc cref="Of(Item, ThinkTags)"/>
    /// <param name="completion">The completion's text.</param>
    /// <param name="opened">Whether the prompt opened the thinking.</param>
    /// <param name="tags">The tags in use.</param>
    public static Response Of(string completion, bool opened, ThinkTags tags)
    {
        var close = completion.IndexOf(tags.ThinkClose, StringComparison.Ordinal);
        if (close >= 0)
        {
            return new(WithoutOpening(completion[..close], tags), WithoutThinking(completion[(close + tags.ThinkClose.Length)..], tags));
        }

        var open = completion.IndexOf(tags.ThinkOpen, StringComparison.Ordinal);
        if (!opened && open < 0)
        {
            return new("", completion);
        }

        var answer = completion.LastIndexOf(tags.AnswerOpen, StringComparison.Ordinal);
        var end = answer < 0 ? completion.Length : answer;
        return new(WithoutOpening(completion[..end], tags), (opened || end < open ? "" : completion[..open]) + completion[end..]);
    }

    // One that thinks again after its thinking has ended answers only between the two.
    private static string WithoutThinking(string response, ThinkTags tags)
    {
        if (!response.Contains(tags.ThinkOpen, StringComparison.Ordinal))
        {
            return response;
        }

        var (kept, start) = (new StringBuilder(), 0);
        for (var open = response.IndexOf(tags.ThinkOpen, StringComparison.Ordinal); open >= 0; open = response.IndexOf(tags.ThinkOpen, start, StringComparison.Ordinal))
        {
            kept.Append(response, start, open - start);
            var close = response.IndexOf(tags.ThinkClose, open, StringComparison.Ordinal);
            start = close < 0 ? response.Length : close + tags.ThinkClose.Length;
        }

        return kept.Append(response, start, response.Length - start).ToString();
    }

    private static string WithoutOpening(string thinking, ThinkTags tags)
    {
        var open = thinking.IndexOf(tags.ThinkOpen, StringComparison.Ordinal);
        return open >= 0 ? thinking[(open + tags.ThinkOpen.Length)..] : thinking;
    }
}
