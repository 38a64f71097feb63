using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;
using RewardServer.Training.Rewards;

namespace RewardServer.Training.Tests.Runs;

/// <summary>Loops that learn from completions that were kept: expert iteration, STaR, and distillation.</summary>
public sealed class ImitationTests
{
    // 8 steps of pretraining make no policy that is ever right: what is kept is told by other rewards.
    private static string Yaml(string learning) => SmallRun.Yaml
        .Replace("algorithm: {name: grpo, klCoefficient: 0.01}", learning, StringComparison.Ordinal)
        .Replace("steps: 6,", "steps: 4,", StringComparison.Ordinal);

    private static JsonElement[] Samples(SmallRun small, int step) =>
        [.. File.ReadLines(Path.Combine(small.Folder, "samples", $"step-{step:D6}.jsonl")).Select(line => JsonElement.Parse(line))];

    [Fact]
    public async Task A_policy_imitates_what_is_right_of_its_own()
    {
        using var small = new SmallRun();
        var (steps, _) = await small.RunAsync(Yaml("imitation: {filter: {perProblem: 2}}"), rewards: new Judge(item => item.Id.EndsWith('1') || item.Id.EndsWith('3')));
        var kept = steps.Where(step => step.Rollouts is not null).Select(step => step.Rollouts!.Kept!.Value).ToArray();
        Assert.Equal(4, kept.Length);
        Assert.All(kept, count => Assert.InRange(count, 1, 8));
        Assert.All(steps, step => Assert.Null(step.Rollouts?.Rationalized));
        var samples = Samples(small, 4);
        Assert.Equal(kept[3], samples.Length);
        Assert.All(samples, sample =>
        {
            Assert.EndsWith($"{sample.GetProperty("question")} Assistant:", sample.GetProperty("prompt").GetString(), StringComparison.Ordinal);
            Assert.Equal((1, false), (sample.GetProperty("reward").GetDouble(), sample.GetProperty("hinted").GetBoolean()));
        });
    }

    [Fact]
    public async Task What_is_kept_becomes_likelier()
    {
        using var small = new SmallRun();
        var yaml = Yaml("imitation: {}").Replace("updates: 2, batchTokens: 512, learningRate: 1e-3", "updates: 20, batchTokens: 512, learningRate: 1e-2", StringComparison.Ordinal);
        var (steps, _) = await small.RunAsync(yaml, rewards: new Judge(item => item.CompletionTokens < 20));
        var rollouts = steps.Where(step => step.Rollouts is not null).Select(step => step.Rollouts!.CompletionTokens).ToArray();
        Assert.True(rollouts[^1] < rollouts[0] / 2, $"completions went from {rollouts[0]} to {rollouts[^1]} tokens");
    }

    // Nothing is right without a hint, and all with one: what is learned follows the question alone.
    [Fact]
    public async Task STaR_explains_the_right_answer_and_learns_as_if_it_had_not_been_told()
    {
        using var small = new SmallRun();
        var judge = new Judge(_ => false) { AfterFirst = true };
        var (steps, _) = await small.RunAsync(Yaml("imitation: {rationalize: true, fromBase: true, hint: ' {answer}'}"), rewards: judge);
        Assert.All(steps.Where(step => step.Rollouts is not null), step =>
        {
            Assert.Equal((4, 4, 16), (step.Rollouts!.Kept, step.Rollouts.Rationalized, step.Rollouts.Told));
            // What is written with the answer told costs as what is written without.
            Assert.True(step.Rollouts.GeneratedTokens > step.Rollouts.CompletionTokens * step.Rollouts.Completions);
        });
        Assert.All(Samples(small, 1), sample =>
        {
            Assert.True(sample.GetProperty("hinted").GetBoolean());
            Assert.EndsWith("=? Assistant:", sample.GetProperty("prompt").GetString(), StringComparison.Ordinal);
        });
        // Graders see the question alone, too.
        Assert.All(judge.Prompts, prompt => Assert.EndsWith("=? Assistant:", prompt, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_nothing_is_kept_nothing_is_learned()
    {
        using var small = new SmallRun();
        var (steps, parameters) = await small.RunAsync(Yaml("imitation: {fromBase: true}"), rewards: new Judge(_ => false));
        Assert.All(steps.Where(step => step.Rollouts is not null), step => Assert.Equal((0L, 0), (step.TrainedTokens, step.Rollouts!.Kept)));
        Assert.Empty(Samples(small, 1));
        Assert.NotEmpty(parameters);
    }

    [Fact]
    public async Task A_score_that_the_rubric_does_not_give_is_told()
    {
        using var small = new SmallRun();
        var exception = await Assert.ThrowsAsync<RecipeException>(() => small.RunAsync(Yaml("imitation: {filter: {language: 1}}"), rewards: new Judge(_ => true)));
        Assert.Contains("the rubric has no component 'language'; there are: accuracy", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("imitation: {fromBase: true, rationalize: true}")]
    [InlineData("imitation: {filter: {accuracy: false, best: true}}")]
    public async Task A_run_that_was_broken_off_goes_on_as_it_would_have(string learning)
    {
        IRewards Rewards() => new Judge(item => item.CompletionTokens % 3 != 0);
        using var whole = new SmallRun();
        var (steps, parameters) = await whole.RunAsync(Yaml(learning), rewards: Rewards());
        using var broken = new SmallRun();
        using var stop = new CancellationTokenSource();
        broken.Seen.AfterStep = step =>
        {
            if (step is { Phase: Phases.Reinforcement, Step: 3 })
            {
                stop.Cancel();
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => broken.RunAsync(Yaml(learning), cancellation: stop.Token, rewards: Rewards()));
        var (resumed, end) = await broken.RunAsync(Yaml(learning), resume: true, rewards: Rewards());
        Assert.Equal(parameters, end);
        Assert.Equal(steps.Select(step => (step.Step, step.Loss, step.Rollouts?.Kept)), resumed.Select(step => (step.Step, step.Loss, step.Rollouts?.Kept)));
    }

    [Fact]
    public async Task A_student_imitates_a_teacher_of_a_checkpoint()
    {
        using var teacher = new SmallRun();
        await teacher.RunAsync();
        using var small = new SmallRun();
        var path = Path.Combine(teacher.Folder, "checkpoints", "step-000006");
        var (steps, _) = await small.RunAsync(Yaml($"distillation: {{teacher: '{path}', filter: {{accuracy: false, perProblem: 4}}}}"), rewards: new Judge(_ => true));
        Assert.All(steps.Where(step => step.Rollouts is not null), step => Assert.InRange(step.Rollouts!.Kept!.Value, 0, 16));
        Assert.Contains(steps, step => step.Rollouts?.Kept > 0 && step.TrainedTokens > 0);
    }

    [Fact]
    public async Task A_student_comes_nearer_to_its_teacher_on_its_own_tokens()
    {
        using var teacher = new SmallRun();
        await teacher.RunAsync(SmallRun.Yaml.Replace("steps: 8, batchTokens: 512", "steps: 60, batchTokens: 512", StringComparison.Ordinal));
        using var small = new SmallRun();
        var path = Path.Combine(teacher.Folder, "checkpoints", "step-000006");
        var yaml = Yaml($"distillation: {{teacher: '{path}', kind: reverse-kl}}")
            .Replace("steps: 4, updates: 2, batchTokens: 512, learningRate: 1e-3", "steps: 30, updates: 1, batchTokens: 512, learningRate: 1e-2", StringComparison.Ordinal);
        var (steps, _) = await small.RunAsync(yaml);
        var losses = steps.Where(step => step.Rollouts is not null).Select(step => step.Loss).ToArray();
        Assert.All(losses, loss => Assert.True(loss >= 0));
        Assert.True(losses[^1] < losses[0] / 2, $"the divergence went from {losses[0]} to {losses[^1]}");
    }

    [Fact]
    public async Task A_teacher_that_is_not_there_is_told()
    {
        using var small = new SmallRun();
        Assert.Contains("there is no folder a", (await Assert.ThrowsAsync<ArgumentException>(() => small.RunAsync(Yaml("distillation: {teacher: a}")))).Message, StringComparison.Ordinal);
    }

    /// <summary>Tells right from wrong by what a test says.</summary>
    private sealed class Judge(Func<Item, bool> isRight) : IRewards
    {
        /// <summary>Whether everything is right where the step's first completions were judged before.</summary>
        public bool AfterFirst { get; init; }

        public List<string> Prompts { get; } = [];

        private int asked;

        public Task<IReadOnlyList<Reward>> OfAsync(IReadOnlyList<Item> items, CancellationToken cancellation)
        {
            // Rollouts have two numbers, held-out problems one.
            var rollouts = items[0].Id.Contains('-', StringComparison.Ordinal);
            var told = AfterFirst && rollouts && asked++ % 2 == 1;
            Prompts.AddRange(items.Select(item => item.Prompt.LastOf("user")!));
            return Task.FromResult<IReadOnlyList<Reward>>([.. items.Select(item =>
            {
                var score = told || isRight(item) ? 1.0 : 0;
                return new Reward(score, new Dictionary<string, double?> { ["accuracy"] = score }, null);
            })]);
        }
    }
}
