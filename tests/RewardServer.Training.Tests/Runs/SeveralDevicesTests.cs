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

    // Steps of pretraining.
    private const int Pretrained = 8;

    private static string Yaml(string learning) => SmallRun.Yaml
        .Replace("algorithm: {name: grpo, klCoefficient: 0.01}", learning, StringComparison.Ordinal)
        .Replace("steps: 6,", "steps: 3,", StringComparison.Ordinal);

    [Fact]
    public async Task A_run_on_two_devices_pretrains_as_on_one_and_draws_as_on_three()
    {
        using var alone = new SmallRun();
        using var two = new SmallRun();
        using var three = new SmallRun();
        var (expected, _) = await alone.RunAsync(rewards: new Short());
        var (steps, _) = await two.RunAsync(rewards: new Short(), others: One);
        var (others, _) = await three.RunAsync(rewards: new Short(), others: Two);
        Assert.Equal(expected.Select(step => (step.Phase, step.Step)), steps.Select(step => (step.Phase, step.Step)));
        Assert.All(expected.Zip(steps).Take(Pretrained), pair => AreOne(pair.First, pair.Second));
        BeginAlike(steps, others);
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
        var (steps, _) = await two.RunAsync(Yaml(learning), others: One, rewards: new Short());
        var (others, _) = await three.RunAsync(Yaml(learning), others: Two, rewards: new Short());
        Assert.Equal(11, steps.Count);
        BeginAlike(steps, others);
        if (learning.StartsWith("preferences", StringComparison.Ordinal))
        {
            // Before the first step no pair is told from another; of those of the later ones some are.
            Assert.All(steps.Zip(others), pair => AreOne(pair.First, pair.Second));
            Assert.NotEqual(0, steps[^1].PairMargin!.Value, 1e-4);
        }

        if (learning.StartsWith("sampling", StringComparison.Ordinal))
        {
            // Of a policy that stays as it is, later steps are alike, too.
            Assert.NotEqual("", Samples(two, 1));
            Assert.All([1, 2, 3], step => Assert.Equal(Samples(two, step), Samples(three, step)));
        }
        else
        {
            Assert.NotEqual(0, steps[Pretrained].GradientNorm, 1e-3);
        }
    }

    [Theory]
    [InlineData("reverse-kl")]
    [InlineData("samples")]
    public async Task A_teacher_is_asked_on_every_device(string kind)
    {
        using var taught = new SmallRun();
        // By rewards, so that it is another policy than the student, and its divergence no rounding.
        await taught.RunAsync(rewards: new Short());
        var path = Path.Combine(taught.Folder, "checkpoints", "step-000006");
        var yaml = Yaml($"distillation: {{teacher: '{path}', kind: {kind}}}");
        using var two = new SmallRun();
        using var three = new SmallRun();
        var (steps, _) = await two.RunAsync(yaml, others: One, rewards: new Short());
        var (others, _) = await three.RunAsync(yaml, others: Two, rewards: new Short());
        Assert.True(steps[Pretrained].Loss > 1e-3, $"the loss is {steps[Pretrained].Loss}");
        BeginAlike(steps, others);
    }

    // Before rounding lets completions differ: pretraining, and the first step after it, which is taken from one policy but for the last digits.
    private static void BeginAlike(IReadOnlyList<StepMetrics> expected, IReadOnlyList<StepMetrics> actual)
    {
        Assert.Equal(expected.Select(step => (step.Phase, step.Step)), actual.Select(step => (step.Phase, step.Step)));
        Assert.Equal((Phases.Reinforcement, 1), (expected[Pretrained].Phase, expected[Pretrained].Step));
        Assert.All(expected.Zip(actual).Take(Pretrained + 1), pair => AreOne(pair.First, pair.Second));
    }

    private static void AreOne(StepMetrics expected, StepMetrics actual)
    {
        void Close(double? wanted, double? found, double share) => Assert.Equal(wanted ?? double.NaN, found ?? double.NaN, share * Math.Abs(wanted ?? 0) + 1e-6);
        Close(expected.Loss, actual.Loss, 1e-5);
        Close(expected.GradientNorm, actual.GradientNorm, 1e-4);
        Assert.Equal((expected.TrainedTokens, expected.LearningRate), (actual.TrainedTokens, actual.LearningRate));
        Assert.Equal(expected.PairAccuracy, actual.PairAccuracy);
        Close(expected.PairMargin, actual.PairMargin, 1e-3);
        Assert.Equal((expected.Rollouts?.CompletionTokens, expected.Rollouts?.Reward, expected.Rollouts?.Kept), (actual.Rollouts?.CompletionTokens, actual.Rollouts?.Reward, actual.Rollouts?.Kept));
        Close(expected.Rollouts?.Entropy, actual.Rollouts?.Entropy, 1e-4);
        Close(expected.Rollouts?.ValueLoss, actual.Rollouts?.ValueLoss, 1e-4);
        Close(expected.Rollouts?.KullbackLeibler, actual.Rollouts?.KullbackLeibler, 1e-3);
    }

    private static string Samples(SmallRun run, int step) => File.ReadAllText(Path.Combine(run.Folder, "samples", $"step-{step:D6}.jsonl"));

    /// <summary>What is short is right.</summary>
    private sealed class Short : IRewards
    {
        public Task<IReadOnlyList<Reward>> OfAsync(IReadOnlyList<Item> items, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<Reward>>(
            [.. items.Select(item => new Reward(item.CompletionTokens < 20 ? 1 : 0, new Dictionary<string, double?> { ["accuracy"] = item.CompletionTokens < 20 ? 1 : 0 }, null))]);
    }
}
