using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders.Judge.Showing;

namespace RewardServer.Grading.Graders.Judge;

/// <summary>How good a response is by a model that the server's owner has named, for tasks that no rule decides.</summary>
public sealed class JudgeGrader : IGrader
{
    private const string DefaultCriteria = "How helpful, correct and clear the response is.";

    private readonly ThinkTags tags;
    private readonly JudgeOptions options;
    private readonly JudgeModel judge;
    private readonly Deduplication shared;

    internal JudgeGrader(GraderContext context, JudgeOptions options)
    {
        (tags, this.options, shared) = (context.Tags, options, context.Resources.Deduplication);
        judge = options.Named(context.Resources.Judges);
    }

    /// <summary>Its entry in the table of graders.</summary>
    public static GraderKind Kind { get; } = GraderKind.Of<JudgeOptions>(
        "judge",
        "How good the response is by a judge that the server's owner has named: a chat model, a classifier or a reward model.",
        (context, options) => new JudgeGrader(context, options));

    /// <inheritdoc/>
    public bool WaitsElsewhere => true;

    /// <inheritdoc/>
    public async ValueTask<Verdict> GradeAsync(Item item, Verdicts earlier, CancellationToken cancellation)
    {
        var text = Response.PartOf(item, tags, options.Part).ToString();
        var question = new JudgeQuestion(item.Prompt, text, ReferenceOf(item.Task), Criteria(item.Task));
        var judged = await judge.JudgeAsync(question, item.Anew ? null : shared, cancellation).ConfigureAwait(false);
        var details = JudgeDetails.Of(judge, judged);
        return judged.End switch
        {
            JudgementEnd.Given => Verdict.Scored(judged.Value, judged.Reason) with { Details = details, Signals = [.. SignalsOf(text, judge), .. Copied(item)] },
            JudgementEnd.Broken => Verdict.Scored(0, judged.Reason) with { Details = details, Signals = [Signal.JudgeInjection, .. Copied(item)] },
            JudgementEnd.Unjudgeable => Verdict.Skipped(judged.Reason),
            _ => Verdict.Failed(judged.Reason),
        };
    }

    /// <summary>The signals of a text that a judge is shown.</summary>
    internal static ImmutableArray<string> SignalsOf(string text, JudgeModel judge) =>
        InjectionSigns.StandIn(NeutralText.Cut(text, judge.MaxCharacters, "")) ? [Signal.JudgeInjection] : [];

    // A judge may well find a prompt that is said again a fine text, and no rule stands beside it.
    private ImmutableArray<string> Copied(Item item) => CopiedPrompt.IsResponseOf(item, tags) ? [Signal.CopiedPrompt] : [];

    private static string? ReferenceOf(GradingTask task) => task switch
    {
        JudgeTask judged => judged.Reference,
        MathTask maths => maths.GoldText,
        _ => null,
    };

    private string Criteria(GradingTask task) =>
        string.Join("\n", new[] { options.Criteria, (task as JudgeTask)?.Criteria }.Where(text => !string.IsNullOrWhiteSpace(text)).DefaultIfEmpty(DefaultCriteria));
}
