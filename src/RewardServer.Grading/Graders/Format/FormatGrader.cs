using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Graders.Format;

/// <summary>
/// Scores 1 where the completion is exactly <c>&lt;think&gt;…&lt;/think&gt; &lt;answer&gt;…&lt;/answer&gt;</c>: each tag once, in
/// this order, and nothing but white space outside; else 0, with what is wrong first.
/// (DeepSeek-R1, section 2.2.2 "format rewards", and table 1, the template of DeepSeek-R1-Zero.)
/// </summary>
/// <param name="tags">The tags of the rubric.</param>
public sealed class FormatGrader(ThinkTags tags) : IGrader
{
    /// <summary>Its entry in the table of graders.</summary>
    public static GraderKind Kind { get; } = GraderKind.Of<FormatOptions>(
        "format",
        "Whether the thinking and the answer stand in their tags, once each, in order, and nothing outside.",
        (context, _) => new FormatGrader(context.Tags));

    /// <inheritdoc/>
    public ValueTask<Verdict> GradeAsync(Item item, Verdicts earlier, CancellationToken cancellation) => new(Grade(item));

    private Verdict Grade(Item item)
    {
        var fault = Fault(item.CompletionText ?? "", tags.OpenedBy(item.Prompt.End));
        return fault is null
            ? Verdict.Scored(1, "the thinking and the answer stand in their tags")
            : Verdict.Scored(0, item.Truncated ? $"{fault}; the completion was cut off by its length limit" : fault);
    }

    private string? Fault(string text, bool opened)
    {
        string[] expected = opened
            ? [tags.ThinkClose, tags.AnswerOpen, tags.AnswerClose]
            : [tags.ThinkOpen, tags.ThinkClose, tags.AnswerOpen, tags.AnswerClose];
        if (opened && text.Contains(tags.ThinkOpen, StringComparison.Ordinal))
        {
            return $"{tags.ThinkOpen} stands in the completion although the prompt opened it";
        }

        var at = new int[expected.Length];
        for (var i = 0; i < expected.Length; i++)
        {
            at[i] = text.IndexOf(expected[i], StringComparison.Ordinal);
            if (at[i] < 0)
            {
                return $"{expected[i]} is missing";
            }

            if (text.IndexOf(expected[i], at[i] + expected[i].Length, StringComparison.Ordinal) >= 0)
            {
                return $"{expected[i]} stands more than once";
            }

            if (i > 0 && at[i] < at[i - 1] + expected[i - 1].Length)
            {
                return at[i] < at[i - 1]
                    ? $"{expected[i]} stands before {expected[i - 1]}"
                    : $"{expected[i]} overlaps {expected[i - 1]}";
            }
        }

        return Outside(text, expected, at, opened);
    }

    private string? Outside(string text, string[] expected, int[] at, bool opened)
    {
        var thinkClose = opened ? 0 : 1;
        if (!opened && !text.AsSpan(0, at[0]).IsWhiteSpace())
        {
            return $"there is text before {tags.ThinkOpen}";
        }

        var afterThinking = at[thinkClose] + expected[thinkClose].Length;
        if (!text.AsSpan(afterThinking, at[thinkClose + 1] - afterThinking).IsWhiteSpace())
        {
            return $"there is text between {tags.ThinkClose} and {tags.AnswerOpen}";
        }

        return text.AsSpan(at[^1] + tags.AnswerClose.Length).IsWhiteSpace()
            ? null
            : $"there is text after {tags.AnswerClose}";
    }
}
