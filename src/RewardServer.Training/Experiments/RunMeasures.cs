using System.Collections.Immutable;
using RewardServer.Training.Reporting;

namespace RewardServer.Training.Experiments;

/// <summary>What a run had cost when it was measured, and what was found.</summary>
/// <param name="Cost">The cost so far, by axis.</param>
/// <param name="Values">What was found, by the names of <see cref="RunMeasures"/>.</param>
public sealed record MeasuredPoint(ImmutableDictionary<ExperimentAxis, double> Cost, ImmutableSortedDictionary<string, double> Values);

/// <summary>
/// What is measured of runs, all their stages one after the other: <c>accuracy</c>, the mean over kinds of problems, and <c>accuracy of KIND</c>, <c>tokens</c> a completion, and
/// where computing at test time is tried <c>maj@K</c> and <c>accuracy within N tokens</c>, on held-out problems; and of what was written to learn from since the measurement before, <c>reward</c>, <c>score of COMPONENT</c> of the rubric, and <c>entropy</c>.
/// </summary>
public static class RunMeasures
{
    /// <summary>The mean accuracy.</summary>
    public const string Accuracy = "accuracy";

    /// <summary>How a value of a measure is written.</summary>
    public static Func<double, string> Words(string measure) =>
        measure.StartsWith(Accuracy, StringComparison.Ordinal) || measure.StartsWith("maj@", StringComparison.Ordinal) ? Figures.Share : Figures.Plain;

    /// <summary>
    /// The measurements of a run, in order; what the policy was before it began to learn is the first. Measured is the policy of the last stage, and what those stages made that it comes of; others, such
    /// as a teacher's, cost what they cost.
    /// </summary>
    public static ImmutableArray<MeasuredPoint> Of(IReadOnlyList<StageSteps> stages)
    {
        var line = LineOf(stages);
        var points = ImmutableArray.CreateBuilder<MeasuredPoint>();
        var cost = Enum.GetValues<ExperimentAxis>().ToImmutableDictionary(axis => axis, _ => 0.0);
        var rollouts = new List<RolloutMetrics>();
        foreach (var (stage, step) in stages.SelectMany(stage => Learning(stage.Steps).Select(step => (stage, step))))
        {
            var measured = line.Contains(stage);
            if (step.Phase == Phases.Reinforcement && step.Step > 0)
            {
                cost = Enum.GetValues<ExperimentAxis>().ToImmutableDictionary(axis => axis, axis => cost[axis] + Cost(axis, step));
                rollouts.AddRange(measured && step.Rollouts is { } written ? [written] : []);
            }

            if (measured && step.Evaluation is { } evaluation)
            {
                points.Add(new(cost, Values(evaluation, rollouts)));
                rollouts.Clear();
            }
        }

        return points.ToImmutable();
    }

    // The last stage, that whose policy it began with, and so on.
    private static HashSet<StageSteps> LineOf(IReadOnlyList<StageSteps> stages)
    {
        var line = new HashSet<StageSteps>(ReferenceEqualityComparer.Instance);
        for (var stage = stages.Count > 0 ? stages[^1] : null; stage is not null && line.Add(stage);)
        {
            var from = stage.Recipe.Stage?.From;
            stage = stages.FirstOrDefault(other => other.Recipe.Stage?.Name == from && from is not null);
        }

        return line;
    }

    // Of pretraining, its end alone; and of a stage, which begins with what another ended with, nothing twice.
    private static IEnumerable<StepMetrics> Learning(IReadOnlyList<StepMetrics> steps)
    {
        var before = steps.LastOrDefault(step => step.Phase == Phases.Pretraining);
        return [.. before is null ? [] : new[] { before }, .. steps.Where(step => step.Phase == Phases.Reinforcement)];
    }

    private static double Cost(ExperimentAxis axis, StepMetrics step) => axis switch
    {
        ExperimentAxis.Steps => 1,
        ExperimentAxis.Seconds => step.UpdateSeconds + (step.Rollouts is { } seconds ? seconds.GenerationSeconds + seconds.RewardSeconds : 0),
        ExperimentAxis.Completions => step.Rollouts is { } written ? written.Completions + written.Unrewarded + (written.Told ?? 0) : 0,
        ExperimentAxis.Flops => step.UpdateFlops + (step.Rollouts?.GenerationFlops ?? 0),
        _ => throw new ArgumentOutOfRangeException(nameof(axis), axis, null),
    };

    private static ImmutableSortedDictionary<string, double> Values(EvaluationMetrics evaluation, List<RolloutMetrics> rollouts)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        if (evaluation.Accuracy.Count > 0)
        {
            values[Accuracy] = evaluation.Accuracy.Values.Average();
        }

        foreach (var (kind, share) in evaluation.Accuracy.Where(_ => evaluation.Accuracy.Count > 1))
        {
            values[$"{Accuracy} of {kind}"] = share;
        }

        values["tokens"] = evaluation.CompletionTokens;
        foreach (var point in evaluation.TestTime ?? [])
        {
            var longest = point.Budget == evaluation.TestTime!.Value[^1].Budget;
            if (point.Accuracy.Count > 0 && (longest || point.Votes == 1))
            {
                values[point.Votes > 1 ? $"maj@{point.Votes}" : $"{Accuracy} within {point.Budget} tokens"] = point.Accuracy.Values.Average();
            }
        }

        if (rollouts.Count > 0)
        {
            values["reward"] = rollouts.Average(now => now.Reward);
            values["entropy"] = rollouts.Average(now => now.Entropy);
            foreach (var component in rollouts.SelectMany(now => now.Components.Keys).Distinct())
            {
                values[$"score of {component}"] = rollouts.Average(now => now.Components.GetValueOrDefault(component, double.NaN));
            }
        }

        return values.ToImmutable();
    }
}
