using RewardServer.Training.Algorithms;
using RewardServer.Training.Optimization;
using RewardServer.Training.Policies;
using RewardServer.Training.Reporting;
using RewardServer.Training.Runs;
using RewardServer.Training.Tests.Policies;

namespace RewardServer.Training.Tests.Runs;

/// <summary>Algorithms that carry something from step to step beside the policy: PPO its critic, REINFORCE its running baseline.</summary>
public sealed class ProximalTests
{
    private const string Ppo = "{name: ppo, klCoefficient: 0.01}";
    private const string Running = "{name: reinforce, advantage: running}";

    private static string Yaml(string algorithm) => SmallRun.Yaml
        .Replace("{name: grpo, klCoefficient: 0.01}", algorithm, StringComparison.Ordinal)
        .Replace("updates: 2", algorithm == Running ? "updates: 1" : "updates: 2", StringComparison.Ordinal);

    [Fact]
    public async Task PPO_says_how_much_its_critic_explains()
    {
        using var small = new SmallRun();
        var (steps, _) = await small.RunAsync(Yaml(Ppo));
        Assert.All(steps.Where(step => step.Rollouts is not null), step =>
        {
            Assert.True(step.Rollouts!.ValueLoss >= 0);
            Assert.True(step.Rollouts.ExplainedVariance <= 1);
            Assert.NotNull(step.Rollouts.KullbackLeibler);
        });
        // A critic whose head is 0 explains nothing.
        Assert.Equal(0, steps.First(step => step.Rollouts is not null).Rollouts!.ExplainedVariance!.Value, 1e-6);
        Assert.Equal(steps.Select(step => step.Rollouts?.ExplainedVariance), MetricsLog.Read(Path.Combine(small.Folder, "metrics.jsonl")).Select(step => step.Rollouts?.ExplainedVariance));
    }

    [Fact]
    public void A_critic_learns_what_comes_after_each_token()
    {
        using var policy = SmallPolicy.Drawn(SmallPolicy.Shape);
        using var policies = new Replicas(policy);
        using var critic = new Critic(policies, range: 10);
        TokenSequence[] sequences = [.. Enumerable.Range(0, 6).Select(i => new TokenSequence(SmallPolicy.Tokens(9 + i, i), 3))];
        double[][] returns = [.. sequences.Select((one, i) => Enumerable.Range(0, one.Tokens.Length - 3).Select(at => i % 2 == 0 ? 1.0 : at / 10.0).ToArray())];
        for (var update = 0; update < 150; update++)
        {
            Assert.True(critic.Learn(sequences, critic.Values(sequences, 64), returns, 64, 3e-3, 1) >= 0);
        }

        var values = critic.Values(sequences, 64);
        Assert.True(ClippedValue.Explained([.. values.SelectMany(one => one).Select(one => (double)one)], [.. returns.SelectMany(one => one)]) > 0.9);
    }

    // Checkpoints are made every second step, and where a run is broken off.
    [Theory]
    [InlineData(Ppo, 1)]
    [InlineData(Ppo, 4)]
    [InlineData(Running, 3)]
    public async Task A_run_that_was_broken_off_goes_on_with_all_that_it_carried(string algorithm, int after)
    {
        using var whole = new SmallRun();
        var (steps, parameters) = await whole.RunAsync(Yaml(algorithm));

        using var broken = new SmallRun();
        using var stop = new CancellationTokenSource();
        broken.Seen.AfterStep = step =>
        {
            if (step.Phase == Phases.Reinforcement && step.Step == after)
            {
                stop.Cancel();
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => broken.RunAsync(Yaml(algorithm), cancellation: stop.Token));
        var (resumed, end) = await broken.RunAsync(Yaml(algorithm), resume: true);
        Assert.Equal(parameters, end);
        Assert.Equal(steps.Select(What), resumed.Select(What));

        static (int, double, double?, double?) What(StepMetrics step) => (step.Step, step.Loss, step.Rollouts?.ValueLoss, step.Rollouts?.ExplainedVariance);
    }

    [Fact]
    public async Task A_checkpoint_without_its_critic_is_told()
    {
        using var small = new SmallRun();
        await small.RunAsync(Yaml(Ppo));
        File.Delete(Path.Combine(small.Folder, "checkpoints", "step-000006", "critic.safetensors"));
        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => small.RunAsync(Yaml(Ppo).Replace("steps: 6", "steps: 7", StringComparison.Ordinal), resume: true));
        Assert.Contains("has no critic", exception.Message, StringComparison.Ordinal);
    }
}
