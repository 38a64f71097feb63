using RewardServer.Grading.Completions;
using RewardServer.Training.Reporting;
using RewardServer.Training.Rewards;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Runs;

/// <summary>Runs whose policy has copies, here on the processors.</summary>
public sealed class SeveralDevicesTests
{
    private static readonly Device[] One = [CPU];
    private static readonly Device[] Two = [CPU, CPU];

    private static string Yaml(string learning) => SmallRun.Yaml
        .Replace("algorithm: {name: grpo, klCoefficient: 0.01}", learning, StringComparison.Ordinal)
        .Replace("steps: 6,", "steps: 3,", StringComparison.Ordinal);

    [Fact]
    public async Task A_run_on_two_devices_pretrains_as_on_one_and_draws_as_on_three()
    {
        using var alone = new SmallRun();
        using var two = new SmallRun();
        using var three = new SmallRun();
        var (expected, _) = await alone.RunAsync();
        var (steps, parameters) = await two.RunAsync(others: One);
        var (others, close) = await three.RunAsync(others: Two);

        Assert.Equal(expected.Select(step => (step.Phase, step.Step)), steps.Select(step => (step.Phase, step.Step)));
        foreach (var (one, shared) in expected.Zip(steps).Where(pair => pair.First.Phase == Phases.Pretraining))
        {
            Assert.Equal(one.Loss, shared.Loss, one.Loss * 1e-4);
            Assert.Equal(one.GradientNorm, shared.GradientNorm, one.GradientNorm * 1e-3);
            Assert.Equal(one.TrainedTokens, shared.TrainedTokens);
        }

        // AdamW divides by the size of a gradient: where that is next to nothing, another order of sums tells.
        Assert.All(parameters.Zip(close), pair => Assert.Equal(pair.First, pair.Second, 0.02));
        var first = (StepMetrics step) => step is { Phase: Phases.Reinforcement, Step: 1 };
        var (drawn, redrawn) = (steps.Single(first).Rollouts!, others.Single(first).Rollouts!);
        Assert.Equal((drawn.CompletionTokens, drawn.Reward), (redrawn.CompletionTokens, redrawn.Reward));
        Assert.Equal(drawn.Entropy, redrawn.Entropy, 1e-3);
    }

    [Theory]
    [InlineData("pretraining", 3)]
    [InlineData("reinforcement", 3)]
    public async Task A_run_on_two_devices_that_was_broken_off_does_what_it_would_have_done(string phase, int after)
    {
        using var whole = new SmallRun();
        var (steps, parameters) = await whole.RunAsync(others: One);

        using var broken = new SmallRun();
        using var stop = new CancellationTokenSource();
        broken.Seen.AfterStep = step =>
        {
            if (step.Phase == phase && step.Step == after)
            {
                stop.Cancel();
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => broken.RunAsync(cancellation: stop.Token, others: One));
        var other = await Assert.ThrowsAsync<ArgumentException>(() => broken.RunAsync(resume: true));
        Assert.Contains("another device", other.Message, StringComparison.Ordinal);
        var (resumed, end) = await broken.RunAsync(resume: true, others: One);
        Assert.Equal(parameters, end);
        Assert.Equal(steps.Select(step => step.Loss), resumed.Select(step => step.Loss));
    }

    [Theory]
    [InlineData("algorithm: {name: ppo, klCoefficient: 0.01}")]
    [InlineData("algorithm: {name: dapo, samplingRounds: 2}")]
    [InlineData("imitation: {filter: {perProblem: 2}, fromBase: true}")]
    [InlineData("preferences: {kind: dpo}")]
    [InlineData("preferences: {kind: reward-model}")]
    [InlineData("sampling: {}")]
    public async Task Every_loop_runs_on_two_devices_as_on_three(string learning)
    {
        using var two = new SmallRun();
        using var three = new SmallRun();
        var (steps, parameters) = await two.RunAsync(Yaml(learning), others: One, rewards: new Short());
        var (others, close) = await three.RunAsync(Yaml(learning), others: Two, rewards: new Short());
        Assert.Equal(11, steps.Count);
        Assert.All(parameters.Zip(close), pair => Assert.Equal(pair.First, pair.Second, 0.02));
        // The first step is taken from one policy, but for the last digits.
        Assert.Equal(steps[8].Loss, others[8].Loss, 1e-3);
        Assert.Equal(steps[8].Rollouts!.Reward, others[8].Rollouts!.Reward);
    }

    [Theory]
    [InlineData("reverse-kl")]
    [InlineData("samples")]
    public async Task A_teacher_is_asked_on_every_device(string kind)
    {
        using var taught = new SmallRun();
        await taught.RunAsync();
        var path = Path.Combine(taught.Folder, "checkpoints", "step-000006");
        var yaml = Yaml($"distillation: {{teacher: '{path}', kind: {kind}}}");
        using var two = new SmallRun();
        using var three = new SmallRun();
        var (steps, parameters) = await two.RunAsync(yaml, others: One, rewards: new Short());
        var (_, close) = await three.RunAsync(yaml, others: Two, rewards: new Short());
        Assert.Contains(steps, step => step is { Phase: Phases.Reinforcement, Loss: > 0 });
        Assert.All(parameters.Zip(close), pair => Assert.Equal(pair.First, pair.Second, 0.02));
    }

    /// <summary>What is short is right.</summary>
    private sealed class Short : IRewards
    {
        public Task<IReadOnlyList<Reward>> OfAsync(IReadOnlyList<Item> items, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<Reward>>(
            [.. items.Select(item => new Reward(item.CompletionTokens < 20 ? 1 : 0, new Dictionary<string, double?> { ["accuracy"] = item.CompletionTokens < 20 ? 1 : 0 }, null))]);
    }
}
