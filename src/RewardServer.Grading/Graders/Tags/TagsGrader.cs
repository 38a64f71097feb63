using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Graders.Tags;

/// <summary>
/// The share of the expected tags that stand exactly once: a quarter for each of four (open-r1, <c>tag_count_reward</c>), a third for
/// each of three where the prompt opened the thinking. Their order and what else stands around them is the grader "format"'s to judge.
/// </summary>
/// <param name="tags">The tags of the rubric.</param>
/// <param name="options">Where a tag counts.</param>
public sealed class TagsGrader(ThinkTags tags, TagsOptions options) : IGrader
{
    private readonly ExpectedTag[] expected =
    [
        new(tags.ThinkOpen, BreakBefore: false, BreakAfter: options.OwnLines), new(tags.ThinkClose, options.OwnLines, options.OwnLines),
        new(tags.AnswerOpen, options.OwnLines, options.OwnLines), new(tags.AnswerClose, options.OwnLines, BreakAfter: false),
    ];

    /// <summary>Its entry in the table of graders.</summary>
    public static GraderKind Kind { get; } = GraderKind.Of<TagsOptions>(
        "tags",
        "The share of the expected tags that stand exactly once.",
        (context, options) => new TagsGrader(context.Tags, options));

    /// <inheritdoc/>
    public string Explanation =>
        $"An equal share for each of {string.Join(", ", expected.Select(tag => tag.Text))} that stands exactly once{(options.OwnLines ? ", on a line of its own" : "")}; "
        + $"without {tags.ThinkOpen} where the prompt opened the thinking.";

    /// <inheritdoc/>
    public ValueTask<Verdict> GradeAsync(Item item, Verdicts earlier, CancellationToken cancellation) => new(Grade(item));

    private Verdict Grade(Item item)
    {
        var text = item.CompletionText ?? "";
        var asked = expected.AsSpan(tags.OpenedBy(item.Prompt.End) ? 1 : 0);
        var (right, fault) = (0, (string?)null);
        foreach (var tag in asked)
        {
            var wrong = tag.FaultIn(text);
            right += wrong is null ? 1 : 0;
            fault ??= wrong;
        }

        return Verdict.Scored((double)right / asked.Length, $"{right} of {asked.Length} tags stand once{(fault is null ? "" : $"; {fault}")}");
    }

    private sealed record ExpectedTag(string Text, bool BreakBefore, bool BreakAfter)
    {
        public string? FaultIn(string text)
        {
            var at = text.IndexOf(Text, StringComparison.Ordinal);
            return at < 0 ? $"{Text} is missing"
                : text.IndexOf(Text, at + Text.Length, StringComparison.Ordinal) >= 0 ? $"{Text} stands more than once"
                : BreakBefore && !text.AsSpan(0, at).EndsWith("\n", StringComparison.Ordinal) ? $"no line break stands before {Text}"
                : BreakAfter && !BeginsLine(text.AsSpan(at + Text.Length)) ? $"no line break stands after {Text}"
                : null;
        }

        private static bool BeginsLine(ReadOnlySpan<char> rest) => rest is ['\n', ..] or ['\r', '\n', ..];
    }
}
