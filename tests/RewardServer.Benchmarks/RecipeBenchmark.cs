using System.Diagnostics;
using System.Globalization;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Rubrics.Library;
using RewardServer.Grading.Sets;
using RewardServer.Sandboxing;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Training.Native;
using RewardServer.Training.Optimization;
using RewardServer.Training.Policies;
using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;
using RewardServer.Training.Rewards;
using RewardServer.Training.Runs;
using static TorchSharp.torch;

namespace RewardServer.Benchmarks;

/// <summary>
/// What a recipe's reinforcement gains on held-out problems, seed by seed, and beside it what the same time of more pretraining gains. Nothing is
/// taken from a cache: a fresh machine's time is told.
/// </summary>
internal static class RecipeBenchmark
{
    /// <param name="name">The recipe.</param>
    /// <param name="arguments">Seeds, and of threads=N, more=SECONDS (of more pretraining; as long as reinforcement took where it is silent), unreinforced (more pretraining alone) and cuda (on a GPU) what is wanted.</param>
    public static async Task RunAsync(string name, string[] arguments)
    {
        string? Said(string option) => arguments.FirstOrDefault(argument => argument.StartsWith(option + "=", StringComparison.Ordinal))?[(option.Length + 1)..];
        var onGpu = arguments.Contains("cuda");
        LibTorch.Load(Environment.GetEnvironmentVariable("LIBTORCH"), onGpu);
        if (Said("threads") is { } threads)
        {
            set_num_threads(int.Parse(threads, CultureInfo.InvariantCulture));
        }

        var more = Said("more") is { } seconds ? double.Parse(seconds, CultureInfo.InvariantCulture) : (double?)null;
        await using var sandbox = await SandboxPool.StartAsync(new SandboxOptions { Engine = "none" }, TimeProvider.System, default);
        foreach (var seed in arguments.Where(argument => int.TryParse(argument, out _)))
        {
            var recipe = Recipe.Find(name) with { Seed = int.Parse(seed, CultureInfo.InvariantCulture) };
            var rubric = new RubricLibrary(new RubricCompiler(new GraderResources(sandbox)), null).Find(recipe.Rewards.Rubric!)!;
            var rewards = new RubricRewards(rubric, new SetGrader(0, (item, exception) => throw new InvalidOperationException(item.Id, exception)));
            var folder = Directory.CreateTempSubdirectory("rewardserver-recipe-").FullName;
            try
            {
                await OneAsync(arguments.Contains("unreinforced") ? Unreinforced(recipe) : recipe, rewards, folder, more, onGpu ? CUDA : CPU);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static async Task OneAsync(Recipe recipe, IRewards rewards, string folder, double? more, Device device)
    {
        var curve = new Curve(recipe.Seed);
        var bases = Path.Combine(folder, "base-models");
        using var run = new TrainingRun(recipe, new() { Folder = Path.Combine(folder, "run"), BaseModels = bases, Device = device }, rewards, curve);
        await run.RunAsync(default);
        var reinforced = run.Steps[^1].Seconds - run.Steps.Last(step => step.Phase == Phases.Pretraining).Seconds;

        if (more == 0)
        {
            return;
        }

        var control = run.Policy;
        BaseModels.Read(Directory.EnumerateDirectories(bases).Single(), control);
        var (evaluation, steps) = await MoreAsync(recipe, control, rewards, more ?? reinforced);
        curve.Line("more pretraining", steps, run.Steps[^1].Seconds, evaluation);
    }

    private static Recipe Unreinforced(Recipe recipe) =>
        recipe with { Reinforcement = recipe.Reinforcement with { Optimization = recipe.Reinforcement.Optimization with { Steps = 0 } } };

    // Goes on as pretraining did, at the mean of its learning rates, for as long as reinforcement took.
    private static async Task<(EvaluationMetrics Evaluation, int Steps)> MoreAsync(Recipe recipe, Policy policy, IRewards rewards, double seconds)
    {
        var plan = recipe.Pretraining! with { Decay = Decay.Constant, Warmup = 0, LearningRate = recipe.Pretraining.LearningRate / 2 };
        var (problems, template) = (RecipeProblems.Of(recipe), PromptTemplate.Named(recipe.Template, null));
        var tokenizer = PromptTemplate.Characters(problems);
        using var optimizer = new AdamW(policy.Parameters);
        var pretraining = new Pretraining(new Replicas(policy), optimizer, recipe with { Pretraining = plan }, problems, template, tokenizer);
        var started = Stopwatch.GetTimestamp();
        var step = recipe.Pretraining.Steps;
        while (Stopwatch.GetElapsedTime(started).TotalSeconds < seconds)
        {
            pretraining.Step(++step, () => 0);
        }

        var heldOut = new HeldOut(policy, recipe, problems, template, tokenizer, rewards);
        return (await heldOut.AskAsync(step, default), step - recipe.Pretraining.Steps);
    }

    /// <summary>Writes every evaluation as a line of a table.</summary>
    private sealed class Curve(int seed) : ITrainingObserver
    {
        public void Started(Recipe recipe, PolicyShape shape)
        {
        }

        public void Stepped(StepMetrics metrics)
        {
            if (metrics.Evaluation is { } evaluation)
            {
                Line(metrics.Phase, metrics.Step, metrics.Seconds, evaluation);
            }
        }

        public void Message(string text)
        {
        }

        public void Line(string phase, int step, double seconds, EvaluationMetrics evaluation) => Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {seed} | {phase} | {step} | {seconds:F0} s | {string.Join(", ", evaluation.Accuracy.Select(kind => $"{kind.Key} {100 * kind.Value:F1}%"))} | {evaluation.CompletionTokens:F1} tokens |"));
    }
}
