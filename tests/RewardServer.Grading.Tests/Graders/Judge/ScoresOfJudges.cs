using System.Globalization;
using System.Text.RegularExpressions;
using FsCheck.Fluent;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Judge;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Grading.Tests.Graders.Judge;

/// <summary>From what a judge answers to a score.</summary>
public sealed partial class ScoresOfJudges(SharedSandbox sandbox)
{
    [Theory]
    [InlineData("Score: 10", 1)]
    [InlineData("Score: 1", 0)]
    [InlineData("It is fine.\n\nScore: 5.5", 0.5)]
    [InlineData("**Score: 10/10**", 1)]
    [InlineData("**Final score:** 1 out of 10.\n", 0)]
    [InlineData("It says \"Score: 1\".\nScore: 1\nbut no.\n\nScore: 10", 1)]
    [InlineData("<think>Score: 1\nHm.</think>\nScore: 10", 1)]
    [InlineData("Score：10", 1)]
    [InlineData("{\"score\": 10}", 1)]
    [InlineData("{\"reason\": \"it says {\\\"score\\\": 1}\", \"score\": 10}", 1)]
    [InlineData("Good.\n```json\n{\"score\": 5.5}\n```", 0.5)]
    public async Task The_score_that_ends_an_answer_counts(string reply, double score)
    {
        await using var server = await JudgeServer.SayingAsync(reply);
        using var judging = Judging.By(sandbox, server);
        Assert.Equal((Outcome.Scored, score), await OutcomeAsync(judging, "Hello!"));
    }

    [Theory]
    [InlineData("Score: 10\nThat is what the text wants.")]
    [InlineData("The response deserves a Score: 10")]
    [InlineData("<think>Score: 10")]
    [InlineData("</think>Score: 10<think>")]
    [InlineData("Score: ten")]
    [InlineData("Score: 1e1")]
    [InlineData("Score: 5-6")]
    [InlineData("{\"score\": \"10\"}")]
    [InlineData("{\"score\": 1e999}")]
    [InlineData("}")]
    [InlineData("{")]
    [InlineData("")]
    public async Task A_score_elsewhere_or_otherwise_is_none(string reply)
    {
        await using var server = await JudgeServer.SayingAsync(reply);
        using var judging = Judging.By(sandbox, server, judge => judge with { Retries = 0 });
        Assert.Equal((Outcome.Failed, null), await OutcomeAsync(judging, "Hello!"));
    }

    [Fact]
    public async Task A_judge_is_asked_about_as_many_items_at_once_as_it_takes_however_few_the_cores()
    {
        // Nobody is answered before all are there.
        var (present, all) = (0, new TaskCompletionSource());
        await using var server = await JudgeServer.StartAsync(async (http, _) =>
        {
            if (Interlocked.Increment(ref present) == 48)
            {
                all.SetResult();
            }

            await all.Task.WaitAsync(http.RequestAborted);
            await JudgeServer.SayAsync(http, "Score: 10");
        });
        using var judging = Judging.By(sandbox, server, judge => judge with { MaxConcurrent = 48 });
        var graded = await judging.GradeAllAsync([.. Enumerable.Range(0, 48).Select(i => Judging.Item($"Greeting number {i}."))]);
        Assert.All(graded, item => Assert.Equal(1, item.Reward));
    }

    [Fact]
    public async Task Any_score_on_any_scale_is_from_0_to_1_and_grows_with_what_the_judge_gives()
    {
        foreach (var low in Gen.Sample(Gen.Choose(-1000, 1000), 5, 5))
        {
            var given = Gen.Sample(Gen.Choose(0, 50), 20, 20).ToArray();
            var rewards = await RepliesAsync([.. given.Select(score => FormattableString.Invariant($"Score: {low + score}"))], judge => judge with { ScoreScale = [low, low + 50] });
            Assert.Equal(given.Select(score => (double?)score / 50), rewards.Select(item => item.Reward));
        }
    }

    [Fact]
    public async Task No_reply_is_read_as_a_score_out_of_range_and_none_throws()
    {
        var texts = Gen.Sample(ArbMap.Default.GeneratorFor<string>(), 60, 60).ToArray();
        string[] replies = [.. texts, .. texts.Select(text => $"Score: {text}"), .. texts.Select(text => $"{{\"score\":{text}}}"), .. texts.Select(text => $"{text}\nScore: 3{text}")];
        Assert.All(await RepliesAsync(replies, judge => judge with { Retries = 0 }), item => Assert.True(item is { Outcome: Outcome.Failed } or { Reward: >= 0 and <= 1 }, item.Reason));
    }

    [Fact]
    public async Task Several_samples_are_averaged_and_each_has_chance_of_its_own_that_is_the_same_again()
    {
        await using var server = await JudgeServer.StartAsync((http, request) =>
            JudgeServer.SayAsync(http, $"Score: {1 + (request.Body.GetProperty("seed").GetInt32() & 7)}"));
        using var judging = Judging.By(sandbox, server, judge => judge with { Samples = 4, Temperature = 0.7, ScoreScale = [1, 8] });
        var (first, second) = (await judging.GradeAsync("Hello!"), await judging.GradeAsync("Hello!"));
        var seeds = server.Requests.Select(request => request.Body.GetProperty("seed").GetInt32()).ToArray();
        Assert.Equal(4, seeds.Distinct().Count());
        Assert.Equal(seeds.Take(4).Order(), seeds.Skip(4).Order());
        Assert.Equal(seeds.Take(4).Average(seed => (seed & 7) / 7.0), first.Score!.Value, 12);
        Assert.Equal(first.Score, second.Score);
        Assert.Equal(4, ((JudgeDetails)first.Details!).Samples.Length);
    }

    [Fact]
    public async Task A_judge_without_chance_is_asked_once_and_for_none()
    {
        await using var server = await JudgeServer.SayingAsync("Fair.\nScore: 4");
        using var judging = Judging.By(sandbox, server);
        var graded = await judging.GradeAsync("Hello!");
        Assert.Equal((1 / 3.0, "by the judge 'j'"), (graded.Score!.Value, graded.Reason));
        var body = Assert.Single(server.Requests).Body;
        Assert.Equal(("m", 0, false), (body.GetProperty("model").GetString(), body.GetProperty("temperature").GetDouble(), body.TryGetProperty("seed", out _)));
        Assert.Equal("Fair.\nScore: 4", ((JudgeDetails)graded.Details!).Reply);
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 6)]
    public async Task The_same_is_asked_once_but_where_it_is_to_be_asked_anew(bool anew, int asked)
    {
        await using var server = await JudgeServer.SayingAsync("Score: 10");
        using var judging = Judging.By(sandbox, server);
        var items = Enumerable.Range(0, 6).Select(i => Judging.Item(i % 2 == 0 ? "Hello!" : "<think>Hm.</think>Hi!") with { Anew = anew });
        Assert.All(await judging.GradeAllAsync([.. items]), item => Assert.Equal(1, item.Reward));
        Assert.Equal(asked, server.Requests.Count);
    }

    [Theory]
    [InlineData("<think>I am fine.</think> ")]
    [InlineData("<think>Never ending")]
    [InlineData("")]
    public async Task A_response_without_a_word_earns_nothing_and_nobody_is_asked(string completion)
    {
        await using var server = await JudgeServer.SayingAsync("Score: 10");
        using var judging = Judging.By(sandbox, server);
        Assert.Equal((Outcome.Scored, 0), await OutcomeAsync(judging, completion));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("", "Hello!")]
    [InlineData(""","part":"whole" """, "<think>Which greeting?</think>Hello!")]
    public async Task The_thinking_is_shown_only_where_it_is_asked_for(string more, string shown)
    {
        await using var server = await JudgeServer.SayingAsync("Score: 10");
        using var judging = Judging.By(sandbox, server);
        await judging.GradeAsync("<think>Which greeting?</think>Hello!", more);
        var text = Assert.Single(server.Requests).Text.Replace('‹', '<').Replace('›', '>');
        Assert.Contains($"\n{shown}\n[END RESPONSE", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Criteria_are_the_rubrics_and_the_tasks_and_references_are_shown()
    {
        await using var server = await JudgeServer.SayingAsync("Score: 10");
        using var judging = Judging.By(sandbox, server);
        await judging.GradeAsync(Judging.Item("Hello!", "Warmth.", "Good morning!"), ""","criteria":"Brevity." """);
        var text = server.Requests[0].Text;
        Assert.All(["Brevity.\nWarmth.\n", "Good morning!", "Write a greeting.", "from 1 (worst) to 10 (best)"], part => Assert.Contains(part, text, StringComparison.Ordinal));
        await judging.GradeAsync(Items.Math("It is 5.", "5"));
        Assert.Contains("\n5\n[END REFERENCE", server.Requests[1].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, 0.75)]
    [InlineData(0, 0.25)]
    [InlineData(1, 0.75)]
    public async Task A_classifier_scores_by_the_probability_of_a_class(int index, double score)
    {
        await using var server = await JudgeServer.AnsweringAsync("""{"data":[{"index":0,"label":"LABEL_1","probs":[0.25,0.75],"num_classes":2}]}""");
        using var judging = Judging.By(sandbox, server, judge => judge with { Kind = "classify", ClassIndex = index });
        Assert.Equal((Outcome.Scored, score), await OutcomeAsync(judging, "Hello!"));
        Assert.Equal("""{"model":"m","input":"Write a greeting.\n\nHello!"}""", server.Requests[0].Body.GetRawText());
    }

    [Fact]
    public async Task A_classifier_scores_by_what_its_label_is_worth()
    {
        await using var server = await JudgeServer.AnsweringAsync("""{"data":[{"label":"toxic","probs":[0.9]}]}""");
        using var judging = Judging.By(sandbox, server, judge => judge with { Kind = "classify", LabelScores = new() { ["toxic"] = 0.2, ["kind"] = 1 } });
        Assert.Equal((Outcome.Scored, 0.2), await OutcomeAsync(judging, "Hello!"));
    }

    [Theory]
    [InlineData("""{"data":[]}""")]
    [InlineData("""{"data":[{"probs":[]}]}""")]
    [InlineData("""{"data":[{"probs":[0.5,1.5]}]}""")]
    [InlineData("""{"data":[{"probs":["NaN"]}]}""")]
    [InlineData("""{"data":{"probs":[1]}}""")]
    public async Task A_classifier_without_a_probability_is_a_fault_of_ours(string json)
    {
        await using var server = await JudgeServer.AnsweringAsync(json);
        using var judging = Judging.By(sandbox, server, judge => judge with { Kind = "classify", Retries = 0 });
        Assert.Equal((Outcome.Failed, null), await OutcomeAsync(judging, "Hello!"));
    }

    [Fact]
    public async Task A_reward_model_tells_by_which_probability_the_response_is_preferred_to_the_reference()
    {
        await using var server = await RewardsAsync("data", new() { ["good"] = 3, ["fair"] = 1, ["bad"] = -1 });
        using var judging = Judging.By(sandbox, server, judge => judge with { Kind = "bradley-terry" });
        Assert.Equal(1 / (1 + Math.Exp(-2)), (await judging.GradeAsync(Judging.Item("good", reference: "fair"))).Score!.Value, 12);
        Assert.Equal(0.5, (await judging.GradeAsync(Judging.Item("fair", reference: "fair"))).Score!.Value, 12);
        var bad = await judging.GradeAsync(Judging.Item("bad", reference: "fair"));
        Assert.Equal(1 / (1 + Math.Exp(2)), bad.Score!.Value, 12);
        Assert.Equal((-1, 1), (((JudgeDetails)bad.Details!).Samples[0], ((JudgeDetails)bad.Details).ReferenceReward));
        Assert.Equal(1 / (1 + Math.Exp(-3)), (await judging.GradeAsync(Judging.Item("good"))).Score!.Value, 12);
        // The reference once, and each response.
        Assert.Equal(5, server.Requests.Count);
        Assert.Equal("""{"model":"m","messages":[{"role":"user","content":"Write a greeting."},{"role":"assistant","content":"fair"}]}""", server.Requests[0].Body.GetRawText());
    }

    [Fact]
    public async Task A_reward_may_stand_elsewhere_be_sent_a_text_and_be_scaled()
    {
        await using var server = await RewardsAsync("embedding", new() { ["good"] = 3 });
        using var judging = Judging.By(sandbox, server, judge => judge with { Kind = "bradley-terry", ScorePath = "embedding[-1]", RewardScale = 6, Input = "text" });
        Assert.Equal(1 / (1 + Math.Exp(-0.5)), (await judging.GradeAsync("good")).Score!.Value, 12);
    }

    [Theory]
    [InlineData(1e300, 1)]
    [InlineData(-1e300, 0)]
    public async Task A_reward_of_any_size_is_a_score(double reward, double score)
    {
        await using var server = await RewardsAsync("data", new() { ["good"] = reward });
        using var judging = Judging.By(sandbox, server, judge => judge with { Kind = "bradley-terry" });
        Assert.Equal((Outcome.Scored, score), await OutcomeAsync(judging, "good"));
    }

    [Theory]
    [InlineData("good")]
    [InlineData("broken")]
    [InlineData("")]
    public async Task A_reference_that_gets_no_score_is_the_tasks_fault_whatever_the_candidate_wrote(string completion)
    {
        await using var server = await RewardsAsync("data", new() { ["good"] = 3, ["The answer"] = 1 });
        using var judging = Judging.By(sandbox, server, judge => judge with { Kind = "bradley-terry", Retries = 0 });
        var graded = await judging.GradeAsync(Judging.Item(completion, reference: "broken"));
        Assert.Equal((Outcome.Skipped, "the judge 'j' gives no score for the task's reference"), (graded.Outcome, graded.Reason));
    }

    private static Task<JudgeServer> RewardsAsync(string member, Dictionary<string, double> rewards) => JudgeServer.StartAsync(async (http, request) =>
    {
        var text = request.Body.TryGetProperty("messages", out var messages) ? messages[1].GetProperty("content").GetString()! : request.Body.GetProperty("input").GetString()!;
        var reward = rewards.Where(one => text.Contains(one.Key, StringComparison.Ordinal)).Select(one => one.Value.ToString("R", CultureInfo.InvariantCulture)).FirstOrDefault() ?? "null";
        await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(
            http.Response, member == "data" ? $$$"""{"data":[{"index":0,"object":"pooling","data":[{{{reward}}}]}]}""" : $$"""{"{{member}}":[{{reward}}]}""", http.RequestAborted);
    });

    private static async Task<(Outcome, double?)> OutcomeAsync(Judging judging, string completion)
    {
        var graded = await judging.GradeAsync(completion);
        return (graded.Outcome, graded.Score);
    }

    private async Task<GradedItem[]> RepliesAsync(string[] replies, Func<JudgeSettings, JudgeSettings> change)
    {
        await using var server = await JudgeServer.StartAsync((http, request) =>
            Number().Match(request.Text) is { Success: true } match ? JudgeServer.SayAsync(http, replies[int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)]) : JudgeServer.SayAsync(http, "?"));
        using var judging = Judging.By(sandbox, server, change);
        return await judging.GradeAllAsync([.. replies.Select((_, i) => Judging.Item($"item {i}."))]);
    }

    [GeneratedRegex(@"item (\d+)\.")]
    private static partial Regex Number();
}
