using System.Net.Http.Json;
using System.Text.Json;

namespace RewardServer.Tests.Http;

public sealed class CatalogTests(RunningServer server)
{
    [Fact]
    public async Task The_languages_say_whether_they_can_be_run()
    {
        var body = await Get("/v1/languages");
        var python = body.GetProperty("languages").EnumerateArray().Single(language => language.GetProperty("name").GetString() == "python");
        Assert.Equal(server.Sandbox.Engine.Available, python.GetProperty("available").GetBoolean());
        Assert.True(body.GetProperty("limitCeilings").GetProperty("memoryMb").GetInt32() >= 1024);
    }

    [Fact]
    public async Task The_server_is_healthy_and_ready()
    {
        Assert.Equal("ok", (await Get("/healthz")).GetProperty("status").GetString());
        var ready = await Get("/readyz");
        Assert.Equal("ready", ready.GetProperty("status").GetString());
        string[] tried = server.Sandbox.Engine.Available ? ["sandbox", "math", "python"] : ["sandbox", "math"];
        Assert.Equal(tried, ready.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task The_API_is_described_with_a_page_to_try_it()
    {
        var description = await Get("/openapi/v1.json");
        Assert.True(description.GetProperty("paths").TryGetProperty("/v1/grade", out _));
        Assert.Contains("swagger", await server.Client.GetStringAsync("/docs/index.html", TestContext.Current.CancellationToken), StringComparison.OrdinalIgnoreCase);
    }

    private async Task<JsonElement> Get(string path) =>
        await server.Client.GetFromJsonAsync<JsonElement>(path, TestContext.Current.CancellationToken);
}
