using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Rubrics.Library;
using RewardServer.Grading.Sets;
using RewardServer.Sandboxing;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Training.Policies;
using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;
using RewardServer.Training.Rewards;
using RewardServer.Training.Runs;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Runs;

/// <summary>Runs small enough for a test, each in a folder of its own.</summary>
internal sealed class SmallRun : IDisposable
{
    public const string Yaml = """
        name: small
        seed: 3
        model: {hidden: 32, layers: 2, heads: 2, keyValueHeads: 1, headSize: 16, intermediate: 64, maxPositions: 128}
        tokenizer: character
        template: r1-zero
        problems:
          - {kind: addition, weight: 1, options: {digits: 1}}
        pretraining: {steps: 8, batchTokens: 512, learningRate: 3e-3, warmup: 2}
        rubric: r1-zero
        rollouts: {prompts: 4, group: 4, maxTokens: 40}
        algorithm: {name: grpo, klCoefficient: 0.01}
        reinforcement: {steps: 6, updates: 2, batchTokens: 512, learningRate: 1e-3, warmup: 2}
        evaluation: {every: 3, problems: 8, samples: 2, temperature: 1}
        checkpoints: {every: 2, keep: 2}
        """;

    private readonly string root = Directory.CreateTempSubdirectory("rewardserver-run-").FullName;

    public string Folder => Path.Combine(root, "run");

    public string BaseModels => Path.Combine(root, "base-models");

    public Watcher Seen { get; } = new();

    /// <summary>The rubric r1-zero, without a sandbox.</summary>
    public static async Task<IRewards> RewardsAsync()
    {
        var sandbox = await SandboxPool.StartAsync(new SandboxOptions { Engine = "none" }, TimeProvider.System, TestContext.Current.CancellationToken);
        var rubric = new RubricLibrary(new RubricCompiler(new GraderResources(sandbox)), null).Find("r1-zero")!;
        return new RubricRewards(rubric, new SetGrader(0, (item, exception) => throw new InvalidOperationException(item.Id, exception)));
    }

    /// <summary>Makes a run, or goes on with the one in the folder.</summary>
    /// <returns>Its steps, and the parameters that it ended with.</returns>
    public async Task<(IReadOnlyList<StepMetrics> Steps, float[] Parameters)> RunAsync(
        string yaml = Yaml, bool resume = false, IRewards? rewards = null, CancellationToken? cancellation = null, Action<Policy>? before = null,
        IReadOnlyList<Device>? others = null, long? memory = null)
    {
        var options = new RunOptions { Folder = Folder, BaseModels = BaseModels, Resume = resume, Others = others ?? [], Memory = memory };
        using var run = new TrainingRun(Recipe.Read(yaml, "small.yaml"), options, rewards ?? await RewardsAsync(), Seen);
        before?.Invoke(run.Policy);
        await run.RunAsync(cancellation ?? TestContext.Current.CancellationToken);
        return (run.Steps, [.. run.Policy.Parameters.Masters.data<float>()]);
    }

    /// <summary>Makes a staged run, or goes on with the one in the folder.</summary>
    public Task<IReadOnlyList<StageSteps>> StagesAsync(Recipe recipe, IRewards rewards, bool resume = false, CancellationToken? cancellation = null, long? memory = null) => RecipeRun.RunAsync(
        recipe, new() { Folder = Folder, BaseModels = BaseModels, Resume = resume, Memory = memory }, _ => rewards, Seen, cancellation ?? TestContext.Current.CancellationToken);

    public void Dispose() => Directory.Delete(root, recursive: true);

    /// <summary>Looks on, and does something after a step.</summary>
    public sealed class Watcher : ITrainingObserver
    {
        public List<string> Messages { get; } = [];

        public Action<StepMetrics> AfterStep { get; set; } = _ => { };

        /// <summary>What has begun.</summary>
        public List<Recipe> Begun { get; } = [];

        /// <summary>The stages that have ended.</summary>
        public List<StageSteps> Ended { get; } = [];

        public void Started(Recipe recipe, PolicyShape shape) => Begun.Add(recipe);

        public void StageEnded(StageSteps stage) => Ended.Add(stage);

        public void Stepped(StepMetrics metrics) => AfterStep(metrics);

        public void Message(string text) => Messages.Add(text);
    }
}
