using System.Collections.Immutable;
using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;

namespace RewardServer.Training.Tests.Reporting;

/// <summary>Steps as a run has them.</summary>
internal static class Steps
{
    /// <summary>The built-in recipe with numbers of steps that tests can rely on.</summary>
    public static Recipe R1Zero { get; } = WithSteps(Recipe.Named("r1-zero"));

    private static Recipe WithSteps(Recipe recipe) => recipe with
    {
        Pretraining = recipe.Pretraining! with { Steps = 1500 },
        Reinforcement = recipe.Reinforcement with { Optimization = recipe.Reinforcement.Optimization with { Steps = 200 } },
    };

    public static StepMetrics Pretraining(int step, EvaluationMetrics? evaluation = null) => new()
    {
        Phase = Phases.Pretraining,
        Step = step,
        Seconds = step,
        Loss = 3.0 / step,
        GradientNorm = 0.5,
        LearningRate = 2e-3,
        TrainedTokens = 8000,
        UpdateSeconds = 0.5,
        UpdateFlops = 4e10,
        Evaluation = evaluation,
    };

    public static StepMetrics Reinforcement(int step, EvaluationMetrics? evaluation = null) => new()
    {
        Phase = Phases.Reinforcement,
        Step = step,
        Seconds = 100 + 2 * step,
        Loss = -0.01 * step,
        GradientNorm = 0.7,
        LearningRate = 1e-3,
        TrainedTokens = 12_000,
        UpdateSeconds = 0.8,
        UpdateFlops = 6e10,
        Rollouts = new()
        {
            Completions = 250,
            Unrewarded = 6,
            Reward = 0.25 + 0.01 * step,
            RewardDeviation = 0.4,
            Components = ImmutableSortedDictionary<string, double>.Empty.Add("accuracy", 0.2).Add("format", 0.3 + 0.01 * step),
            CompletionTokens = 45 + step,
            Truncated = 0.02,
            Entropy = 0.8,
            KullbackLeibler = 0.0012,
            Clipped = 0.012,
            WithoutSpread = 0.22,
            ReflectionWords = 0.41,
            GeneratedTokens = 11_500,
            GenerationSeconds = 0.9,
            RewardSeconds = 0.1,
            GenerationFlops = 2e10,
        },
        Evaluation = evaluation,
    };

    public static EvaluationMetrics Evaluation(double accuracy, params ImmutableArray<Sample> samples) => new()
    {
        Accuracy = ImmutableSortedDictionary<string, double>.Empty.Add("addition", accuracy).Add("countdown", accuracy / 2),
        CompletionTokens = 47.5,
        Samples = samples,
    };

    /// <summary>A base model of three steps, and twelve steps of reinforcement.</summary>
    public static IReadOnlyList<StepMetrics> Run(params ImmutableArray<Sample> samples) =>
    [
        .. Enumerable.Range(1, 3).Select(step => Pretraining(step, step == 3 ? Evaluation(0.45) : null)),
        .. Enumerable.Range(1, 12).Select(step => Reinforcement(step, step % 4 == 0 ? Evaluation(0.45 + 0.04 * step, samples) : null)),
    ];
}
