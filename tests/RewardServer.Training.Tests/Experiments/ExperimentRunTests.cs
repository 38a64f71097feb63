using System.Text.Json;
using RewardServer.Training.Experiments;
using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;
using RewardServer.Training.Runs;
using RewardServer.Training.Tests.Runs;

namespace RewardServer.Training.Tests.Experiments;

public sealed class ExperimentRunTests : IDisposable
{
    private static readonly string Yaml = SmallRun.Yaml.Replace("seed: 3\n", "", StringComparison.Ordinal).Replace("name: small", "name: tiny", StringComparison.Ordinal) + """

        seeds: 2
        at: completions
        arms:
          - name: grpo
          - name: stages
            stages:
              - {name: first, reinforcement: {steps: 2}}
              - {name: second, algorithm: {name: dr-grpo}, reinforcement: {steps: 2}}
        """;

    private readonly SmallRun small = new();
    private readonly List<string> told = [];

    [Fact]
    public async Task Each_arm_is_run_with_each_seed_and_what_was_broken_off_goes_on()
    {
        var rewards = await SmallRun.RewardsAsync();
        var made = 0;
        var experiment = Experiment.Read(Yaml, "tiny.yaml");
        Task<IReadOnlyList<StageSteps>> Run(Recipe recipe, string folder, CancellationToken token)
        {
            made++;
            return RecipeRun.RunAsync(recipe, new() { Folder = folder, BaseModels = small.BaseModels, Resume = true }, _ => rewards, small.Seen, token);
        }

        // Broken off in the third of four runs.
        using var stop = new CancellationTokenSource();
        small.Seen.AfterStep = step =>
        {
            if (made == 3 && step is { Phase: "reinforcement", Step: 2 })
            {
                stop.Cancel();
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ExperimentRun(experiment, small.Folder, Run, told.Add).RunAsync(stop.Token));
        Assert.Contains("stages/seed-1", File.ReadAllText(Path.Combine(small.Folder, "report.html")), StringComparison.Ordinal);

        var comparison = await new ExperimentRun(experiment, small.Folder, Run, told.Add).RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(5, made);
        Assert.Equal(["grpo, seed 1", "stages, seed 1", "grpo, seed 2", "grpo, seed 2", "stages, seed 2"], told.Select(line => line[..line.IndexOf(" of", StringComparison.Ordinal)]));
        Assert.Equal([("grpo", 2), ("stages", 2)], comparison.Arms.Select(arm => (arm.Name, arm.Seeds)));
        // 6 steps of 4 prompts with 4 completions, and 2 + 2 of them: the staged runs cost least.
        Assert.Equal(64, comparison.Cost);
        var accuracy = comparison.Arms[1].Measures.Single(measure => measure.Name == "accuracy");
        Assert.Equal((2, 2), (accuracy.Value.Count, accuracy.Difference!.Value.Count));
        Assert.Contains("score of format", comparison.Arms[0].Measures.Select(measure => measure.Name));
        Assert.Equal("completions", JsonElement.Parse(File.ReadAllText(Path.Combine(small.Folder, "comparison.json"))).GetProperty("at").GetString());

        // What has ended is not made again, whatever is said of it and compared at; another experiment finds no room there.
        var reworded = Experiment.Read("description: Said otherwise.\n" + Yaml.Replace("at: completions", "at: steps", StringComparison.Ordinal), "told.yaml");
        Assert.Equal(ExperimentAxis.Steps, (await new ExperimentRun(reworded, small.Folder, Run).RunAsync(TestContext.Current.CancellationToken)).At);
        await new ExperimentRun(experiment, small.Folder, Run).RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(5, made);
        Assert.Contains("dr-grpo", File.ReadAllText(Path.Combine(small.Folder, "arms.json")), StringComparison.Ordinal);
        var other = Experiment.Read(Yaml.Replace("dr-grpo", "rloo", StringComparison.Ordinal).Replace("updates: 2", "updates: 1", StringComparison.Ordinal), "other.yaml");
        var refused = await Assert.ThrowsAsync<RecipeException>(() => new ExperimentRun(other, small.Folder, Run).RunAsync(TestContext.Current.CancellationToken));
        Assert.Contains("other arms", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => small.Dispose();
}
