using RewardServer.Training.Checkpoints;
using RewardServer.Training.Policies;
using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;
using RewardServer.Training.Runs;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Runs;

/// <summary>Runs that train adapters in the place of weights, by every way to learn.</summary>
public sealed class LoraRunTests(LoraBase start) : IClassFixture<LoraBase>
{
    [Theory]
    [InlineData("algorithm: {name: grpo, klCoefficient: 0.01}")]
    [InlineData("algorithm: {name: ppo, klCoefficient: 0.01, klPlacement: reward}")]
    [InlineData("imitation: {fromBase: true, rationalize: true}")]
    [InlineData("distillation: {teacher: 'BASE', kind: reverse-kl}")]
    [InlineData("distillation: {teacher: 'BASE', filter: {perProblem: 4}}")]
    [InlineData("preferences: {kind: dpo}")]
    [InlineData("fineTuning: {files: ['problems:addition'], drawn: 20}")]
    public async Task A_run_that_was_broken_off_goes_on_as_it_would_have(string learning)
    {
        var yaml = start.Yaml(learning);
        using var whole = new SmallRun();
        var (steps, parameters) = await whole.RunAsync(yaml, rewards: Scores.Some());
        using var broken = new SmallRun();
        using var stop = new CancellationTokenSource();
        broken.Seen.AfterStep = step =>
        {
            if (step is { Phase: Phases.Reinforcement, Step: 3 })
            {
                stop.Cancel();
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => broken.RunAsync(yaml, cancellation: stop.Token, rewards: Scores.Some()));
        Assert.False(Directory.Exists(Path.Combine(broken.Folder, "merged")));
        var (resumed, end) = await broken.RunAsync(yaml, resume: true, rewards: Scores.Some());
        Assert.Equal(parameters, end);
        Assert.Equal(steps.Select(step => (step.Step, step.Loss, step.GradientNorm, step.PairMargin)), resumed.Select(step => (step.Step, step.Loss, step.GradientNorm, step.PairMargin)));

        // Something was learned, and nothing of the checkpoint is kept again.
        Assert.Contains(steps, step => step.GradientNorm > 0);
        var checkpoint = Path.Combine(whole.Folder, "checkpoints", "step-000004");
        Assert.True(AdapterConfig.IsThere(checkpoint));
        Assert.False(File.Exists(Path.Combine(checkpoint, "model.safetensors")));
        Assert.False(Directory.Exists(Path.Combine(whole.Folder, "reference")));
        Assert.Equal(checkpoint, RunCheckpoints.Meant(whole.Folder));

        // What the run came to, for those who know of no adapters.
        Assert.Equal(Numbers(checkpoint), Numbers(Path.Combine(whole.Folder, "merged")));
        Assert.NotEqual(Numbers(start.Path), Numbers(checkpoint));
    }

    [Fact]
    public async Task The_reference_is_the_policy_without_adapters()
    {
        using var small = new SmallRun();
        var (steps, _) = await small.RunAsync(start.Yaml("algorithm: {name: grpo, klCoefficient: 0.01}"), rewards: Scores.Some());
        var divergences = steps.Select(step => step.Rollouts?.KullbackLeibler).OfType<double>().ToArray();
        // Before the first step they are one policy.
        Assert.InRange(divergences[0], 0, 1e-6);
        Assert.True(divergences[^1] > 1e-4, $"the divergence became {divergences[^1]}");
    }

    [Fact]
    public async Task A_policy_learns_texts_by_adapters()
    {
        using var small = new SmallRun();
        var (steps, _) = await small.RunAsync(start.Yaml("fineTuning: {files: ['problems:addition'], drawn: 20}", steps: 60));
        var losses = steps.Where(step => step.TrainedTokens > 0).Select(step => step.Loss).ToArray();
        // As far as adapters of rank 2 get on weights that have seen 8 steps.
        Assert.True(losses[^1] < 0.95 * losses[0], $"the loss went from {losses[0]} to {losses[^1]}");
    }

    [Fact]
    public async Task A_run_that_goes_on_to_more_steps_is_merged_anew()
    {
        using var small = new SmallRun();
        var merged = Path.Combine(small.Folder, "merged");
        await small.RunAsync(start.Yaml("fineTuning: {files: ['problems:addition'], drawn: 20}", steps: 2));
        var first = Numbers(merged);
        await small.RunAsync(start.Yaml("fineTuning: {files: ['problems:addition'], drawn: 20}", steps: 3), resume: true);
        Assert.NotEqual(first, Numbers(merged));
        Assert.Equal(Numbers(Path.Combine(small.Folder, "checkpoints", "step-000003")), Numbers(merged));
    }

    [Theory]
    [InlineData("rank: 2", "rank: 3")]
    [InlineData("alpha: 4", "alpha: 5")]
    [InlineData("alpha: 4", "alpha: 4, targets: [q_proj]")]
    public async Task A_run_goes_on_with_the_same_adapters_or_not_at_all(string right, string other)
    {
        using var small = new SmallRun();
        var yaml = start.Yaml("fineTuning: {files: ['problems:addition'], drawn: 20}", steps: 2);
        await small.RunAsync(yaml);
        var exception = await Assert.ThrowsAsync<ArgumentException>(() => small.RunAsync(yaml.Replace(right, other, StringComparison.Ordinal), resume: true));
        Assert.Contains("was made with another lora", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stage_begins_with_what_an_earlier_ones_adapters_came_to()
    {
        using var small = new SmallRun();
        var recipe = Recipe.Read(SmallRun.Yaml.Replace("algorithm: {name: grpo, klCoefficient: 0.01}", "", StringComparison.Ordinal) + """

            stages:
              - {name: zero, algorithm: {name: grpo, klCoefficient: 0}}
              - {name: adapted, lora: {rank: 2, targets: [v_proj, down_proj]}, algorithm: {name: grpo, klCoefficient: 0.01}}
              - {name: again, lora: {rank: 2}, algorithm: {name: grpo, klCoefficient: 0.01}}
              - {name: told, sampling: {}}
            """, "stages.yaml");
        var stages = await small.StagesAsync(recipe, Scores.Some());
        Assert.Equal([null, 2, 2, null], recipe.Stages.Select(stage => stage.Lora?.Rank));
        Assert.All(stages, stage => Assert.Equal(6, stage.Steps[^1].Step));
        string Of(string folder) => Path.Combine(small.Folder, folder, "checkpoints", "step-000006");
        // The third has adapters of its own on what the second ended with, and the fourth leaves what it is given as it is.
        Assert.Equal(Path.GetFullPath(Path.Combine(small.Folder, "2-adapted", "merged")), AdapterConfig.Read(Of("3-again")).Base);
        Assert.Equal(Numbers(Path.Combine(small.Folder, "3-again", "merged")), Numbers(Of("4-told")));
        Assert.NotEqual(Numbers(Of("1-zero")), Numbers(Of("2-adapted")));
    }

    [Fact]
    public async Task Adapters_belong_to_a_checkpoint()
    {
        using var small = new SmallRun();
        var recipe = Recipe.Read(SmallRun.Yaml, "small.yaml") with { Pretraining = null, Lora = new LoraShape(2, 4, LoraShape.Projections) };
        var rewards = await SmallRun.RewardsAsync();
        var exception = Assert.Throws<ArgumentException>(() => new TrainingRun(recipe, new() { Folder = small.Folder, BaseModels = small.BaseModels }, rewards, small.Seen));
        Assert.StartsWith("lora: ", exception.Message, StringComparison.Ordinal);
    }

    private static float[] Numbers(string folder)
    {
        using var policy = Checkpoint.Read(folder, CPU);
        return [.. policy.Parameters.Masters.data<float>()];
    }
}
