using RewardServer.Training.Policies;
using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;

namespace RewardServer.Cli.Train;

/// <summary>One plain line a step, for where nobody looks on: a file, a pipe, the log of a job.</summary>
internal sealed class TrainingLines(TextWriter output) : ITrainingObserver
{
    private Recipe? recipe;

    public void Started(Recipe recipe, PolicyShape shape)
    {
        this.recipe = recipe;
        var place = recipe.Stage is { } stage ? $", stage {stage.Number} of {stage.Count}, {stage.Name} from {stage.From}" : "";
        Write($"{recipe.Name}{place}: {Figures.Scaled(shape.Parameters).TrimEnd()} parameters, {shape.HiddenSize} wide, {shape.Layers} layers, {recipe.Method}");
    }

    public void Stepped(StepMetrics metrics)
    {
        var planned = metrics.Phase == Phases.Pretraining ? recipe?.Pretraining?.Steps : recipe?.Reinforcement.Optimization.Steps;
        Write(Line(metrics, planned ?? 0));
        if (metrics.Evaluation is { } evaluation)
        {
            Write($"{metrics.Phase} {metrics.Step} held-out: {Accuracy(evaluation)}, {Figures.Plain(evaluation.CompletionTokens)} tokens");
        }
    }

    public void StageEnded(StageSteps stage) =>
        Write($"stage {stage.Recipe.Stage!.Number}, {stage.Recipe.Stage.Name}, is done{(Evaluations.Of(stage.Steps).LastOrDefault() is { } last ? $": {Accuracy(last.Evaluation)}" : "")}, {Figures.Time(stage.Seconds)}");

    public void Message(string text) => Write(text);

    /// <summary>A step in one line.</summary>
    public static string Line(StepMetrics step, int planned)
    {
        var parts = new List<string> { $"{step.Phase} {step.Step}/{planned}", $"loss {Figures.Plain(step.Loss)}", $"grad {Figures.Plain(step.GradientNorm)}" };
        if (step.Rollouts is { } now)
        {
            parts.Add($"reward {Figures.Plain(now.Reward)} ({string.Join(", ", now.Components.Select(one => $"{one.Key} {Figures.Plain(one.Value)}"))})");
            parts.Add($"length {Figures.Plain(now.CompletionTokens)}");
            parts.Add($"entropy {Figures.Plain(now.Entropy)}");
            parts.AddRange(now.KullbackLeibler is { } divergence ? [$"kl {Figures.Plain(divergence)}"] : []);
            parts.AddRange(now.ExplainedVariance is { } explained ? [$"explained {Figures.Plain(explained)}"] : []);
            parts.Add($"clipped {Figures.Share(now.Clipped)}");
            parts.AddRange(now.Kept is { } kept ? [$"kept {kept}{(now.Rationalized is { } told ? $" ({told} told)" : "")}"] : []);
            parts.Add($"no spread {Figures.Share(now.WithoutSpread)}");
            parts.Add($"reflection {Figures.Plain(now.ReflectionWords)}");
            parts.Add($"generating {Figures.Plain(Math.Round(Figures.Rate(now.GeneratedTokens, now.GenerationSeconds)))} tokens/s");
        }

        parts.AddRange(step.PairAccuracy is { } pairs ? [$"pairs told {Figures.Share(pairs)}"] : []);
        parts.Add($"updating {Figures.Plain(Math.Round(Figures.Rate(step.TrainedTokens, step.UpdateSeconds)))} tokens/s");
        parts.Add(Figures.Time(step.Seconds));
        return string.Join("  ", parts);
    }

    private static string Accuracy(EvaluationMetrics evaluation) => string.Join(", ",
    [
        .. evaluation.Accuracy.Select(kind => $"{kind.Key} {Figures.Share(kind.Value)}"),
        .. evaluation.TestTime is { } tried && tried[^1] is { Votes: > 1, Accuracy.Count: > 0 } most ? [$"maj@{most.Votes} {Figures.Share(most.Accuracy.Values.Average())}"] : Array.Empty<string>(),
    ]);

    // A name or message may hold anything, and this is one line.
    private void Write(string line)
    {
        output.WriteLine(TerminalText.Safe(line).Replace('\n', ' '));
        output.Flush();
    }
}
