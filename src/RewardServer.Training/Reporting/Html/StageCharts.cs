using System.Collections.Immutable;

namespace RewardServer.Training.Reporting.Html;

/// <summary>Curves over all stages: their steps one after the other, with a gap between.</summary>
internal static class StageCharts
{
    /// <summary>The charts.</summary>
    public static IEnumerable<Chart> Of(IReadOnlyList<StageSteps> stages)
    {
        var evaluations = stages.SelectMany(stage => Evaluations.OfReinforcement(stage.Steps)).ToArray();
        var components = stages.SelectMany(stage => stage.Steps).SelectMany(step => step.Rollouts?.Components.Keys ?? []).Distinct().Order(StringComparer.Ordinal);
        yield return new("Held-out accuracy", "Share of right answers to problems that are never trained on, by kind.", Figures.Share,
            [.. Evaluations.Kinds(evaluations).Select(kind => Over(kind, stages, steps => Evaluated(steps, one => one.Accuracy.GetValueOrDefault(kind, double.NaN))))]);
        yield return new("Reward", "Mean of a step's completions by its stage's own rewards, and the mean score of each component.", Figures.Plain,
            [Over("reward", stages, steps => Rolled(steps, now => now.Reward)), .. components.Select(name => Over(name, stages, steps => Rolled(steps, now => now.Components.GetValueOrDefault(name, double.NaN))))]);
        yield return new("Completion length", "Mean tokens of answers to held-out problems.", Figures.Plain, Over("held-out", stages, steps => Evaluated(steps, one => one.CompletionTokens)));
        yield return new("Reflection words", "Mean a completion: \"wait\", \"let me check\" and their like.", Figures.Plain, Over("words", stages, steps => Rolled(steps, now => now.ReflectionWords)));
    }

    private static Curve Over(string name, IReadOnlyList<StageSteps> stages, Func<IReadOnlyList<StepMetrics>, IEnumerable<CurvePoint>> of)
    {
        var (points, before) = (ImmutableArray.CreateBuilder<CurvePoint>(), 0);
        foreach (var stage in stages)
        {
            points.AddRange(of(stage.Steps).Select(point => point with { Step = before + point.Step }));
            before += stage.Steps.LastOrDefault(step => step.Phase == Phases.Reinforcement)?.Step ?? 0;
            // No line joins a stage with the next, which may begin with another policy.
            points.Add(new(before, double.NaN));
        }

        return new(name, points.ToImmutable());
    }

    private static IEnumerable<CurvePoint> Evaluated(IReadOnlyList<StepMetrics> steps, Func<EvaluationMetrics, double> value) =>
        Evaluations.OfReinforcement(steps).Select(one => new CurvePoint(one.Step, value(one.Evaluation)));

    private static IEnumerable<CurvePoint> Rolled(IReadOnlyList<StepMetrics> steps, Func<RolloutMetrics, double> value) =>
        steps.Where(step => step.Rollouts is not null).Select(step => new CurvePoint(step.Step, value(step.Rollouts!)));
}
