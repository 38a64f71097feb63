using RewardServer.Tests.Http;

namespace RewardServer.Tests.Compatibility;

/// <summary>Trainers that can set no header bring their key in the path.</summary>
public sealed class KeyInPathTests(RunningServer server)
{
    private const string Key = "a-key-of-more-than-16-characters";

    private static readonly object Call = new { query = new[] { "#### 5" }, prompts = new[] { "" }, labels = new[] { "5" } };

    [Theory]
    [InlineData("/get_reward", 401)]
    [InlineData("/key/a-key-that-is-not-the-servers/get_reward", 401)]
    [InlineData($"/key/{Key}", 401)]
    [InlineData($"/key/{Key}/get_reward", 200)]
    [InlineData($"/key/{Key}/get_reward?rubric=r1-zero", 200)]
    [InlineData($"/key/{Key}/nothing", 404)]
    public async Task A_key_in_the_path_is_as_good_as_one_in_a_header(string path, int expected)
    {
        var (app, client) = await RewardCalls.ServerAsync(("Server:ApiKeys:0", Key), ("Sandbox:Engine", "none"));
        await using var _ = app;
        using var __ = client;
        var (status, body) = await client.PostAsync(path, Call);
        Assert.Equal(expected, status);
        Assert.DoesNotContain(Key, body.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Authorization")]
    [InlineData("XRL-Authorization")]
    [InlineData("X-API-Key")]
    public async Task The_key_of_the_path_stands_in_place_of_those_of_headers(string header)
    {
        var (app, client) = await RewardCalls.ServerAsync(("Server:ApiKeys:0", Key), ("Sandbox:Engine", "none"));
        await using var _ = app;
        using var __ = client;
        client.DefaultRequestHeaders.Add(header, header == "X-API-Key" ? "of-another-service" : "Bearer of-another-service");
        Assert.Equal(200, (await client.PostAsync($"/key/{Key}/get_reward", Call)).Status);
    }

    [Fact]
    public async Task Where_no_key_is_asked_for_any_will_do() =>
        Assert.Equal(200, (await server.Client.PostAsync($"/key/{Key}/get_reward", Call)).Status);

    [Fact]
    public async Task Uploaded_tasks_are_named_below_a_key_too()
    {
        var (app, client) = await RewardCalls.ServerAsync(("Server:ApiKeys:0", Key), ("Sandbox:Engine", "none"));
        await using var _ = app;
        using var __ = client;
        var task = new { tasks = new[] { new { id = "a/b", task = new { kind = "math", answer = "5" } } } };
        Assert.Equal(200, (await client.SendAsync(HttpMethod.Put, $"/key/{Key}/v1/tasks", task)).Status);
        Assert.Equal(200, (await client.SendAsync(HttpMethod.Get, $"/key/{Key}/v1/tasks/a%2Fb")).Status);
        Assert.Equal(204, (await client.SendAsync(HttpMethod.Delete, $"/key/{Key}/v1/tasks/a/b")).Status);
    }
}
