namespace RewardServer.Tests.Cli.Train;

/// <summary>A run that the executable made, with a cache of its own. Tests read it; those that go on with one make their own.</summary>
public sealed class TinyRun : IAsyncLifetime
{
    public const string Yaml = """
        name: tiny
        model: {hidden: 16, layers: 1, heads: 2, keyValueHeads: 1, headSize: 8, intermediate: 32, maxPositions: 96}
        problems:
          - {kind: addition, options: {digits: 1}}
        pretraining: {steps: 3, batchTokens: 256, learningRate: 3e-3}
        rubric: r1-zero
        rollouts: {prompts: 2, group: 2, maxTokens: 24}
        algorithm: {name: grpo}
        reinforcement: {steps: 2, batchTokens: 256, learningRate: 1e-3}
        evaluation: {every: 2, problems: 4, samples: 1}
        """;

    private readonly string root = Directory.CreateTempSubdirectory("rewardserver-tiny-").FullName;

    public string Folder => File("run");

    public string Checkpoint => Path.Combine(Folder, "checkpoints", "step-000002");

    internal (int ExitCode, string Output, string Error) Ended { get; private set; }

    public string File(string name) => Path.Combine(root, name);

    public async ValueTask InitializeAsync()
    {
        await System.IO.File.WriteAllTextAsync(File("tiny.yaml"), Yaml);
        Ended = await TrainAsync("--train", File("tiny.yaml"), "--run", Folder);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(root, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs the executable on one thread, without a sandbox.</summary>
    internal Task<(int ExitCode, string Output, string Error)> TrainAsync(params string[] arguments) => AskAsync("", [.. arguments, "--threads", "1"]);

    /// <summary>Runs it with an input.</summary>
    internal Task<(int ExitCode, string Output, string Error)> AskAsync(string input, params string[] arguments) => AskAsync([], input, arguments);

    /// <summary>Runs it with an input and settings.</summary>
    internal Task<(int ExitCode, string Output, string Error)> AskAsync(Dictionary<string, string?> settings, string input, params string[] arguments) =>
        RewardServerProcess.RunAsync(new(settings) { ["XDG_CACHE_HOME"] = File("cache"), ["Sandbox:Engine"] = "none" }, input, arguments);
}

/// <summary>The tests that share it.</summary>
[CollectionDefinition(nameof(TinyRun))]
public sealed class TinyRunTests : ICollectionFixture<TinyRun>;
