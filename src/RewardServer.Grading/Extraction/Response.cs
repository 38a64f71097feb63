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
        var thinking = ThinkingOf(completion, opened, tags, out var end).ToString();
        if (end < 0)
        {
            return new("", completion);
        }

        if (completion.AsSpan(end).StartsWith(tags.ThinkClose, StringComparison.Ordinal))
        {
            return new(thinking, WithoutThinking(completion[(end + tags.ThinkClose.Length)..], tags));
        }

        var open = completion.IndexOf(tags.ThinkOpen, StringComparison.Ordinal);
        return new(thinking, (opened || end < open ? "" : completion[..open]) + completion[end..]);
    }

    /// <summary>One part of a completion, without a copy of it wherever it stands in one piece.</summary>
    /// <param name="item">The item, whose completion has a text.</param>
    /// <param name="tags">The tags in use.</param>
    /// <param name="part">Which part.</param>
    public static ReadOnlySpan<char> PartOf(Item item, ThinkTags tags, CompletionPart part)
    {
        var completion = item.CompletionText ?? "";
        if (part == CompletionPart.Whole)
        {
            return completion;
        }

        var opened = tags.OpenedBy(item.Prompt.End);
        return part == CompletionPart.Thinking ? ThinkingOf(completion, opened, tags, out _) : ResponseOf(completion, opened, tags);
    }

    // The end is where the tag that closes it or else the answer stands, or the end of the text; negative where there is no thinking.
    private static ReadOnlySpan<char> ThinkingOf(string completion, bool opened, ThinkTags tags, out int end)
    {
        end = completion.IndexOf(tags.ThinkClose, StringComparison.Ordinal);
        if (end < 0 && (opened || completion.Contains(tags.ThinkOpen, StringComparison.Ordinal)))
        {
            var answer = completion.LastIndexOf(tags.AnswerOpen, StringComparison.Ordinal);
            end = answer < 0 ? completion.Length : answer;
        }

        return end < 0 ? default : WithoutOpening(completion.AsSpan(0, end), tags);
    }

    private static ReadOnlySpan<char> ResponseOf(string completion, bool opened, ThinkTags tags)
    {
        var close = completion.IndexOf(tags.ThinkClose, StringComparison.Ordinal);
        var rest = close < 0 ? default : completion.AsSpan(close + tags.ThinkClose.Length);
        return close < 0 || rest.Contains(tags.ThinkOpen, StringComparison.Ordinal) ? Of(completion, opened, tags).Text : rest;
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

    private static ReadOnlySpan<char> WithoutOpening(ReadOnlySpan<char> thinking, ThinkTags tags)
    {
        var open = thinking.IndexOf(tags.ThinkOpen, StringComparison.Ordinal);
        return open >= 0 ? thinking[(open + tags.ThinkOpen.Length)..] : thinking;
    }
}

/// <summary>The part of a completion that a grader looks at.</summary>
public enum CompletionPart
{
    /// <summary>All of it, with its tags.</summary>
    Whole,

    /// <summary>What it thought; empty where it never did.</summary>
    Thinking,

    /// <summary>What it gave as its response.</summary>
    Response,
}
