using System.Collections.Immutable;

namespace RewardServer.Training.Reporting;

/// <summary>An evaluation, and when it was made.</summary>
/// <param name="Phase">In which phase.</param>
/// <param name="Step">After which step; 0 for before the first.</param>
/// <param name="Evaluation">What it found.</param>
public sealed record EvaluationPoint(string Phase, int Step, EvaluationMetrics Evaluation);

/// <summary>Finds the evaluations of a run.</summary>
public static class Evaluations
{
    /// <summary>All, in order.</summary>
    public static ImmutableArray<EvaluationPoint> Of(IEnumerable<StepMetrics> steps) =>
        [.. steps.Where(step => step.Evaluation is not null).Select(step => new EvaluationPoint(step.Phase, step.Step, step.Evaluation!))];

    /// <summary>Those of reinforcement. What pretraining ended with stands before them, at step 0, where no evaluation of their own does.</summary>
    public static ImmutableArray<EvaluationPoint> OfReinforcement(IEnumerable<StepMetrics> steps)
    {
        var all = Of(steps);
        var own = all.Where(one => one.Phase == Phases.Reinforcement).ToArray();
        var before = all.LastOrDefault(one => one.Phase == Phases.Pretraining);
        return own.FirstOrDefault()?.Step == 0 || before is null ? [.. own] : [before with { Step = 0 }, .. own];
    }

    /// <summary>The kinds of problems that occur in them, in order.</summary>
    public static ImmutableArray<string> Kinds(IEnumerable<EvaluationPoint> evaluations) =>
        [.. evaluations.SelectMany(one => one.Evaluation.Accuracy.Keys).Distinct().Order(StringComparer.Ordinal)];
}
