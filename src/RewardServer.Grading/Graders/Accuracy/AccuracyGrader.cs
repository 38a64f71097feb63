using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code;
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
    private readonly AnswerGraders answers;

    private AccuracyGrader(GraderContext context, AccuracyOptions options)
    {
        maths = new(context.Tags, options.AnswerPlaces, options.ToMathOptions());
        code = new(context.Tags, options.ToCodeOptions(), context.Resources.Sandbox, context.Resources.Generated);
        answers = new(context.Tags, options);
    }

    /// <summary>Its entry in the table of graders.</summary>
    public static GraderKind Kind { get; } = GraderKind.Of<AccuracyOptions>(
        "accuracy",
        "Whether the final answer is right (math, number, choice, text, pattern, json), or the program passes its tests (code).",
        (context, options) => new AccuracyGrader(context, options));

    /// <inheritdoc/>
    public ValueTask<Verdict> GradeAsync(Item item, Verdicts earlier, CancellationToken cancellation) => item.Task switch
    {
        MathTask task => new(maths.Grade(item, task)),
        CodeTask task => new(code.GradeAsync(item, task, cancellation)),
        var other => new(answers.Grade(item) ?? throw new NotSupportedException($"no check for a task of type {other.GetType().Name}")),
    };
}
