using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Compatibility.NemoSkills;

/// <summary>What NeMo-Skills' client sees of a server that has faults, or much to do.</summary>
public sealed class Faults_and_waiting : IAsyncLifetime
{
    private readonly List<WebApplication> apps = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var app in apps)
        {
            await app.DisposeAsync();
        }
    }

    private async Task<HttpClient> StartAsync(Dictionary<string, string?> settings, bool needsSandbox = true)
    {
        var app = await RunningServer.StartAsync(settings);
        apps.Add(app);
        var sandbox = (Sandboxing.Pooling.SandboxPool)app.Services.GetService(typeof(Sandboxing.Pooling.SandboxPool))!;
        Assert.SkipUnless(sandbox.Engine.Available || !needsSandbox, $"no sandbox: {sandbox.Engine.Reason}");
        return RunningServer.ClientOf(app);
    }

    [Fact]
    public async Task A_fault_breaks_the_connection_off_and_is_never_an_answer()
    {
        // No program may wait: while one runs, the next one is turned away, which is a fault of ours to its client.
        using var client = await StartAsync(new() { ["Sandbox:Slots"] = "1", ["Sandbox:MaxQueued"] = "0" });
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var holding = HoldAsync(client, over.Token);
        foreach (var language in new[] { "ipython", "python" })
        {
            // Until the other one has the seat, this one may be answered.
            using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            Exception? broken = null;
            while (broken is null)
            {
                Assert.False(patience.IsCancellationRequested, "no call was turned away");
                broken = await Record.ExceptionAsync(async () =>
                {
                    var (status, body) = await client.TryExecuteAsync(JsonSerializer.Serialize(NemoClient.Request("1", language)), NemoClient.NewSession());
                    Assert.Equal((200, "completed"), (status, body.GetProperty("process_status").GetString()));
                });
            }

            Assert.IsType<HttpRequestException>(broken);
        }

        await over.CancelAsync();
        await holding;
    }

    // Keeps the one seat, whoever comes between.
    private static async Task HoldAsync(HttpClient client, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            using var content = new StringContent(JsonSerializer.Serialize(NemoClient.Request("import time; time.sleep(60)", "python", timeout: 100)), Encoding.UTF8, "application/json");
            await Record.ExceptionAsync(() => client.PostAsync("/execute", content, over));
        }
    }

    [Fact]
    public async Task A_server_without_a_sandbox_is_not_healthy_and_judges_nothing()
    {
        using var client = await StartAsync(new() { ["Sandbox:Engine"] = "none" }, needsSandbox: false);
        using var health = await client.GetAsync(new Uri("/health", UriKind.Relative), Token);
        Assert.Equal(503, (int)health.StatusCode);
        foreach (var language in new[] { "ipython", "python", "shell" })
        {
            var (status, body) = await client.TryExecuteAsync(JsonSerializer.Serialize(NemoClient.Request("1", language)), NemoClient.NewSession());
            Assert.Equal(422, status);
            Assert.False(body.TryGetProperty("process_status", out _));
        }
    }

    [Fact]
    public async Task A_session_more_than_there_may_be_closes_the_idlest_whose_client_is_told()
    {
        using var client = await StartAsync(new() { ["Sandbox:Slots"] = "1", ["Sandbox:MaxSessions"] = "2" });
        string[] sessions = [NemoClient.NewSession(), NemoClient.NewSession(), NemoClient.NewSession()];
        foreach (var session in sessions)
        {
            (await client.CellAsync(session, "x = 1")).Answered("completed", "", isNew: true);
            await Task.Delay(200, Token);
        }

        (await client.CellAsync(sessions[2], "x")).Answered("completed", "1\n", isNew: false);
        (await client.CellAsync(sessions[1], "x")).Answered("completed", "1\n", isNew: false);
        await Task.Delay(200, Token);
        (await client.CellAsync(sessions[0], "'x' in globals()")).Answered("completed", "False\n", isNew: true);
    }

    [Fact]
    public async Task A_client_that_gives_up_after_silence_hears_signs_of_life_while_it_waits()
    {
        using var client = await StartAsync(new() { ["Sandbox:Slots"] = "1" });
        client.Timeout = TimeSpan.FromMinutes(2);
        var body = "";
        for (var tries = 0; tries < 5 && !body.StartsWith('\n'); tries++)
        {
            // On a busy machine the second may come before the first.
            body = await WaitedAsync(client);
        }

        Assert.StartsWith("\n", body, StringComparison.Ordinal);
        JsonElement.Parse(body).Answered("completed", "waited\n", isNew: true);
    }

    // What a cell is answered that waits for another's end.
    private static async Task<string> WaitedAsync(HttpClient client)
    {
        var holding = client.CellAsync(NemoClient.NewSession(), "import time\ntime.sleep(5)\nprint('slept')", timeout: 30);
        await Task.Delay(500, Token);

        // Its own time is 1 s, and its client waits 5 s more: httpx counts from each byte that comes.
        using var message = new HttpRequestMessage(HttpMethod.Post, "/execute")
        {
            Content = new StringContent(JsonSerializer.Serialize(NemoClient.Request("print('waited')", timeout: 1)), Encoding.UTF8, "application/json"),
            Headers = { { "X-Session-ID", NemoClient.NewSession() } },
        };
        using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.False(holding.IsCompleted);
        var body = await response.Content.ReadAsStringAsync(Token);
        (await holding).Answered("completed", "slept\n", isNew: true);
        return body;
    }

    [Fact]
    public async Task A_cell_whose_session_is_deleted_while_it_runs_is_an_error_and_does_not_run_again()
    {
        using var client = await StartAsync(new() { ["Sandbox:Slots"] = "1" });
        var session = NemoClient.NewSession();
        (await client.CellAsync(session, "x = 1")).Answered("completed", "", isNew: true);
        var cell = client.CellAsync(session, "import time\ntime.sleep(120)", timeout: 200);
        await Task.Delay(1500, Token);
        Assert.Equal(200, (await client.EndSessionAsync(session, Token)).Status);
        (await cell.WaitAsync(TimeSpan.FromSeconds(60), Token))
            .Answered("error", "", "The interpreter ended, and its state is lost: the session was deleted while the cell ran.\n", isNew: true);
        (await client.CellAsync(session, "'x' in globals()")).Answered("completed", "False\n", isNew: true);
    }

    [Fact]
    public async Task A_key_can_stand_in_the_port()
    {
        // The client can set no header: its URL is http://HOST:PORT/execute, and the port may be any text.
        using var client = await StartAsync(new() { ["Sandbox:Slots"] = "1", ["Server:ApiKeys:0"] = "a-key-of-many-letters" });
        var (status, _) = await client.TryExecuteAsync(JsonSerializer.Serialize(NemoClient.Request("1")), NemoClient.NewSession());
        Assert.Equal(401, status);
        using var content = new StringContent(JsonSerializer.Serialize(NemoClient.Request("print(1)", "python")), Encoding.UTF8, "application/json");
        using var response = await client.PostAsync("/key/a-key-of-many-letters/execute", content, Token);
        Assert.Equal(200, (int)response.StatusCode);
    }
}
