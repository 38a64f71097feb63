using RewardServer.Training.Reporting;

namespace RewardServer.Cli.Train;

/// <summary>One row of the page: a measure now, and how it went.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Now">What it is now, in words.</param>
/// <param name="Course">Its values from the first step to the last.</param>
internal sealed record TrainingMeasure(string Name, string Now, IReadOnlyList<double> Course);

/// <summary>The measures of the phase that a run is in.</summary>
internal static class TrainingMeasures
{
    public static IEnumerable<TrainingMeasure> Of(TrainingPageState state)
    {
        if (state.Now is not { } now)
        {
            return HeldOut(state, Phases.Reinforcement);
        }

        var steps = state.PhaseSteps.ToArray();
        return [.. now.Rollouts is null ? Loss(now, steps) : Rewards(now.Rollouts, steps), .. Pairs(now, steps), .. HeldOut(state, now.Phase),
            .. now.Rollouts is null ? [] : Rollouts(now.Rollouts, steps), .. Work(state, now, steps)];
    }

    private static IEnumerable<TrainingMeasure> Loss(StepMetrics now, StepMetrics[] steps) =>
    [
        new("loss", now.PairAccuracy is null ? $"{Figures.Plain(now.Loss)} nats a token" : Figures.Plain(now.Loss), [.. steps.Select(step => step.Loss)]),
        new("gradient norm", Figures.Plain(now.GradientNorm), [.. steps.Select(step => step.GradientNorm)]),
        new("learning rate", Figures.Plain(now.LearningRate), [.. steps.Select(step => step.LearningRate)]),
    ];

    private static TrainingMeasure[] Pairs(StepMetrics now, StepMetrics[] steps) =>
        now.PairAccuracy is { } told ? [new("pairs told", Figures.Share(told), [.. steps.Select(step => step.PairAccuracy ?? double.NaN)])] : [];

    private static IEnumerable<TrainingMeasure> Rewards(RolloutMetrics now, StepMetrics[] steps) =>
    [
        new("reward", $"{Figures.Plain(now.Reward)} ± {Figures.Plain(now.RewardDeviation)}{(now.Unrewarded > 0 ? $", {now.Unrewarded} without" : "")}", Course(steps, one => one.Reward)),
        .. now.Components.Select(component => new TrainingMeasure(
            "  " + component.Key, Figures.Plain(component.Value), Course(steps, one => one.Components.GetValueOrDefault(component.Key, double.NaN)))),
    ];

    /// <summary>What stages that have ended came to, one measure each.</summary>
    public static IEnumerable<TrainingMeasure> OfStages(TrainingPageState state) => state.EndedStages.Select(ended =>
    {
        var found = Evaluations.Of(ended.Steps);
        return new TrainingMeasure(
            $"{ended.Recipe.Stage!.Number} {ended.Recipe.Stage.Name}",
            $"{(found.LastOrDefault() is { } last ? string.Join(", ", last.Evaluation.Accuracy.Select(kind => $"{kind.Key} {Figures.Share(kind.Value)}")) : "not measured")}, {Figures.Time(ended.Seconds)}",
            [.. found.Select(one => one.Evaluation.Accuracy.Values.DefaultIfEmpty(double.NaN).Average())]);
    });

    private static IEnumerable<TrainingMeasure> HeldOut(TrainingPageState state, string phase)
    {
        var found = state.Evaluations.Where(one => one.Phase == phase || one.Phase == Phases.Pretraining).ToArray();
        foreach (var kind in Evaluations.Kinds(found))
        {
            double[] course = [.. found.Where(one => one.Evaluation.Accuracy.ContainsKey(kind)).Select(one => one.Evaluation.Accuracy[kind])];
            yield return new($"held-out {kind}", $"{Figures.Share(course[^1])}{(course.Length > 1 ? $", from {Figures.Share(course[0])}" : "")}", course);
        }
    }

    private static IEnumerable<TrainingMeasure> Rollouts(RolloutMetrics now, StepMetrics[] steps) =>
    [
        new("completion length", $"{Figures.Plain(now.CompletionTokens)} tokens, {Figures.Share(now.Truncated)} cut off", Course(steps, one => one.CompletionTokens)),
        new("entropy", $"{Figures.Plain(now.Entropy)} nats", Course(steps, one => one.Entropy)),
        new("KL", now.KullbackLeibler is { } divergence ? $"{Figures.Plain(divergence)} nats" : "no reference", Course(steps, one => one.KullbackLeibler ?? double.NaN)),
        .. now.ExplainedVariance is { } explained ? [new TrainingMeasure("critic explains", Figures.Plain(explained), Course(steps, one => one.ExplainedVariance ?? double.NaN))] : Array.Empty<TrainingMeasure>(),
        .. now.Kept is { } kept ? [new TrainingMeasure("kept", $"{kept}{(now.Rationalized is { } told ? $", {told} told" : "")}", Course(steps, one => one.Kept ?? double.NaN))] : Array.Empty<TrainingMeasure>(),
        new("clipped tokens", Figures.Share(now.Clipped), Course(steps, one => one.Clipped)),
        new("groups with no spread", Figures.Share(now.WithoutSpread), Course(steps, one => one.WithoutSpread)),
        new("reflection words", $"{Figures.Plain(now.ReflectionWords)} a completion", Course(steps, one => one.ReflectionWords)),
    ];

    private static IEnumerable<TrainingMeasure> Work(TrainingPageState state, StepMetrics now, StepMetrics[] steps)
    {
        if (now.Rollouts is { } rollouts)
        {
            yield return new(
                "generating",
                Speed(rollouts.GeneratedTokens, rollouts.GenerationFlops, rollouts.GenerationSeconds, state.Steps.Sum(step => step.Rollouts?.GenerationFlops ?? 0)),
                Course(steps, one => Figures.Rate(one.GeneratedTokens, one.GenerationSeconds)));
        }

        yield return new(
            "updating",
            Speed(now.TrainedTokens, now.UpdateFlops, now.UpdateSeconds, state.Steps.Sum(step => step.UpdateFlops)),
            [.. steps.Select(step => Figures.Rate(step.TrainedTokens, step.UpdateSeconds))]);
        var times = StepTimes.Of(now, state.Steps.Count > 1 ? state.Steps[^2] : null);
        yield return new("time", times.All > 0 ? $"{TimeSplit(times)} of {Figures.Plain(times.All)} s" : "none", []);
    }

    /// <summary>Where the time of a step went, in words.</summary>
    public static string TimeSplit(StepTimes times) => string.Join(", ", new[]
    {
        ("generating", times.Generation), ("rewards", times.Rewards), ("updating", times.Update), ("rest", times.Rest),
    }.Select(part => $"{part.Item1} {Figures.Share(Math.Round(Figures.Rate(part.Item2, times.All), 2))}"));

    private static string Speed(long tokens, double flops, double seconds, double all) =>
        $"{Figures.Plain(Math.Round(Figures.Rate(tokens, seconds)))} tokens/s, {Figures.Scaled(Figures.Rate(flops, seconds))}FLOP/s, {Figures.Scaled(all)}FLOP in all";

    private static double[] Course(StepMetrics[] steps, Func<RolloutMetrics, double> value) =>
        [.. steps.Select(step => step.Rollouts is { } rollouts ? value(rollouts) : double.NaN)];
}
