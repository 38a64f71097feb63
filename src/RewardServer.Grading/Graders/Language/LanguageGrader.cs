using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders.Language.Telling;

namespace RewardServer.Grading.Graders.Language;

/// <summary>
/// The share of the target language's words in the thinking (DeepSeek-R1, section 2.3.2, the language consistency reward: the number
/// of words in the target language over the number of words). A thinking without words scores 0, for it was the candidate
/// who wrote none; an item is skipped only where its prompt does not tell the target.
/// </summary>
public sealed class LanguageGrader : IGrader
{
    private readonly ThinkTags tags;
    private readonly LanguageOptions options;
    private readonly TargetLanguage targets;

    /// <param name="tags">The tags of the rubric.</param>
    /// <param name="options">Which language, and of which part.</param>
    public LanguageGrader(ThinkTags tags, LanguageOptions options) => (this.tags, this.options, targets) = (tags, options, new(options));

    /// <summary>Its entry in the table of graders.</summary>
    public static GraderKind Kind { get; } = GraderKind.Of<LanguageOptions>(
        "language",
        "The share of the words of the thinking that are in the language asked for, or in the prompt's.",
        (context, options) => new LanguageGrader(context.Tags, options.Checked()));

    private string PartName => options.Part switch
    {
        CompletionPart.Thinking => "thinking",
        CompletionPart.Response => "response",
        _ => "completion",
    };

    /// <inheritdoc/>
    public ValueTask<Verdict> GradeAsync(Item item, Verdicts earlier, CancellationToken cancellation) => new(Grade(item, cancellation));

    private Verdict Grade(Item item, CancellationToken cancellation) => targets.Of(item.Prompt, cancellation) is { } target
        ? Grade(options.Part == CompletionPart.Thinking ? EveryThinking.Of(item, tags) : Response.PartOf(item, tags, options.Part).ToString(), target, cancellation)
        : Verdict.Skipped("no target is given, and the prompt is not mostly in one language that can be told");

    private Verdict Grade(string text, WrittenLanguage target, CancellationToken cancellation)
    {
        var count = LanguageCount.Of(text, targets.Latin, cancellation);
        var details = count.Explain(target);
        if (count.Words == 0)
        {
            return Verdict.Scored(0, $"the {PartName} holds no words to count") with { Details = details };
        }

        var share = (double)details.TargetWords / details.Words;
        return Verdict.Scored(
            options.AtLeast is { } least ? (share >= least ? 1 : 0) : share,
            $"{details.TargetWords} of {details.Words} words of the {PartName} are {LanguageTags.Name(target)}") with { Details = details };
    }
}
