using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders.Code;

namespace RewardServer.Grading.Graders.CodeFormat;

/// <summary>
/// Scores 1 where the response holds a fenced block that names the expected language, is closed and not empty; else 0. What the thinking
/// holds does not count. (After open-r1, <c>get_code_format_reward</c>; the tags around are the matter of "format" and "tags".)
/// </summary>
/// <param name="tags">The tags of the rubric.</param>
/// <param name="options">Which language, and whether anything else may stand beside the block.</param>
public sealed class CodeFormatGrader(ThinkTags tags, CodeFormatOptions options) : IGrader
{
    /// <summary>Its entry in the table of graders.</summary>
    public static GraderKind Kind { get; } = GraderKind.Of<CodeFormatOptions>(
        "code-format",
        "Whether the response gives its program in a fenced block of the expected language.",
        (context, options) => new CodeFormatGrader(context.Tags, options.Checked()));

    /// <inheritdoc/>
    public string Explanation =>
        $"1 where the response {(options.Only ? "is nothing but" : "holds")} a closed fenced block in {options.Language ?? "the task's language"}, else 0.";

    /// <inheritdoc/>
    public ValueTask<Verdict> GradeAsync(Item item, Verdicts earlier, CancellationToken cancellation) => new(Grade(item));

    private Verdict Grade(Item item)
    {
        if ((options.Language ?? (item.Task as CodeTask)?.Language) is not { } name)
        {
            return Verdict.Skipped("the task has no language of programs, and the rubric names none");
        }

        if (!CodeLanguage.All.TryGetValue(name, out var language))
        {
            return Verdict.Skipped($"'{name}' is not a language this server knows");
        }

        var fault = new FencedResponse(Response.Of(item, tags).Text, language, tags).Fault(options.Only);
        return fault is null
            ? Verdict.Scored(1, $"the response {(options.Only ? "is" : "holds")} a block in {name}")
            : Verdict.Scored(0, item.Truncated ? $"{fault}; the completion was cut off by its length limit" : fault);
    }
}
