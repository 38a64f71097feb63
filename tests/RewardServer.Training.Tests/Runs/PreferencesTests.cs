using RewardServer.Grading.Completions;
using RewardServer.Training.Checkpoints;
using RewardServer.Training.Reporting;
using RewardServer.Training.Rewards;
using RewardServer.Training.Tokens;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Runs;

/// <summary>Learning from pairs: DPO, reward models, and rewards by one.</summary>
public sealed class PreferencesTests
{
    private static string Yaml(string learning, int steps = 4, string updates = "updates: 2", string rate = "1e-3") => SmallRun.Yaml
        .Replace("algorithm: {name: grpo, klCoefficient: 0.01}", learning, StringComparison.Ordinal)
        .Replace("steps: 6, updates: 2, batchTokens: 512, learningRate: 1e-3", $"steps: {steps}, {updates}, batchTokens: 512, learningRate: {rate}", StringComparison.Ordinal);

    [Fact]
    public async Task DPO_makes_what_is_preferred_likelier()
    {
        using var small = new SmallRun();
        var (steps, _) = await small.RunAsync(Yaml("preferences: {kind: dpo, beta: 0.1}", steps: 30, rate: "3e-3"), rewards: new Shortest());
        var learned = steps.Where(step => step.Phase == Phases.Reinforcement).ToArray();
        var rollouts = learned.Select(step => step.Rollouts!).ToArray();
        // At first the policy is its reference: every margin is 0, and no pair is told.
        Assert.Equal(0, learned[0].PairMargin!.Value, 1e-3);
        var told = learned.Select(step => step.PairAccuracy).OfType<double>().ToArray();
        Assert.True(told[^10..].Average() > 0.6, $"of pairs that were not learned from yet were told: {string.Join(", ", told)}");
        Assert.True(rollouts[^1].CompletionTokens < rollouts[0].CompletionTokens, $"completions went from {rollouts[0].CompletionTokens} to {rollouts[^1].CompletionTokens} tokens");
    }

    [Fact]
    public async Task A_reward_model_learns_to_tell_pairs_and_rewards_a_run()
    {
        using var teaching = new SmallRun();
        var (steps, _) = await teaching.RunAsync(Yaml("preferences: {kind: reward-model}", steps: 30, updates: "updates: 4", rate: "3e-3"), rewards: new Shortest());
        var told = steps.Where(step => step.Rollouts is not null).Select(step => step.PairAccuracy!.Value).ToArray();
        Assert.True(told[^10..].Average() > 0.8, $"of pairs that were not learned from yet, {told[^10..].Average():P0} were told");

        var path = Path.Combine(teaching.Folder, "checkpoints", "step-000030", "reward-model");
        var tokenizer = TokenizerFiles.Read(path);
        using var model = new ModelRewards(new Shortest(), Checkpoint.Read(path, CPU), tokenizer, new(path, Weight: 2, Rules: 3));
        var items = new[] { Asked("1+2=?", "<think></think>"), Asked("1+2=?", "<think>1+2=3</think><answer>3</answer>") with { Truncated = true } };
        var rewards = await model.OfAsync(items, TestContext.Current.CancellationToken);
        var scores = model.ScoresOf(items);
        Assert.True(scores[0] > scores[1]);
        Assert.Equal(2 * scores[0] + 3 * -2.0, rewards[0].Value!.Value, 1e-6);
        Assert.Equal((0, scores[0]), (rewards[0].Scores["accuracy"], rewards[0].Scores["rewardModel"]));

        // In a run it is what is optimised, and rules still say what is right.
        using var small = new SmallRun();
        var yaml = Yaml("algorithm: {name: rloo}", steps: 12, updates: "updates: 1", rate: "1e-2") + $"\nrewardModel: {{path: '{path}'}}";
        var (rewarded, _) = await small.RunAsync(yaml, rewards: new Shortest());
        var rollouts = rewarded.Where(step => step.Rollouts is not null).Select(step => step.Rollouts!).ToArray();
        Assert.All(rollouts, one => Assert.Equal(one.Reward, one.Components["rewardModel"], 1e-6));
        Assert.True(rollouts[^1].Reward > rollouts[0].Reward);
        Assert.All(rewarded.Where(step => step.Evaluation is not null), step => Assert.Equal(0, step.Evaluation!.Accuracy["addition"]));
    }

    [Theory]
    [InlineData("preferences: {kind: dpo}")]
    [InlineData("preferences: {kind: reward-model}")]
    public async Task A_run_that_was_broken_off_goes_on_as_it_would_have(string learning)
    {
        using var whole = new SmallRun();
        var (steps, parameters) = await whole.RunAsync(Yaml(learning), rewards: new Shortest());
        using var broken = new SmallRun();
        using var stop = new CancellationTokenSource();
        broken.Seen.AfterStep = step =>
        {
            if (step is { Phase: Phases.Reinforcement, Step: 3 })
            {
                stop.Cancel();
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => broken.RunAsync(Yaml(learning), cancellation: stop.Token, rewards: new Shortest()));
        var (resumed, end) = await broken.RunAsync(Yaml(learning), resume: true, rewards: new Shortest());
        Assert.Equal(parameters, end);
        Assert.Equal(steps.Select(step => (step.Step, step.Loss, step.PairMargin)), resumed.Select(step => (step.Step, step.Loss, step.PairMargin)));
    }

    [Fact]
    public async Task What_is_no_reward_model_is_told_before_anything_is_trained()
    {
        using var policy = new SmallRun();
        await policy.RunAsync();
        using var small = new SmallRun();
        var path = Path.Combine(policy.Folder, "checkpoints", "step-000006");
        Assert.Contains("no scalar head", (await Assert.ThrowsAsync<ArgumentException>(() => small.RunAsync(SmallRun.Yaml + $"\nrewardModel: {{path: '{path}'}}"))).Message, StringComparison.Ordinal);
        Assert.Contains("there is no folder", (await Assert.ThrowsAsync<ArgumentException>(() => small.RunAsync(SmallRun.Yaml + "\nrewardModel: {path: nowhere}"))).Message, StringComparison.Ordinal);
    }

    private static Item Asked(string question, string completion) => new()
    {
        Id = completion,
        Prompt = ChatText.FromText(RewardServer.Training.Runs.PromptTemplate.Named("r1-zero", null).Of(question)),
        Completion = ChatText.FromText(completion),
        Task = new MathTask("3"),
    };

    /// <summary>The shorter the better, and nothing is right.</summary>
    private sealed class Shortest : IRewards
    {
        public Task<IReadOnlyList<Reward>> OfAsync(IReadOnlyList<Item> items, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<Reward>>([.. items.Select(item => new Reward(-(item.CompletionTokens ?? 2), new Dictionary<string, double?> { ["accuracy"] = 0 }, null))]);
    }
}
