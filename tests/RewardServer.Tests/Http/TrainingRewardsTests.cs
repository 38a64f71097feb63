using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Rubrics.Library;
using RewardServer.Grading.Sets;
using RewardServer.Sandboxing;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Training.Rewards;

namespace RewardServer.Tests.Http;

public sealed class TrainingRewardsTests(RunningServer server)
{
    private static readonly string[] Completions =
    [
        "<think>2+3=5</think><answer>5</answer>",
        "<think>2+3=6</think><answer>6</answer>",
        "<answer>5</answer>",
        "<think>2+3=5</think><answer>5",
        "5",
        "",
        "<think>x</think><answer>\\boxed{10/2}</answer> \u00e9\u4e94 \"quoted\"",
        "<think>2+3=5</think><answer>5</answer>",
    ];

    [Theory]
    [InlineData("\"r1-zero\"")]
    [InlineData("{\"components\":[{\"grader\":\"accuracy\",\"weight\":2},{\"grader\":\"format\",\"weight\":0.5},{\"grader\":\"reflection\",\"weight\":0}]}")]
    public async Task A_server_gives_a_policy_the_rewards_that_a_rubric_in_process_gives(string rubric)
    {
        Item[] items =
        [
            .. from gold in (string[])["5", "\\frac{}{}"] // The second cannot be judged against.
               from i in Enumerable.Range(0, Completions.Length)
               select new Item { Id = $"{gold} {i}", Group = gold, Prompt = "2+3=?", Completion = Completions[i], CompletionTokens = i, Truncated = i == 3, Task = new MathTask(gold) },
        ];
        await using var sandbox = await SandboxPool.StartAsync(new SandboxOptions { Engine = "none" }, TimeProvider.System, TestContext.Current.CancellationToken);
        var compiler = new RubricCompiler(new(sandbox));
        var definition = JsonElement.Parse(rubric);
        var compiled = definition.ValueKind == JsonValueKind.String ? new RubricLibrary(compiler, null).Find("r1-zero")! : compiler.Compile(definition).Rubric!;
        var here = await new RubricRewards(compiled, new SetGrader(0, (item, exception) => throw new InvalidOperationException(item.Id, exception)))
            .OfAsync(items, TestContext.Current.CancellationToken);
        using var elsewhere = new ServerRewards(server.Client.BaseAddress!, definition, null, TimeProvider.System);
        var there = await elsewhere.OfAsync(items, TestContext.Current.CancellationToken);

        Assert.Equal(here.Select(Told), there.Select(Told));
        Assert.True(there[0].Value > there[1].Value);
        Assert.Equal([true, false], there.Take(2).Select(reward => reward.Right));
        Assert.All(there.Skip(Completions.Length), reward => Assert.Null(reward.Value));

        static string Told(Reward reward) =>
            $"{reward.Value} {string.Join(", ", reward.Scores.Select(score => $"{score.Key} {score.Value}"))} {reward.Reason}";
    }

    [Fact]
    public async Task A_rubric_that_the_server_does_not_know_is_told()
    {
        using var rewards = new ServerRewards(server.Client.BaseAddress!, JsonElement.Parse("\"no-such-rubric\""), null, TimeProvider.System);
        var item = new Item { Id = "a", Prompt = "?", Completion = "1", Task = new MathTask("1") };
        var exception = await Assert.ThrowsAsync<RewardsUnavailableException>(() => rewards.OfAsync([item], TestContext.Current.CancellationToken));
        Assert.Contains("no-such-rubric", exception.Message, StringComparison.Ordinal);
    }
}
