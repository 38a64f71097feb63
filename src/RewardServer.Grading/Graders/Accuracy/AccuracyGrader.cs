using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders.Code;
using RewardServer.Grading.Graders.Logic;
using RewardServer.Grading.Graders.Maths;

namespace RewardServer.Grading.Graders.Accuracy;

/// <summary>
/// Whether the answer is right, by the check that the task's kind asks for
/// (DeepSeek-R1, section 2.2.2 "accuracy rewards").
/// </summary>
public sealed class AccuracyGrader : IGrader
{
    private readonly ThinkTags tags;
    private readonly MathsGrader maths;
    private readonly CodeGrader code;
    private readonly LogicGrader logic;
    private readonly AnswerGraders answers;

    private AccuracyGrader(GraderContext context, AccuracyOptions options)
    {
        tags = context.Tags;
        var resources = context.Resources;
        maths = new(context.Tags, options.AnswerPlaces, options.ToMathOptions()) { Deduplication = resources.Deduplication };
        code = new(context.Tags, options.ToCodeOptions(), resources.Sandbox, resources.Generated, resources.Deduplication);
        logic = new(context.Tags);
        answers = new(context.Tags, options);
    }

    /// <summary>Its entry in the table of graders.</summary>
    public static GraderKind Kind { get; } = GraderKind.Of<AccuracyOptions>(
        "accuracy",
        "Whether the final answer is right (math, number, choice, text, pattern, json), the program passes its tests (code), or the puzzle's constraints are kept (logic).",
        (context, options) => options.WithJudge(context, new AccuracyGrader(context, options)));

    /// <inheritdoc/>
    public bool RunsPrograms => true;

    /// <inheritdoc/>
    public async ValueTask<Verdict> GradeAsync(Item item, Verdicts earlier, CancellationToken cancellation)
    {
        var verdict = await CheckAsync(item, cancellation).ConfigureAwait(false);
        return CopiedPrompt.IsResponseOf(item, tags) ? verdict with { Signals = verdict.Signals.Add(Signal.CopiedPrompt) } : verdict;
    }

    private ValueTask<Verdict> CheckAsync(Item item, CancellationToken cancellation) => item.Task switch
    {
        MathTask task => maths.GradeAsync(item, task, cancellation),
        CodeTask task => new(code.GradeAsync(item, task, cancellation)),
        LogicTask task => new(logic.Grade(item, task)),
        JudgeTask => new(Verdict.Skipped("no rule decides a task of kind judge; the grader judge does")),
        var other => new(answers.Grade(item) ?? throw new NotSupportedException($"no check for a task of type {other.GetType().Name}")),
    };
}
