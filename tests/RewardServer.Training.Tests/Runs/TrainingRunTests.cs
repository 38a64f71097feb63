using RewardServer.Grading.Completions;
using RewardServer.Training.Checkpoints;
using RewardServer.Training.Policies;
using RewardServer.Training.Reporting;
using RewardServer.Training.Rewards;
using RewardServer.Training.Tokens;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Runs;

public sealed class TrainingRunTests
{
    [Fact]
    public async Task A_run_pretrains_reinforces_measures_and_is_kept()
    {
        using var small = new SmallRun();
        var (steps, _) = await small.RunAsync();

        Assert.Equal([.. Enumerable.Range(1, 8).Select(step => ("pretraining", step)), .. Enumerable.Range(1, 6).Select(step => ("reinforcement", step))], steps.Select(step => (step.Phase, step.Step)));
        Assert.Equal([8, 11, 14], steps.Select((step, i) => (step, i + 1)).Where(pair => pair.step.Evaluation is not null).Select(pair => pair.Item2));
        Assert.All(steps.Where(step => step.Rollouts is not null), step =>
        {
            Assert.Equal(16, step.Rollouts!.Completions);
            Assert.Equal(0, step.Rollouts.Unrewarded);
            Assert.Equal(["accuracy", "format"], step.Rollouts.Components.Keys);
            Assert.InRange(step.Rollouts.CompletionTokens, 1, 40);
            Assert.True(step.Rollouts.Entropy > 0);
        });
        Assert.Equal(2, steps[^1].Evaluation!.Samples.Length);
        Assert.Equal(steps.Select(step => step.Loss), MetricsLog.Read(Path.Combine(small.Folder, "metrics.jsonl")).Select(step => step.Loss));
        Assert.Contains("small", File.ReadAllText(Path.Combine(small.Folder, "report.html")), StringComparison.Ordinal);
        Assert.Equal(SmallRun.Yaml, File.ReadAllText(Path.Combine(small.Folder, "recipe.yaml")));
        Assert.Equal(["step-000004", "step-000006"], Directory.EnumerateDirectories(Path.Combine(small.Folder, "checkpoints")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task The_last_checkpoint_is_one_of_Hugging_Faces_with_the_parameters_that_the_run_ended_with()
    {
        using var small = new SmallRun();
        var (_, parameters) = await small.RunAsync();
        var folder = Path.Combine(small.Folder, "checkpoints", "step-000006");
        using var policy = Checkpoint.Read(folder, CPU);
        Assert.Equal(parameters, policy.Parameters.Masters.data<float>().ToArray());
        Assert.Equal("1+2=3", TokenizerFiles.Read(folder).Decode(TokenizerFiles.Read(folder).Encode("1+2=3")));
    }

    [Theory]
    [InlineData("pretraining", 3)]
    [InlineData("pretraining", 8)]
    [InlineData("reinforcement", 1)]
    [InlineData("reinforcement", 3)]
    [InlineData("reinforcement", 5)]
    public async Task A_run_that_was_broken_off_and_goes_on_does_what_it_would_have_done(string phase, int after)
    {
        using var whole = new SmallRun();
        var (steps, parameters) = await whole.RunAsync();

        using var broken = new SmallRun();
        using var stop = new CancellationTokenSource();
        broken.Seen.AfterStep = step =>
        {
            if (step.Phase == phase && step.Step == after)
            {
                stop.Cancel();
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => broken.RunAsync(cancellation: stop.Token));
        Assert.True(File.Exists(Path.Combine(broken.Folder, "report.html")));

        var (resumed, end) = await broken.RunAsync(resume: true);
        Assert.Equal(parameters, end);
        Assert.Equal(steps.Select(What), resumed.Select(What));
        Assert.Equal(steps.Select(What), MetricsLog.Read(Path.Combine(broken.Folder, "metrics.jsonl")).Select(What));

        static (string, int, double, double, double?, double?) What(StepMetrics step) =>
            (step.Phase, step.Step, step.Loss, step.GradientNorm, step.Rollouts?.Reward, step.Evaluation?.CompletionTokens);
    }

    [Fact]
    public async Task A_run_goes_on_from_a_checkpoint_that_is_older_than_its_metrics()
    {
        using var small = new SmallRun();
        var (steps, parameters) = await small.RunAsync();
        // As after a crash of the machine: the newest checkpoint is not there.
        Directory.Delete(Path.Combine(small.Folder, "checkpoints", "step-000006"), recursive: true);
        var (resumed, end) = await small.RunAsync(resume: true);
        Assert.Equal(parameters, end);
        Assert.Equal(steps.Select(step => step.Loss), resumed.Select(step => step.Loss));
    }

    [Fact]
    public async Task A_base_model_is_pretrained_once()
    {
        using var small = new SmallRun();
        var (steps, parameters) = await small.RunAsync();
        Directory.Delete(small.Folder, recursive: true);
        var (again, end) = await small.RunAsync();
        Assert.Contains(small.Seen.Messages, message => message.StartsWith("the base model is that of", StringComparison.Ordinal));
        Assert.Equal(steps.Select(step => step.Loss), again.Select(step => step.Loss));
        Assert.Equal(parameters, end);
    }

    [Fact]
    public async Task Another_seed_gives_another_run()
    {
        using var one = new SmallRun();
        using var other = new SmallRun();
        var (_, first) = await one.RunAsync();
        var (_, second) = await other.RunAsync(SmallRun.Yaml.Replace("seed: 3", "seed: 4", StringComparison.Ordinal));
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task A_parameter_that_is_no_number_stops_the_run_and_is_named()
    {
        using var small = new SmallRun();
        var exception = await Assert.ThrowsAsync<NotFiniteException>(() => small.RunAsync(before: policy =>
        {
            using var _ = no_grad();
            policy.Parameters.Master("model.layers.1.mlp.down_proj.weight")[2, 3] = float.NaN;
        }));
        Assert.Contains("pretraining step 1: the parameter model.layers.1.mlp.down_proj.weight", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_rewards_a_run_ends_after_its_last_whole_step()
    {
        using var small = new SmallRun();
        var exception = await Assert.ThrowsAsync<RewardsUnavailableException>(() => small.RunAsync(rewards: new Failing(3, new RewardsUnavailableException("gone"))));
        Assert.Equal("gone", exception.Message);
        // An evaluation after pretraining and one step had rewards.
        Assert.Contains(small.Seen.Messages, message => message.Contains("kept after step", StringComparison.Ordinal));
        using var whole = new SmallRun();
        var (_, parameters) = await whole.RunAsync();
        Assert.Equal(parameters, (await small.RunAsync(resume: true)).Parameters);
    }

    [Fact]
    public async Task What_has_no_reward_is_not_trained_on()
    {
        using var small = new SmallRun();
        // Of each group of four only the first has a reward: there is nothing to compare it with.
        var (steps, _) = await small.RunAsync(SmallRun.Yaml.Replace("klCoefficient: 0.01", "klCoefficient: 0", StringComparison.Ordinal), rewards: new Some(4));
        Assert.All(steps.Where(step => step.Rollouts is not null), step =>
        {
            Assert.Equal((4, 12), (step.Rollouts!.Completions, step.Rollouts.Unrewarded));
            Assert.Equal(0, step.TrainedTokens);
        });
    }

    [Fact]
    public async Task A_step_without_any_reward_stops_the_run_and_says_why()
    {
        using var small = new SmallRun();
        var exception = await Assert.ThrowsAsync<RewardsUnavailableException>(() => small.RunAsync(rewards: new Some(1000)));
        Assert.Contains("no completion of step 1 has a reward: nobody was there", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_was_broken_off_while_it_was_measured_is_measured_when_it_goes_on()
    {
        using var whole = new SmallRun();
        var (steps, parameters) = await whole.RunAsync();
        foreach (var measurement in new[] { 1, 4, 8 })
        {
            // The first measures the base model; each step of reinforcement asks once, and every third once more.
            using var broken = new SmallRun();
            using var stop = new CancellationTokenSource();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
                await broken.RunAsync(cancellation: stop.Token, rewards: new Cancelling(stop, measurement, await SmallRun.RewardsAsync())));
            var (resumed, end) = await broken.RunAsync(resume: true);
            Assert.Equal(parameters, end);
            Assert.Equal(steps.Select(step => (step.Step, step.Loss, step.Evaluation?.CompletionTokens)), resumed.Select(step => (step.Step, step.Loss, step.Evaluation?.CompletionTokens)));
        }
    }

    [Fact]
    public async Task A_run_goes_on_as_it_began_or_not_at_all()
    {
        using var small = new SmallRun();
        await small.RunAsync();
        var exception = await Assert.ThrowsAsync<ArgumentException>(() => small.RunAsync(SmallRun.Yaml.Replace("seed: 3", "seed: 4", StringComparison.Ordinal), resume: true));
        Assert.Contains("another seed", exception.Message, StringComparison.Ordinal);
        var (steps, _) = await small.RunAsync(SmallRun.Yaml.Replace("steps: 6", "steps: 7", StringComparison.Ordinal), resume: true);
        Assert.Equal(7, steps[^1].Step);
    }

    [Fact]
    public async Task A_reference_is_kept_with_the_run()
    {
        using var small = new SmallRun();
        using var stop = new CancellationTokenSource();
        small.Seen.AfterStep = step =>
        {
            if (step is { Phase: "reinforcement", Step: 3 })
            {
                stop.Cancel();
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => small.RunAsync(cancellation: stop.Token));
        Directory.Delete(small.BaseModels, recursive: true);
        using var whole = new SmallRun();
        Assert.Equal((await whole.RunAsync()).Parameters, (await small.RunAsync(resume: true)).Parameters);
    }

    [Fact]
    public async Task A_policy_that_becomes_no_number_while_it_is_reinforced_stops_the_run_and_is_not_kept()
    {
        using var small = new SmallRun();
        Policy? policy = null;
        small.Seen.AfterStep = step =>
        {
            if (step is { Phase: "reinforcement", Step: 4 })
            {
                using var _ = no_grad();
                policy!.Parameters.Master("model.norm.weight")[1] = float.NaN;
            }
        };
        var exception = await Assert.ThrowsAsync<NotFiniteException>(() => small.RunAsync(before: one => policy = one));
        Assert.Contains("the parameter model.norm.weight", exception.Message, StringComparison.Ordinal);
        Assert.Equal(["base-000008", "step-000002"], Directory.EnumerateDirectories(Path.Combine(small.Folder, "checkpoints")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Prompts_that_leave_no_room_are_found_before_anything_is_trained()
    {
        using var small = new SmallRun();
        var exception = await Assert.ThrowsAsync<ArgumentException>(() => small.RunAsync(SmallRun.Yaml.Replace("maxPositions: 128", "maxPositions: 44", StringComparison.Ordinal)));
        Assert.Contains("model.maxPositions", exception.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(small.Folder, "checkpoints")));
    }

    [Fact]
    public async Task Dynamic_sampling_asks_until_groups_have_a_spread_or_rounds_end()
    {
        using var small = new SmallRun();
        var yaml = SmallRun.Yaml.Replace("{name: grpo, klCoefficient: 0.01}", "{name: dapo, samplingRounds: 3}", StringComparison.Ordinal);
        var (steps, _) = await small.RunAsync(yaml);
        var asked = steps.Where(step => step.Rollouts is not null).Select(step => step.Rollouts!.Completions).ToArray();
        Assert.All(asked, completions => Assert.InRange(completions, 16, 3 * 16));
        Assert.Contains(asked, completions => completions > 16);
    }

    [Theory]
    [InlineData("grpo")]
    [InlineData("dr-grpo")]
    [InlineData("gspo")]
    [InlineData("cispo")]
    [InlineData("rloo")]
    [InlineData("reinforce")]
    [InlineData("reinforce++")]
    public async Task Every_algorithm_trains(string algorithm)
    {
        using var small = new SmallRun();
        var yaml = SmallRun.Yaml.Replace("{name: grpo, klCoefficient: 0.01}", $"{{name: {algorithm}}}", StringComparison.Ordinal);
        // One that has no ratio takes one update a step.
        yaml = algorithm is "reinforce" or "rloo" ? yaml.Replace("updates: 2", "updates: 1", StringComparison.Ordinal) : yaml;
        var (steps, parameters) = await small.RunAsync(yaml);
        Assert.Equal(14, steps.Count);
        Assert.All(parameters, parameter => Assert.True(float.IsFinite(parameter)));
    }

    private sealed class Failing(int calls, Exception exception) : IRewards
    {
        private int called;

        public async Task<IReadOnlyList<Reward>> OfAsync(IReadOnlyList<Item> items, CancellationToken cancellation) =>
            ++called >= calls ? throw exception : await (await SmallRun.RewardsAsync()).OfAsync(items, cancellation);
    }

    /// <summary>Rewards for one of so many completions of a step, and for every one of an evaluation.</summary>
    private sealed class Some(int of) : IRewards
    {
        public Task<IReadOnlyList<Reward>> OfAsync(IReadOnlyList<Item> items, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<Reward>>([.. items.Select((item, i) => new Reward(
                item.Id.Contains('-', StringComparison.Ordinal) && (of > items.Count || i % of != 0) ? null : 1, new Dictionary<string, double?>(), "nobody was there"))]);
    }

    /// <summary>Breaks a run off when rewards are asked for the so-manieth time.</summary>
    private sealed class Cancelling(CancellationTokenSource stop, int at, IRewards rewards) : IRewards
    {
        private int called;

        public Task<IReadOnlyList<Reward>> OfAsync(IReadOnlyList<Item> items, CancellationToken cancellation)
        {
            if (++called == at)
            {
                stop.Cancel();
            }

            cancellation.ThrowIfCancellationRequested();
            return rewards.OfAsync(items, cancellation);
        }
    }
}
