using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using RewardServer.Grading.Completions;
using RewardServer.Training.Rewards;

namespace RewardServer.Training.Tests.Rewards;

public sealed class ServerRewardsTests
{
    private static ServerRewards Asking(Uri server, string? apiKey = null, int tries = 4, string rubric = "\"r1-zero\"") =>
        new(server, JsonElement.Parse(rubric), apiKey, TimeProvider.System, tries, TimeSpan.FromMilliseconds(1));

    // Each completes with its own number, which the server gives as its reward.
    private static Item[] Items(int count, Func<int, string?> group) =>
    [
        .. Enumerable.Range(0, count).Select(i =>
            new Item { Id = $"item {i}", Group = group(i), Prompt = $"prompt {i}", Completion = $"{i}", Task = new MathTask("1") }),
    ];

    private static Task<IReadOnlyList<Reward>> OfAsync(ServerRewards rewards, params Item[] items) => rewards.OfAsync(items, TestContext.Current.CancellationToken);

    [Fact]
    public async Task Each_item_has_its_own_reward_whatever_the_order_of_groups_and_answers()
    {
        await using var server = await GradingServer.StartAsync(GradingServer.RewardAsync);
        using var rewards = Asking(server.Url);
        var earned = await OfAsync(rewards, Items(2000, i => $"{i * 7 % 13}"));
        Assert.Equal(Enumerable.Range(0, 2000).Select(i => (double?)i), earned.Select(reward => reward.Value));
        Assert.Equal(3, earned[3].Scores["accuracy"]);
        Assert.All(server.Requests, request => Assert.Equal("POST /v1/grade", request.Where));
    }

    [Theory]
    [InlineData(900, 300, new[] { 300, 300, 300 })]
    [InlineData(800, 8, new[] { 512, 288 })]
    [InlineData(700, 700, new[] { 700 })]
    [InlineData(3, 3, new[] { 3 })]
    public async Task Many_items_go_in_several_requests_and_groups_stay_whole(int items, int group, int[] expected)
    {
        await using var server = await GradingServer.StartAsync(GradingServer.RewardAsync);
        using var rewards = Asking(server.Url);
        await OfAsync(rewards, Items(items, i => $"group {i % (items / group)}"));
        Assert.Equal(expected, server.Requests.Select(request => request.Items.Count));
        var homes = server.Requests.SelectMany(request => request.Items.Select(item => (item.Group, request.Number))).Distinct();
        Assert.All(homes.GroupBy(home => home.Group), homesOfOne => Assert.Single(homesOfOne));
    }

    [Fact]
    public async Task Items_without_a_group_belong_together_by_their_prompts()
    {
        await using var server = await GradingServer.StartAsync(GradingServer.RewardAsync);
        using var rewards = Asking(server.Url);
        await OfAsync(rewards, Items(600, _ => null));
        Assert.Equal([512, 88], server.Requests.Select(request => request.Items.Count));
    }

    [Fact]
    public async Task The_answer_that_was_given_is_read_alike_from_a_server_and_in_this_process()
    {
        Item[] items = [.. new[] { "<answer>1/2</answer>", "<answer>0.50</answer>", "<answer> 3 </answer>", "<think>none" }.Select((text, i) =>
            new Item { Id = $"{i}", Prompt = "p", Completion = "<think>a</think> " + text, Task = new MathTask("1/2") })];
        var (rewards, graded) = await GradedHere.OfAsync(items);
        Assert.Equal(4, rewards.Count);
        Assert.Equal("3", rewards[2].Answer);
        Assert.Null(rewards[3].Answer);
        Assert.All(rewards.Take(3), reward => Assert.NotNull(reward.Answer));
        await using var server = await GradingServer.StartAsync((http, _) => GradingServer.SayAsync(http, $$"""{"rubric": "r1-zero@1", "items": {{JsonSerializer.Serialize(graded, ItemJson.Options)}}}"""));
        using var asking = Asking(server.Url);
        Assert.Equal(rewards.Select(reward => reward.Answer), (await OfAsync(asking, items)).Select(reward => reward.Answer));
    }

    [Fact]
    public async Task Nothing_to_grade_asks_nobody()
    {
        await using var server = await GradingServer.StartAsync(GradingServer.RewardAsync);
        using var rewards = Asking(server.Url);
        Assert.Empty(await OfAsync(rewards));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("\"mine@2\"")]
    [InlineData("{\"components\":[{\"grader\":\"accuracy\",\"weight\":2}]}")]
    public async Task The_rubric_goes_as_it_was_given(string rubric)
    {
        await using var server = await GradingServer.StartAsync(GradingServer.RewardAsync);
        using var rewards = Asking(server.Url, rubric: rubric);
        await OfAsync(rewards, Items(1, _ => "g"));
        Assert.Equal(rubric, server.Requests[0].Body.GetProperty("rubric").GetRawText());
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("a key", "Bearer a key")]
    public async Task A_key_is_sent_where_there_is_one(string? key, string header)
    {
        await using var server = await GradingServer.StartAsync(GradingServer.RewardAsync);
        using var rewards = Asking(server.Url, key);
        await OfAsync(rewards, Items(1, _ => "g"));
        Assert.Equal(header, server.Requests[0].Authorization);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(500)]
    [InlineData(429)]
    [InlineData(408)]
    public async Task A_server_that_cannot_now_is_asked_again(int status)
    {
        await using var server = await GradingServer.StartAsync((http, request) =>
            request.Number < 2 ? GradingServer.SayAsync(http, "{}", status) : GradingServer.RewardAsync(http, request));
        using var rewards = Asking(server.Url);
        Assert.Equal(1, (await OfAsync(rewards, Items(2, _ => "g")))[1].Value);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_tried_again()
    {
        await using var server = await GradingServer.StartAsync((http, request) =>
        {
            if (request.Number < 2)
            {
                http.Abort();
                return Task.CompletedTask;
            }

            return GradingServer.RewardAsync(http, request);
        });
        using var rewards = Asking(server.Url);
        Assert.Equal(0, (await OfAsync(rewards, Items(1, _ => "g")))[0].Value);
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(413)]
    public async Task A_request_that_is_refused_is_not_sent_again(int status)
    {
        await using var server = await GradingServer.StartAsync((http, _) => GradingServer.SayAsync(http, "{\"errors\":{\"rubric\":[\"no such rubric\"]}}", status));
        using var rewards = Asking(server.Url);
        var exception = await Assert.ThrowsAsync<RewardsUnavailableException>(() => OfAsync(rewards, Items(1, _ => "g")));
        Assert.Contains($"{server.Url}", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"{status} ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("no such rubric", exception.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_server_that_never_can_is_given_up(int tries)
    {
        await using var server = await GradingServer.StartAsync((http, _) => GradingServer.SayAsync(http, new string('x', 9000), 503));
        using var rewards = Asking(server.Url, tries: tries);
        var exception = await Assert.ThrowsAsync<RewardsUnavailableException>(() => OfAsync(rewards, Items(1, _ => "g")));
        Assert.InRange(exception.Message.Length, 500, 700);
        Assert.Equal(tries, server.Requests.Count);
    }

    [Fact]
    public async Task Nobody_there_is_told()
    {
        using var unused = new TcpListener(IPAddress.Loopback, 0);
        unused.Start();
        var url = new Uri($"http://{unused.LocalEndpoint}");
        unused.Stop();
        using var rewards = Asking(url, tries: 2);
        await Assert.ThrowsAsync<RewardsUnavailableException>(() => OfAsync(rewards, Items(1, _ => "g")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>a proxy</html>")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"items\":7}")]
    [InlineData("{\"items\":[7]}")]
    [InlineData("{\"items\":[]}")]
    [InlineData("{\"items\":[{\"id\":7,\"reward\":1,\"components\":[]}]}")]
    [InlineData("{\"items\":[{\"id\":null,\"reward\":1,\"components\":[]}]}")]
    [InlineData("{\"items\":[{\"id\":\"another\",\"reward\":1,\"components\":[]}]}")]
    [InlineData("{\"items\":[{\"id\":\"item 0\",\"reward\":\"1\",\"components\":[]}]}")]
    [InlineData("{\"items\":[{\"id\":\"item 0\",\"reward\":1e999,\"components\":[]}]}")]
    [InlineData("{\"items\":[{\"id\":\"item 0\",\"components\":[]}]}")]
    [InlineData("{\"items\":[{\"id\":\"item 0\",\"reward\":1}]}")]
    [InlineData("{\"items\":[{\"id\":\"item 0\",\"reward\":1,\"components\":{}}]}")]
    [InlineData("{\"items\":[{\"id\":\"item 0\",\"reward\":1,\"components\":[{\"name\":\"a\"}]}]}")]
    [InlineData("{\"items\":[{\"id\":\"item 0\",\"reward\":1,\"components\":[{\"name\":\"a\",\"score\":1},{\"name\":\"a\",\"score\":0}]}]}")]
    [InlineData("{\"items\":[{\"id\":\"item 0\",\"reward\":1,\"components\":[]},{\"id\":\"item 0\",\"reward\":0,\"components\":[]}]}")]
    [InlineData("{\"items\":[{\"id\":\"\\ud800\",\"reward\":1,\"components\":[]}]}")]
    public async Task An_answer_that_is_none_is_told(string answer)
    {
        await using var server = await GradingServer.StartAsync((http, _) => GradingServer.SayAsync(http, answer));
        using var rewards = Asking(server.Url);
        await Assert.ThrowsAsync<RewardsUnavailableException>(() => OfAsync(rewards, Items(1, _ => "g")));
    }

    [Fact]
    public async Task An_item_that_the_answer_lacks_is_named()
    {
        await using var server = await GradingServer.StartAsync((http, _) =>
            GradingServer.SayAsync(http, $"{{\"items\":[{GradingServer.Graded("item 0", 1).ToJsonString()}]}}"));
        using var rewards = Asking(server.Url);
        var exception = await Assert.ThrowsAsync<RewardsUnavailableException>(() => OfAsync(rewards, Items(2, _ => "g")));
        Assert.Contains("item 1", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("failed", 3)]
    [InlineData("skipped", 1)]
    public async Task An_item_without_a_reward_has_a_reason_and_is_asked_again_where_the_server_failed_at_it(string outcome, int requests)
    {
        await using var server = await GradingServer.StartAsync((http, _) =>
            GradingServer.SayAsync(http, $"{{\"items\":[{GradingServer.Graded("item 0", null, "the engine is gone", outcome).ToJsonString()}]}}"));
        using var rewards = Asking(server.Url);
        var reward = Assert.Single(await OfAsync(rewards, Items(1, _ => "g")));
        Assert.Equal((null, "the engine is gone", false), (reward.Value, reward.Reason, reward.Right));
        Assert.Null(reward.Scores["accuracy"]);
        Assert.Equal(requests, server.Requests.Count);
    }

    [Fact]
    public async Task What_failed_is_asked_again_with_its_group_and_nothing_else()
    {
        await using var server = await GradingServer.StartAsync((http, request) => request.Number == 0
            ? GradingServer.SayAsync(http, new JsonObject
            {
                ["items"] = new JsonArray([.. request.Items.Select(item => GradingServer.Graded(item.Id, item.Id == "item 3" ? null : 100))]),
            }.ToJsonString())
            : GradingServer.RewardAsync(http, request));
        using var rewards = Asking(server.Url);
        var earned = await OfAsync(rewards, Items(6, i => $"{i % 2}"));
        Assert.Equal([100, 1, 100, 3, 100, 5], earned.Select(reward => reward.Value));
        Assert.Equal(["item 1", "item 3", "item 5"], server.Requests[1].Items.Select(item => item.Id));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task An_answer_that_is_none_is_asked_for_again()
    {
        await using var server = await GradingServer.StartAsync((http, request) =>
            request.Number == 0 ? GradingServer.SayAsync(http, "<html>starting</html>") : GradingServer.RewardAsync(http, request));
        using var rewards = Asking(server.Url);
        Assert.Equal(1, (await OfAsync(rewards, Items(2, _ => "g")))[1].Value);
    }

    [Fact]
    public async Task A_server_that_hangs_is_left_when_the_caller_gives_up()
    {
        using var asked = new CancellationTokenSource();
        await using var server = await GradingServer.StartAsync(async (http, _) =>
        {
            await asked.CancelAsync();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        });
        using var rewards = Asking(server.Url);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rewards.OfAsync(Items(1, _ => "g"), asked.Token));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Waiting_for_a_further_try_ends_when_the_caller_gives_up()
    {
        using var asked = new CancellationTokenSource();
        await using var server = await GradingServer.StartAsync((http, _) => GradingServer.SayAsync(http, "{}", 503));
        using var rewards = new ServerRewards(server.Url, JsonElement.Parse("\"r1-zero\""), null, TimeProvider.System, tries: 5, TimeSpan.FromHours(1));
        var asking = rewards.OfAsync(Items(1, _ => "g"), asked.Token);
        while (server.Requests.Count == 0)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        await asked.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }
}
