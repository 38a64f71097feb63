namespace RewardServer.Training.Reporting.Html;

/// <summary>The curves of a run.</summary>
internal static class RunCharts
{
    /// <summary>Those of reinforcement. What the base model could stands at step 0.</summary>
    public static IEnumerable<Chart> OfReinforcement(IReadOnlyList<StepMetrics> steps)
    {
        var evaluations = Evaluations.OfReinforcement(steps);
        var rollouts = steps.Where(step => step.Rollouts is not null).ToArray();
        // What is sampled alone moves nothing.
        var updates = steps.Where(step => step.Phase == Phases.Reinforcement && step.UpdateFlops > 0).ToArray();
        var components = rollouts.SelectMany(step => step.Rollouts!.Components.Keys).Distinct().Order(StringComparer.Ordinal);

        yield return Accuracy(evaluations);
        foreach (var chart in TestTimeCharts.Of(evaluations))
        {
            yield return chart;
        }

        yield return new("Reward", "Mean of a step's completions, and the mean score of each component of the rubric.", Figures.Plain,
            [Of("reward", rollouts, now => now.Reward), .. components.Select(name => Of(name, rollouts, now => now.Components.GetValueOrDefault(name, double.NaN)))]);
        yield return new("Completion length", "Mean tokens: of the step's completions, and of those on held-out problems.", Figures.Plain,
            Of("rollouts", rollouts, now => now.CompletionTokens), new("held-out", [.. evaluations.Select(one => new CurvePoint(one.Step, one.Evaluation.CompletionTokens))]));
        yield return new("Reflection words", "Mean a completion: \"wait\", \"let me check\" and their like.", Figures.Plain, Of("words", rollouts, now => now.ReflectionWords));
        yield return new("Entropy", "Mean of the policy over the tokens of the completions, in nats.", Figures.Plain, Of("entropy", rollouts, now => now.Entropy));
        yield return new("Divergence from the reference", "Mean a token, in nats (k3).", Figures.Plain, Of("KL", [.. rollouts.Where(step => step.Rollouts!.KullbackLeibler is not null)], now => now.KullbackLeibler!.Value));
        yield return new("Shares", "Tokens whose ratio was clipped; groups all of whose rewards are equal; completions cut off by the limit.", Figures.Share,
            Of("clipped tokens", rollouts, now => now.Clipped), Of("groups without spread", rollouts, now => now.WithoutSpread), Of("cut off", rollouts, now => now.Truncated));
        yield return new("Critic", "Share of the variance of what came that the critic had expected.", Figures.Plain, Of("explained variance", [.. rollouts.Where(step => step.Rollouts!.ExplainedVariance is not null)], now => now.ExplainedVariance!.Value));
        yield return new("Kept", "Completions that were kept of those that were written.", Figures.Plain, Of("kept", [.. rollouts.Where(step => step.Rollouts!.Kept is not null)], now => now.Kept!.Value));
        yield return new("Pairs", "Share whose better completion was told from the worse, before they were learned from.", Figures.Share, Each("told right", updates.Where(step => step.PairAccuracy is not null), step => step.PairAccuracy!.Value));
        yield return new("Loss and gradient", "The loss, and the norm of its gradient before clipping.", Figures.Plain,
            Each("loss", updates, step => step.Loss), Each("gradient norm", updates, step => step.GradientNorm));
        yield return new("Speed", "Tokens a second: generated while generating, trained on while updating.", Figures.Plain,
            Of("generating", rollouts, now => Figures.Rate(now.GeneratedTokens, now.GenerationSeconds)), Each("updating", updates, UpdateRate));
    }

    /// <summary>Those of pretraining.</summary>
    public static IEnumerable<Chart> OfPretraining(IReadOnlyList<StepMetrics> steps)
    {
        var own = steps.Where(step => step.Phase == Phases.Pretraining).ToArray();
        yield return new("Loss", "Cross-entropy a token, in nats.", Figures.Plain, Each("loss", own, step => step.Loss));
        yield return new("Gradient norm", "Before clipping.", Figures.Plain, Each("gradient norm", own, step => step.GradientNorm));
        yield return Accuracy(Evaluations.Of(own));
        yield return new("Speed", "Tokens a second.", Figures.Plain, Each("updating", own, UpdateRate));
    }

    private static Chart Accuracy(IReadOnlyList<EvaluationPoint> evaluations) =>
        new("Held-out accuracy", "Share of right answers to problems that are never trained on, by kind.", Figures.Share,
            [.. Evaluations.Kinds(evaluations).Select(kind => new Curve(kind, [.. evaluations.Where(one => one.Evaluation.Accuracy.ContainsKey(kind)).Select(one => new CurvePoint(one.Step, one.Evaluation.Accuracy[kind]))]))]);

    private static double UpdateRate(StepMetrics step) => Figures.Rate(step.TrainedTokens, step.UpdateSeconds);

    private static Curve Of(string name, IEnumerable<StepMetrics> steps, Func<RolloutMetrics, double> value) => Each(name, steps, step => value(step.Rollouts!));

    private static Curve Each(string name, IEnumerable<StepMetrics> steps, Func<StepMetrics, double> value) =>
        new(name, [.. steps.Select(step => new CurvePoint(step.Step, value(step)))]);
}
