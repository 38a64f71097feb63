using RewardServer.Training.Recipes;

namespace RewardServer.Training.Tests.Runs;

/// <summary>A checkpoint that a small run made, for adapters to belong to.</summary>
public sealed class LoraBase : IAsyncLifetime
{
    private readonly SmallRun run = new();

    /// <summary>Its folder.</summary>
    public string Path => System.IO.Path.Combine(run.Folder, "checkpoints", "step-000006");

    /// <summary>A recipe of adapters on it.</summary>
    internal string Yaml(string learning, string rate = "1e-2", int steps = 4)
    {
        var small = Recipe.Read(SmallRun.Yaml, "small.yaml");
        string[] fresh = ["model:", "tokenizer:", "pretraining:"];
        var lines = small.Yaml.Split('\n').Where(line => !fresh.Any(name => line.StartsWith(name, StringComparison.Ordinal)));
        return string.Join('\n', [$"model: {{path: '{Path}'}}", "lora: {rank: 2, alpha: 4}", .. lines])
            .Replace("algorithm: {name: grpo, klCoefficient: 0.01}", learning.Replace("BASE", Path, StringComparison.Ordinal), StringComparison.Ordinal)
            .Replace("steps: 6, updates: 2, batchTokens: 512, learningRate: 1e-3", $"steps: {steps}, updates: 1, batchTokens: 512, learningRate: {rate}", StringComparison.Ordinal);
    }

    public async ValueTask InitializeAsync() => await run.RunAsync();

    public ValueTask DisposeAsync()
    {
        run.Dispose();
        return ValueTask.CompletedTask;
    }
}
