using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using RewardServer.Hosting;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Tests.Http;

[assembly: AssemblyFixture(typeof(RunningServer))]

namespace RewardServer.Tests.Http;

/// <summary>The real server, listening on a free port of this machine, for all tests of this project.</summary>
public sealed class RunningServer : IAsyncLifetime
{
    private WebApplication app = null!;

    public HttpClient Client { get; private set; } = null!;

    public SandboxPool Sandbox { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        app = await StartAsync(new() { ["Server:MaxItems"] = "2000", ["Server:AllowedHosts:0"] = "grader.example" });
        Client = ClientOf(app);
        Sandbox = (SandboxPool)app.Services.GetService(typeof(SandboxPool))!;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }

    /// <summary>Skips the test where no program can be run.</summary>
    public void NeedSandbox() => Assert.SkipUnless(Sandbox.Engine.Available, $"no sandbox: {Sandbox.Engine.Reason}");

    public static async Task<WebApplication> StartAsync(Dictionary<string, string?> settings)
    {
        // Never what the person who runs the tests keeps.
        settings.TryAdd("Storage:Folder", Path.Combine(Path.GetTempPath(), "rewardserver-tests", Path.GetRandomFileName()));
        var app = await Server.BuildAsync("http://127.0.0.1:0", allowAnonymous: false, settings, CancellationToken.None);
        await app.StartAsync();
        return app;
    }

    public static HttpClient ClientOf(WebApplication app) => new() { BaseAddress = new Uri(app.Urls.First()) };

    /// <summary>Posts to <c>/v1/grade</c>.</summary>
    public async Task<(int Status, JsonElement Body)> GradeAsync(string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        return await GradeAsync(content);
    }

    public async Task<(int Status, JsonElement Body)> GradeAsync(HttpContent content)
    {
        using var response = await Client.PostAsync("/v1/grade", content, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken));
    }
}
