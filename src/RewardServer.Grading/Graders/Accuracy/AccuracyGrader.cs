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
    private readonly MathsGrader maths;
    private readonly CodeGrader code;
    private readonly LogicGrader logic;

    private AccuracyGrader(GraderContext context, AccuracyOptions options)
    {
        var resources = context.Resources;
        maths = new(context.Tags, new AnswerPlaces(options.Places), options.ToMathOptions()) { Deduplication = resources.Deduplication };
        code = new(context.Tags, options.ToCodeOptions(), resources.Sandbox, resources.Generated, resources.Deduplication);
        logic = new(context.Tags);
    }

    /// <summary>Its entry in the table of graders.</summary>
    public static GraderKind Kind { get; } = GraderKind.Of<AccuracyOptions>(
        "accuracy",
        "Whether the final answer is right (math), the program passes its tests (code), or the puzzle's constraints are kept (logic).",
        (context, options) => options.WithJudge(context, new AccuracyGrader(context, options)));

    /// <inheritdoc/>
    public ValueTask<Verdict> GradeAsync(Item item, Verdicts earlier, CancellationToken cancellation) => item.Task switch
    {
        MathTask task => maths.GradeAsync(item, task, cancellation),
        CodeTask task => new(code.GradeAsync(item, task, cancellation)),
        LogicTask task => new(logic.Grade(item, task)),
        JudgeTask => new(Verdict.Skipped("no rule decides a task of kind judge; the grader judge does")),
        var other => throw new NotSupportedException($"no check for a task of type {other.GetType().Name}"),
    };
}
