using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code;
using RewardServer.Grading.Graders.Code.Generation;
using RewardServer.Grading.Graders.Efficiency.Growth;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Grading.Graders.Efficiency;

/// <summary>
/// How fast a right program is beside the task's reference or baseline. What it is compared with is found before the
/// candidate is looked at, so that no candidate decides whether an item counts.
/// </summary>
public sealed class EfficiencyGrader : IGrader
{
    private readonly EfficiencyOptions options;
    private readonly SandboxPool sandbox;
    private readonly CodeGrader code;
    private readonly GeneratedTestStore generated;
    private readonly Yardsticks yardsticks;
    private readonly GrowthMeasurement growth;

    /// <param name="context">What the rubric and the server give.</param>
    /// <param name="options">How fast is fast.</param>
    public EfficiencyGrader(GraderContext context, EfficiencyOptions options)
    {
        (this.options, sandbox, generated) = (options, context.Resources.Sandbox, context.Resources.Generated);

        // The first failure is enough to know that nothing is earned.
        code = new(context.Tags, new() { StopAtFirstFailure = true, Extraction = options.Extraction }, context.Resources.Sandbox, generated);
        yardsticks = context.Resources.Yardsticks;
        growth = new(context.Resources.Sandbox, generated);
    }

    /// <summary>Its entry in the table of graders.</summary>
    public static GraderKind Kind { get; } = GraderKind.Of<EfficiencyOptions>(
        "efficiency",
        "How fast a right program is beside the task's reference or baseline.",
        (context, options) => new EfficiencyGrader(context, options.Checked()));

    private bool NeedsGrowth => options.Growth || options.GrowthAtMost is not null;

    /// <inheritdoc/>
    public async ValueTask<Verdict> GradeAsync(Item item, Verdicts earlier, CancellationToken cancellation)
    {
        if (item.Task is not CodeTask given)
        {
            return Verdict.Skipped("only programs have a speed");
        }

        // Times of different inputs are no comparison: fresh tests are for the check of what is right.
        var task = given with { Generated = given.Generated is { } fresh ? fresh with { Fresh = false } : null };
        var (yardstick, sizes, fault) = await PrepareAsync(task, cancellation).ConfigureAwait(false);
        if (fault is not null)
        {
            return fault;
        }

        var right = await code.GradeAsync(item, task, cancellation).ConfigureAwait(false);
        return right.Outcome != Outcome.Scored ? right
            : right is { Score: 1, Details: CodeDetails { Program: { } program } } ? await MeasureAsync(task, program, yardstick!, sizes, cancellation).ConfigureAwait(false)
            : Verdict.Scored(0, $"only a right program earns it: {right.Reason}");
    }

    private async Task<(IYardstick? Yardstick, MadeTests? Sizes, Verdict? Fault)> PrepareAsync(CodeTask task, CancellationToken cancellation)
    {
        await sandbox.LookAgainAsync(task.Language, cancellation).ConfigureAwait(false);
        if (new Judgeability(sandbox, task).Fault() is { } reason)
        {
            return (null, null, Verdict.Skipped(reason));
        }

        if (options.GrowthAtMost is not null && task.Generated is null)
        {
            return (null, null, Verdict.Skipped("the task has no generated tests, on which growth could be measured"));
        }

        var made = await generated.OfAsync(task, cancellation).ConfigureAwait(false);
        if (made?.Fault is { } unmade)
        {
            return (null, null, unmade);
        }

        var yardstick = await yardsticks.OfAsync(task, task.Tests.AddRange(made?.Tests ?? []), cancellation).ConfigureAwait(false);
        var sizes = NeedsGrowth && made is not null ? await growth.TestsOfAsync(task, cancellation).ConfigureAwait(false) : null;
        return (yardstick, sizes, yardstick.Fault ?? sizes?.Fault);
    }

    private async Task<Verdict> MeasureAsync(CodeTask task, CandidateProgram program, IYardstick yardstick, MadeTests? sizes, CancellationToken cancellation)
    {
        var (measured, fault) = await PatientMeasurement.MeasureAsync(yardstick, program, options, cancellation).ConfigureAwait(false);
        if (measured is null)
        {
            return fault!;
        }

        var (grown, failure) = sizes is null ? (null, null) : await growth.MeasureAsync(program, task, sizes, cancellation).ConfigureAwait(false);
        if (failure is not null)
        {
            return failure;
        }

        var (score, reason) = grown?.Low > options.GrowthAtMost ? (0, "the time grows faster with the size than asked for") : EfficiencyScore.Of(measured, options);
        return Verdict.Scored(score, reason) with { Details = new EfficiencyDetails(yardstick.Test, EfficiencyMeasures.Of(measured) with { Growth = grown }) };
    }
}
