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
/// <param name="maths">Checks tasks of kind "math".</param>
/// <param name="code">Checks tasks of kind "code".</param>
/// <param name="logic">Checks tasks of kind "logic".</param>
public sealed class AccuracyGrader(MathsGrader maths, CodeGrader code, LogicGrader logic) : IGrader
{
    /// <summary>Its entry in the table of graders.</summary>
    public static GraderKind Kind { get; } = GraderKind.Of<AccuracyOptions>(
        "accuracy",
        "Whether the final answer equals the gold (math), the program passes its tests (code), or the puzzle's constraints are kept (logic).",
        (context, options) => new AccuracyGrader(
            new MathsGrader(context.Tags, new AnswerPlaces(options.Places), options.ToMathOptions()),
            new CodeGrader(context.Tags, options.ToCodeOptions(), context.Resources.Sandbox, context.Resources.Generated),
            new LogicGrader(context.Tags)));

    /// <inheritdoc/>
    public ValueTask<Verdict> GradeAsync(Item item, Verdicts earlier, CancellationToken cancellation) => item.Task switch
    {
        MathTask task => new(maths.Grade(item, task)),
        LogicTask task => new(logic.Grade(item, task)),
        CodeTask task => new(code.GradeAsync(item, task, cancellation)),
        var other => throw new NotSupportedException($"no check for a task of type {other.GetType().Name}"),
    };
}
