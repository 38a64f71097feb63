using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;
using RewardServer.Training.Rewards;
using RewardServer.Grading.Completions;

namespace RewardServer.Training.Tests.Runs;

/// <summary>Runs that save memory learn what runs that do not learn.</summary>
public sealed class SavedMemoryTests
{
    private const string Checkpointing = "memory: {gradientCheckpointing: true}";
    private const string Both = "memory: {gradientCheckpointing: true, optimizerOffload: true}";

    // Every way to learn goes backward through a policy, or a critic or a reward model.
    [Theory]
    [InlineData("algorithm: {name: grpo, klCoefficient: 0.01, entropyCoefficient: 0.01}")]
    [InlineData("algorithm: {name: ppo}")]
    [InlineData("imitation: {}")]
    [InlineData("preferences: {kind: dpo}")]
    [InlineData("preferences: {kind: reward-model}")]
    public async Task Gradient_checkpointing_changes_the_last_digits_alone(string learning)
    {
        var plain = await LearnedAsync(learning, "");
        var saved = await LearnedAsync(learning, Checkpointing);
        Assert.Equal(plain.Select(step => step.Phase), saved.Select(step => step.Phase));
        // Before rounding lets completions differ: pretraining, and the first step after it.
        foreach (var (expected, actual) in plain.Zip(saved).Take(9))
        {
            Assert.Equal(expected.Loss, actual.Loss, 1e-4 * Math.Max(1, Math.Abs(expected.Loss)));
            Assert.Equal(expected.GradientNorm, actual.GradientNorm, 1e-2 * expected.GradientNorm + 1e-6);
        }
    }

    [Fact]
    public async Task Offloading_changes_nothing_where_the_CPU_computes()
    {
        using var plain = new SmallRun();
        using var saved = new SmallRun();
        var (steps, parameters) = await plain.RunAsync();
        var (offloaded, same) = await saved.RunAsync($"{SmallRun.Yaml}\nmemory: {{optimizerOffload: true}}");
        Assert.Equal(parameters, same);
        Assert.Equal(steps.Select(step => (step.Loss, step.GradientNorm)), offloaded.Select(step => (step.Loss, step.GradientNorm)));
    }

    [Fact]
    public async Task A_run_that_saves_memory_goes_on_as_it_would_have()
    {
        const string Yaml = $"{SmallRun.Yaml}\n{Both}";
        using var whole = new SmallRun();
        var (_, parameters) = await whole.RunAsync(Yaml);
        using var broken = new SmallRun();
        using var stop = new CancellationTokenSource();
        broken.Seen.AfterStep = step =>
        {
            if (step is { Phase: Phases.Reinforcement, Step: 3 })
            {
                stop.Cancel();
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => broken.RunAsync(Yaml, cancellation: stop.Token));
        Assert.Equal(parameters, (await broken.RunAsync(Yaml, resume: true)).Parameters);
        var exception = await Assert.ThrowsAsync<ArgumentException>(() => broken.RunAsync($"{SmallRun.Yaml}\nmemory: {{sequences: 4}}", resume: true));
        Assert.Contains("another drawing", exception.Message, StringComparison.Ordinal);
    }

    // Whoever finds in the middle that memory is short goes on.
    [Fact]
    public async Task A_run_may_begin_to_save_memory_on_its_way()
    {
        using var whole = new SmallRun();
        var (_, parameters) = await whole.RunAsync();
        using var broken = new SmallRun();
        using var stop = new CancellationTokenSource();
        broken.Seen.AfterStep = step =>
        {
            if (step is { Phase: Phases.Reinforcement, Step: 3 })
            {
                stop.Cancel();
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => broken.RunAsync(cancellation: stop.Token));
        Assert.Equal(parameters, (await broken.RunAsync($"{SmallRun.Yaml}\nmemory: {{optimizerOffload: true}}", resume: true)).Parameters);
    }

    [Fact]
    public void A_section_that_asks_for_nothing_is_as_if_it_were_not_there()
    {
        Assert.Null(Recipe.Read($"{SmallRun.Yaml}\nmemory: {{optimizerOffload: false}}", "small.yaml").Memory);
        Assert.Equal(new MemoryRecipe { GradientCheckpointing = true, OptimizerOffload = true }, Recipe.Read($"{SmallRun.Yaml}\n{Both}", "small.yaml").Memory);
        var exception = Assert.Throws<RecipeException>(() => Recipe.Read($"{SmallRun.Yaml}\nmemory: {{gradientCheckpointing: 3, offload: true}}", "small.yaml"));
        Assert.Contains("memory.gradientCheckpointing must be true or false, but is '3'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("memory.offload is unknown", exception.Message, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<StepMetrics>> LearnedAsync(string learning, string memory)
    {
        using var small = new SmallRun();
        var yaml = SmallRun.Yaml.Replace("algorithm: {name: grpo, klCoefficient: 0.01}", learning, StringComparison.Ordinal).Replace("steps: 6,", "steps: 2,", StringComparison.Ordinal);
        return (await small.RunAsync($"{yaml}\n{memory}", rewards: new Shorter())).Steps;
    }

    /// <summary>The shorter the better.</summary>
    private sealed class Shorter : IRewards
    {
        public Task<IReadOnlyList<Reward>> OfAsync(IReadOnlyList<Item> items, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<Reward>>([.. items.Select(item => new Reward(-(item.CompletionTokens ?? 2), new Dictionary<string, double?> { ["accuracy"] = 1 }, null))]);
    }
}
