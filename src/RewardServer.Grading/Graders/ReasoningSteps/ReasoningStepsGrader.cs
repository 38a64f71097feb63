using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Graders.ReasoningSteps;

/// <summary>
/// How many steps a completion sets apart, of three: min(1, steps / 3). (open-r1, <c>reasoning_steps_reward</c>, which asks for three
/// "to encourage 3 steps and more".)
/// </summary>
/// <param name="tags">The tags of the rubric.</param>
/// <param name="options">How many steps are asked for, and where.</param>
public sealed class ReasoningStepsGrader(ThinkTags tags, ReasoningStepsOptions options) : IGrader
{
    /// <summary>Its entry in the table of graders.</summary>
    public static GraderKind Kind { get; } = GraderKind.Of<ReasoningStepsOptions>(
        "reasoning-steps",
        "How many steps the completion sets apart, of three.",
        (context, options) => new ReasoningStepsGrader(context.Tags, options.Checked()),
        defaultWeight: 0);

    /// <inheritdoc/>
    public string Explanation => $"Steps (\"Step 1:\", \"2.\" or a bullet at the start of a line, \"First,\", 首先, …) of {options.Steps} that earn 1.";

    /// <inheritdoc/>
    public ValueTask<Verdict> GradeAsync(Item item, Verdicts earlier, CancellationToken cancellation)
    {
        var counts = StepMarks.Count(Response.PartOf(item, tags, options.Part));
        var steps = counts.Numbered + counts.Bulleted + counts.Worded;
        return new(Verdict.Scored(Math.Min(1, (double)steps / options.Steps), $"{steps} step{(steps == 1 ? "" : "s")} of {options.Steps}") with { Details = counts });
    }
}

/// <summary>The steps that the grader "reasoning-steps" counted.</summary>
/// <param name="Numbered">Lines that begin with a number: "2.", "3)".</param>
/// <param name="Bulleted">Lines that begin with a bullet.</param>
/// <param name="Worded">"Step 1:", "First,", 首先, and the like.</param>
public sealed record ReasoningStepsDetails(int Numbered, int Bulleted, int Worded);
