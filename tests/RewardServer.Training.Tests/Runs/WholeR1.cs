using RewardServer.Training.Checkpoints;
using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Runs;

/// <summary>The built-in recipe r1 with a model and steps that take a second a stage, run to its end once for all tests that compare with it.</summary>
public sealed class WholeR1 : IAsyncLifetime
{
    /// <summary>The recipe.</summary>
    public static Recipe Recipe { get; } = Small(Recipe.Named("r1"));

    /// <summary>The folders of its stages.</summary>
    public static string[] Folders => [.. Recipe.Stages.Select(stage => stage.Stage!.Folder)];

    /// <summary>What its stages were like.</summary>
    public IReadOnlyList<StageSteps> Stages { get; private set; } = [];

    /// <summary>What its report said while the fourth stage was run.</summary>
    public string ReportInReasoning { get; private set; } = "";

    internal SmallRun Run { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Run.Seen.AfterStep = step =>
        {
            if (Run.Seen.Begun[^1].Stage!.Name == "reasoning" && step.Step == 3)
            {
                ReportInReasoning = File.ReadAllText(Path.Combine(Run.Folder, "report.html"));
            }
        };
        Stages = await Run.StagesAsync(Recipe, Scores.Some());
    }

    public ValueTask DisposeAsync()
    {
        Run.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>What a stage ended with.</summary>
    internal static float[] Parameters(SmallRun run, string folder)
    {
        using var policy = Checkpoint.Read(Path.Combine(run.Folder, folder, "checkpoints", "step-000003"), CPU);
        return [.. policy.Parameters.Masters.data<float>()];
    }

    private static Recipe Small(Recipe recipe) => recipe with
    {
        Model = recipe.Model with { Hidden = 32, Layers = 1, Heads = 2, KeyValueHeads = 1, HeadSize = 16, Intermediate = 48 },
        Pretraining = recipe.Pretraining is { } pretraining ? pretraining with { Steps = 3, BatchTokens = 512, Warmup = 1 } : null,
        Rollouts = recipe.Rollouts with { Prompts = 6, Group = 3, MaxTokens = 24 },
        Reinforcement = recipe.Reinforcement with { Updates = 1, Optimization = recipe.Reinforcement.Optimization with { Steps = 3, BatchTokens = 1024, Warmup = 1 } },
        FineTuning = recipe.FineTuning is { } tuning ? tuning with { Drawn = 20 } : null,
        Preferences = recipe.Preferences is { } preferences ? preferences with { Drawn = 20 } : null,
        Evaluation = new() { Every = 2, Problems = 6, Samples = 2, Temperature = 1 },
        Checkpoints = new() { Every = 2, Keep = 2 },
        Stages = [.. recipe.Stages.Select(Small)],
    };
}
