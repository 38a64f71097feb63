using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Tests.Http;

/// <summary>What becomes of items when the sandbox is lost while the server runs.</summary>
public sealed class FaultTests(RunningServer server)
{
    private static readonly JsonObject Code = Requests.Item("code", "print(1)", """{"kind":"code","language":"python","tests":[{"kind":"stdio","stdin":"","stdout":"1"}]}""");

    private static readonly JsonObject Maths = Requests.Item("math", "#### 5", """{"kind":"math","answer":"5"}""");

    [Fact]
    public async Task An_item_on_which_we_fail_is_failed_and_never_scored()
    {
        var (status, body) = await WithoutItsSandbox(Code.DeepClone().AsObject(), Maths.DeepClone().AsObject());
        Assert.Equal(200, status);
        var items = body.GetProperty("items");
        Assert.Equal("failed", items[0].GetProperty("outcome").GetString());
        Assert.Equal(JsonValueKind.Null, items[0].GetProperty("reward").ValueKind);
        Assert.Equal("scored", items[1].GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_call_of_which_nothing_could_be_graded_is_answered_503_with_its_items()
    {
        var (status, body) = await WithoutItsSandbox(Code.DeepClone().AsObject());
        Assert.Equal(503, status);
        Assert.Equal("failed", body.GetProperty("items")[0].GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_server_that_lost_its_sandbox_is_not_ready()
    {
        server.NeedSandbox();
        await using var app = await RunningServer.StartAsync([]);
        using var client = RunningServer.ClientOf(app);
        await app.Services.GetRequiredService<SandboxPool>().DisposeAsync();
        using var response = await client.GetAsync("/readyz", TestContext.Current.CancellationToken);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal((503, "not-ready"), ((int)response.StatusCode, body.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task A_server_whose_slots_are_all_taken_is_ready()
    {
        server.NeedSandbox();
        await using var app = await RunningServer.StartAsync(new() { ["Sandbox:Slots"] = "1" });
        using var client = RunningServer.ClientOf(app);
        using var over = new CancellationTokenSource();
        var sleeper = Requests.Item("a", "import time\ntime.sleep(60)", """{"kind":"code","language":"python","tests":[{"kind":"stdio","stdin":"","stdout":""}],"limits":{"wallSeconds":100}}""");
        var busy = Record.ExceptionAsync(() => client.PostAsJsonAsync("/v1/grade", Requests.Grade(sleeper), over.Token)).AsTask();
        var told = "";
        // Until the sleeper has come to the slot, the canary finds it free.
        while (!told.Contains("every slot is taken", StringComparison.Ordinal))
        {
            await Task.Delay(300, TestContext.Current.CancellationToken);
            var ready = await client.GetFromJsonAsync<JsonElement>("/readyz", TestContext.Current.CancellationToken);
            Assert.Equal("ready", ready.GetProperty("status").GetString());
            told = ready.GetRawText();
        }

        await over.CancelAsync();
        await busy;
    }

    private async Task<(int, JsonElement)> WithoutItsSandbox(params JsonObject[] items)
    {
        server.NeedSandbox();
        await using var app = await RunningServer.StartAsync([]);
        using var client = RunningServer.ClientOf(app);
        await app.Services.GetRequiredService<SandboxPool>().DisposeAsync();
        using var response = await client.PostAsJsonAsync("/v1/grade", Requests.Grade(items), TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken));
    }
}
