using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders.Code;
using RewardServer.Grading.Graders.Maths;

namespace RewardServer.Grading.Graders.Accuracy;

/// <summary>
/// Whether the answer is right, by the check that the task's kind asks for
/// (DeepSeek-R1, section 2.2.2 "accuracy rewards").
/// </summary>
/// <param name="maths">Checks tasks of kind "math".</param>
/// <param name="code">Checks tasks of kind "code".</param>
public sealed class AccuracyGrader(MathsGrader maths, CodeGrader code) : IGrader
{
    /// <summary>Its entry in the table of graders.</summary>
    public static GraderKind Kind { get; } = GraderKind.Of<AccuracyOptions>(
        "accuracy",
        "Whether the final answer equals the gold (math), or the program passes its tests (code).",
        (context, options) => new AccuracyGrader(
            new MathsGrader(context.Tags, new AnswerPlaces(options.Places), options.ToMathOptions()) { Deduplication = context.Resources.Deduplication },
            new CodeGrader(context.Tags, options.ToCodeOptions(), context.Resources.Sandbox, context.Resources.Generated, context.Resources.Deduplication)));

    /// <inheritdoc/>
    public ValueTask<Verdict> GradeAsync(Item item, Verdicts earlier, CancellationToken cancellation) => item.Task switch
    {
        MathTask task => maths.GradeAsync(item, task, cancellation),
        CodeTask task => new(code.GradeAsync(item, task, cancellation)),
        var other => throw new NotSupportedException($"no check for a task of type {other.GetType().Name}"),
    };
}
