using System.Text.Json;
using Microsoft.AspNetCore.Builder;

namespace RewardServer.Tests.Compatibility;

/// <summary>Tasks that are uploaded, so that labels need only name them.</summary>
public sealed class TaskTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tasks-");
    private WebApplication app = null!;
    private HttpClient client = null!;

    public async ValueTask InitializeAsync() => (app, client) = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_task_is_kept_given_back_named_by_labels_and_forgotten()
    {
        Assert.Equal("""{"kept":2}""", (await PutAsync(new { id = "sum", task = Maths("5"), prompt = "2+3?" }, new { set = "algebra", id = "x", task = Maths("7") })).GetRawText());
        var (status, body) = await client.SendAsync(HttpMethod.Get, "/v1/tasks/sum");
        Assert.Equal((200, "sum", "5", "2+3?"), (status, body.GetProperty("id").GetString(), body.GetProperty("task").GetProperty("answer").GetString(), body.GetProperty("prompt").GetString()));
        Assert.Equal("algebra", (await client.SendAsync(HttpMethod.Get, "/v1/tasks/algebra/x")).Body.GetProperty("set").GetString());
        Assert.Equal([1, 0, 1, 0], await AccuracyAsync(("5", "task:sum"), ("6", "task:sum"), ("7", "task:algebra/x"), ("5", "task:algebra/x")));
        Assert.Equal(204, (await client.SendAsync(HttpMethod.Delete, "/v1/tasks/algebra/x")).Status);
        Assert.Equal(404, (await client.SendAsync(HttpMethod.Delete, "/v1/tasks/algebra/x")).Status);
        Assert.Equal(404, (await client.SendAsync(HttpMethod.Get, "/v1/tasks/algebra/x")).Status);
        Assert.Equal(400, (await client.PostAsync("/get_reward", new { query = new[] { "7" }, labels = new[] { "task:algebra/x" } })).Status);
    }

    [Fact]
    public async Task A_task_of_the_same_name_stands_in_place_of_the_earlier()
    {
        await PutAsync(new { id = "sum", task = Maths("5") });
        await PutAsync(new { id = "sum", task = Maths("6") });
        Assert.Equal([0, 1], await AccuracyAsync(("5", "task:sum"), ("6", "task:sum")));
        Assert.Equal(1, (await ListAsync()).GetProperty("sets")[0].GetProperty("tasks").GetInt64());
    }

    [Fact]
    public async Task Sets_and_names_are_listed_in_the_order_in_which_they_came()
    {
        Assert.Equal("""{"sets":[],"ids":[]}""", (await ListAsync()).GetRawText());
        await PutAsync([.. Enumerable.Range(0, 5).Select(i => new { id = $"{9 - i}", set = "numbers", task = Maths("1") }), new { id = "alone", set = "", task = Maths("1") }]);
        Assert.Equal("""{"sets":[{"set":"","tasks":1},{"set":"numbers","tasks":5}],"ids":["alone"]}""", (await ListAsync()).GetRawText());
        Assert.Equal(["9", "8", "7", "6", "5"], Ids(await ListAsync("?set=numbers")));
        Assert.Equal(["6", "5"], Ids(await ListAsync("?set=numbers&offset=3")));
        Assert.Empty(Ids(await ListAsync("?set=numbers&offset=9")));
        Assert.Equal(5, Ids(await ListAsync("?set=numbers&offset=-9")).Count);
        Assert.Equal(400, (await client.SendAsync(HttpMethod.Get, "/v1/tasks?offset=far")).Status);
    }

    [Theory]
    [InlineData("a/b/c")]
    [InlineData("a%2Fb")]
    [InlineData("100%")]
    [InlineData("%41")]
    [InlineData("a b+c")]
    [InlineData("?set=x#y")]
    [InlineData("ü/東京")]
    [InlineData("'; DROP TABLE tasks; --")]
    [InlineData("task:a")]
    [InlineData("/begins")]
    [InlineData("ends/")]
    [InlineData("two//slashes")]
    [InlineData("...")]
    public async Task Any_name_can_be_asked_for(string id)
    {
        await PutAsync(new { id, task = Maths("5") }, new { id = "other", task = Maths("6") });
        var path = "/v1/tasks/" + Uri.EscapeDataString(id);
        var (status, body) = await client.SendAsync(HttpMethod.Get, path);
        Assert.Equal((200, id), (status, status == 200 ? body.GetProperty("id").GetString() : body.ToString()));
        Assert.Equal([1], await AccuracyAsync(("5", "task:" + id)));
        Assert.Equal(204, (await client.SendAsync(HttpMethod.Delete, path)).Status);
        Assert.Equal(404, (await client.SendAsync(HttpMethod.Get, path)).Status);
        Assert.Equal(["other"], Ids(await ListAsync()));
    }

    [Fact]
    public async Task A_slash_of_a_name_and_one_after_a_set_can_be_told_apart()
    {
        await PutAsync(new { id = "a/b", set = "", task = Maths("1") }, new { id = "b", set = "a", task = Maths("2") });
        Assert.Equal("1", await GoldAsync("/v1/tasks/a/b"));
        Assert.Equal("2", await GoldAsync("/v1/tasks/b?set=a"));
        Assert.Equal("1", await GoldAsync("/v1/tasks/a/b?set="));
        Assert.Equal(204, (await client.SendAsync(HttpMethod.Delete, "/v1/tasks/b?set=a")).Status);
        Assert.Equal("1", await GoldAsync("/v1/tasks/a/b"));
    }

    [Theory]
    [InlineData("""{}""", "tasks")]
    [InlineData("""{"tasks": []}""", "tasks")]
    [InlineData("""{"tasks": [null]}""", "tasks[0]")]
    [InlineData("""{"tasks": [{"task": {"kind": "math", "answer": "5"}}]}""", "tasks[0].id")]
    [InlineData("""{"tasks": [{"id": "", "task": {"kind": "math", "answer": "5"}}]}""", "tasks[0].id")]
    [InlineData("""{"tasks": [{"id": "a\u0000b", "task": {"kind": "math", "answer": "5"}}]}""", "tasks[0].id")]
    [InlineData("""{"tasks": [{"id": "a/../b", "task": {"kind": "math", "answer": "5"}}]}""", "tasks[0].id")]
    [InlineData("""{"tasks": [{"id": ".", "task": {"kind": "math", "answer": "5"}}]}""", "tasks[0].id")]
    [InlineData("""{"tasks": [{"id": "\ud800", "task": {"kind": "math", "answer": "5"}}]}""", "tasks[0].id")]
    [InlineData("""{"tasks": [{"id": "a", "set": "b/c", "task": {"kind": "math", "answer": "5"}}]}""", "tasks[0].set")]
    [InlineData("""{"tasks": [{"id": "a", "set": null, "task": {"kind": "math", "answer": "5"}}]}""", "tasks[0].set")]
    [InlineData("""{"tasks": [{"id": "a"}]}""", "tasks[0].task")]
    [InlineData("""{"tasks": [{"id": "a", "task": {"kind": "maths"}}]}""", "tasks[0].task.kind")]
    [InlineData("""{"tasks": [{"id": "a", "task": {"kind": "math"}}]}""", "tasks[0].task.answer")]
    [InlineData("""{"tasks": [{"id": "a", "task": {"kind": "math", "answer": "5"}, "gold": 1}]}""", "tasks[0].gold")]
    [InlineData("""{"tasks": [{"id": "a", "task": {"kind": "math", "answer": "5"}}, {"id": "a", "task": {"kind": "math", "answer": "6"}}]}""", "tasks[1].id")]
    public async Task Of_a_call_with_a_mistake_nothing_is_kept_and_the_member_is_told(string json, string path)
    {
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var response = await client.PutAsync(new Uri("/v1/tasks", UriKind.Relative), content, TestContext.Current.CancellationToken);
        var body = JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal(path, Assert.Single(body.Errors()));
        Assert.Empty(Ids(await ListAsync()));
    }

    [Fact]
    public async Task A_name_of_a_thousand_characters_is_the_longest()
    {
        await PutAsync(new { id = new string('x', 1000), task = Maths("5") });
        Assert.Equal(200, (await client.SendAsync(HttpMethod.Get, "/v1/tasks/" + new string('x', 1000))).Status);
        var (status, _) = await client.SendAsync(HttpMethod.Put, "/v1/tasks", new { tasks = new[] { new { id = new string('x', 1001), task = Maths("5") } } });
        Assert.Equal(400, status);
    }

    [Fact]
    public async Task More_tasks_than_one_call_takes_are_answered_413()
    {
        var many = Enumerable.Range(0, 101).Select(i => new { id = $"{i}", task = Maths("5") });
        Assert.Equal(413, (await client.SendAsync(HttpMethod.Put, "/v1/tasks", new { tasks = many })).Status);
    }

    [Fact]
    public async Task Tasks_are_there_when_the_server_starts_again()
    {
        await PutAsync(new { id = "sum", set = "kept", task = Maths("5"), prompt = new[] { new { role = "user", content = "2+3?" } } });
        client.Dispose();
        await app.DisposeAsync();
        (app, client) = await StartAsync();
        var (_, body) = await client.SendAsync(HttpMethod.Get, "/v1/tasks/kept/sum");
        Assert.Equal("2+3?", body.GetProperty("prompt")[0].GetProperty("content").GetString());
        Assert.Equal([1], await AccuracyAsync(("5", "task:kept/sum")));
    }

    [Fact]
    public async Task A_task_of_tests_comes_back_as_it_was_sent()
    {
        var task = """{"kind":"code","language":"python","tests":[{"kind":"call","function":"f","arguments":[{"$tuple":[1,2]}],"result":1e2},{"kind":"stdio","stdin":"1\n\u0000","stdout":["a","é"]}],"limits":{"wallSeconds":2.5}}""";
        await PutAsync(new { id = "code", task = JsonElement.Parse(task) });
        var first = (await client.SendAsync(HttpMethod.Get, "/v1/tasks/code")).Body.GetProperty("task");
        await PutAsync(new { id = "again", task = first });
        Assert.Equal(first.GetRawText(), (await client.SendAsync(HttpMethod.Get, "/v1/tasks/again")).Body.GetProperty("task").GetRawText());
        Assert.Contains("""{"$tuple":[1,2]}""", first.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_who_upload_and_ask_at_once_do_not_disturb_each_other()
    {
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async writer =>
        {
            for (var round = 0; round < 5; round++)
            {
                await PutAsync([.. Enumerable.Range(0, 10).Select(i => new { id = $"{i}", set = $"of-{writer}", task = Maths($"{writer}") })]);
                Assert.Equal([1], await AccuracyAsync(($"{writer}", $"task:of-{writer}/3")));
            }
        }));
        Assert.Equal(Enumerable.Repeat(10L, 16), (await ListAsync()).GetProperty("sets").EnumerateArray().Select(set => set.GetProperty("tasks").GetInt64()));
    }

    [Fact]
    public async Task Two_servers_share_one_file()
    {
        var (other, another) = await StartAsync();
        await using var _ = other;
        using var __ = another;
        await PutAsync(new { id = "sum", task = Maths("5") });
        Assert.Equal(200, (await another.SendAsync(HttpMethod.Get, "/v1/tasks/sum")).Status);
        Assert.Equal(204, (await another.SendAsync(HttpMethod.Delete, "/v1/tasks/sum")).Status);
        Assert.Equal(404, (await client.SendAsync(HttpMethod.Get, "/v1/tasks/sum")).Status);
    }

    private Task<(WebApplication, HttpClient)> StartAsync() =>
        RewardCalls.ServerAsync(("Storage:Folder", folder.FullName), ("Sandbox:Engine", "none"), ("Server:MaxItems", "100"));

    private static object Maths(string answer) => new { kind = "math", answer };

    private async Task<JsonElement> PutAsync(params object[] tasks)
    {
        var (status, body) = await client.SendAsync(HttpMethod.Put, "/v1/tasks", new { tasks });
        Assert.True(status == 200, body.ToString());
        return body;
    }

    private async Task<JsonElement> ListAsync(string query = "") => (await client.SendAsync(HttpMethod.Get, "/v1/tasks" + query)).Body;

    private async Task<string?> GoldAsync(string path) => (await client.SendAsync(HttpMethod.Get, path)).Body.GetProperty("task").GetProperty("answer").GetString();

    private async Task<IReadOnlyList<double>> AccuracyAsync(params (string Answer, string Label)[] samples)
    {
        var (status, body) = await client.PostAsync("/get_reward", new { query = samples.Select(sample => $"\\boxed{{{sample.Answer}}}"), labels = samples.Select(sample => sample.Label) });
        Assert.True(status == 200, body.ToString());
        return body.GetProperty("extra_logs").GetProperty("accuracy").Numbers();
    }

    private static IReadOnlyList<string> Ids(JsonElement list) => [.. list.GetProperty("ids").EnumerateArray().Select(id => id.GetString()!)];
}
