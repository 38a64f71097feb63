using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using RewardServer.Sandboxing.Tests;
using RewardServer.Tests.Cli;

namespace RewardServer.Tests.Http;

/// <summary>What callers see of a container engine that stops, is killed, or gets an image late: on a real one.</summary>
public sealed class EngineOutageTests(EngineOfItsOwn engine) : IClassFixture<EngineOfItsOwn>
{
    private static readonly JsonObject Code = Requests.Item(
        "code", "<think></think><answer>print(1)</answer>", """{"kind":"code","language":"python","tests":[{"kind":"stdio","stdin":"","stdout":"1"}]}""");

    private static int seen;

    private static readonly JsonObject Maths = Requests.Item("math", "<think></think><answer>5</answer>", """{"kind":"math","answer":"5"}""");

    private static JsonObject Unseen()
    {
        var item = (JsonObject)Code.DeepClone();
        item["completion"] = $"<think></think><answer>print(1) # {Interlocked.Increment(ref seen)}</answer>";
        return item;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Dictionary<string, string?> Settings => new()
    {
        ["Sandbox:Engine"] = "docker",
        ["Sandbox:Docker:Endpoint"] = engine.Options.Docker.Endpoint,
        ["Sandbox:Docker:ImageTag"] = engine.Options.Docker.ImageTag,
        ["Sandbox:Slots"] = "2",
        ["Sandbox:PythonZygote"] = "false",
    };

    [Fact]
    public async Task During_an_outage_nothing_is_scored_all_say_why_and_afterwards_all_work_again()
    {
        await using var app = await RunningServer.StartAsync(Settings);
        using var client = RunningServer.ClientOf(app);
        await AssertWorksAsync(client);
        await engine.StopAsync();
        try
        {
            await AssertGradesNoCodeAsync(client);
            await AssertIsNotReadyAsync(client);
            await AssertDoctorNamesItAsync();
        }
        finally
        {
            await engine.StartAsync();
        }

        await AssertWorksAsync(client);
    }

    [Fact]
    public async Task Of_a_server_and_an_engine_that_are_killed_together_nothing_is_left_at_the_next_start()
    {
        var sockets = Directory.CreateTempSubdirectory("slots-");
        var settings = Settings;
        settings["Sandbox:Docker:SocketFolder"] = sockets.FullName;
        var name = "sleeper-" + Path.GetRandomFileName();
        await using (var program = RewardServerProcess.Start(settings, "--urls", "http://127.0.0.1:0"))
        {
            using var client = new HttpClient { BaseAddress = new Uri((await program.LineWithAsync("listening")).Split("listening")[1].Trim()) };
            var sleeper = new { language = "python", code = $"import os; os.execv('/bin/sleep', ['{name}', '250'])", limits = new { wallSeconds = 300 } };
            var running = Record.ExceptionAsync(() => client.PostAsJsonAsync("/v1/execute", sleeper, Token)).AsTask();
            await UntilAsync(() => IsRunning(name));
            try
            {
                await Task.WhenAll(engine.KillAsync(), program.KillAsync());
            }
            finally
            {
                await engine.StartAsync();
            }

            Assert.IsType<HttpRequestException>(await running);
        }

        await using (var app = await RunningServer.StartAsync(settings))
        {
            using var client = RunningServer.ClientOf(app);
            await AssertWorksAsync(client);
            await UntilAsync(() => !IsRunning(name));
        }

        // The second removes its own, and would have left what is the first's.
        Assert.Empty(await engine.ContainersAsync());
        Assert.Empty(sockets.EnumerateFileSystemInfos());
        sockets.Delete();
    }

    [Fact]
    public async Task A_language_whose_image_is_built_later_is_found_when_somebody_asks()
    {
        await using var app = await RunningServer.StartAsync(Settings);
        using var client = RunningServer.ClientOf(app);
        var program = new { language = "bash", code = "echo runs" };
        var (status, body) = await PostAsync(client, "/v1/execute", program);
        Assert.Equal(400, status);
        Assert.Contains("sandbox-images/build bash", body.GetRawText(), StringComparison.Ordinal);

        // Python's has a shell, too.
        await engine.DockerAsync($"tag {EngineOfItsOwn.PythonImage} {EngineOfItsOwn.ImageOf("bash")}");
        try
        {
            await UntilAsync(async () =>
            {
                var languages = (await client.GetFromJsonAsync<JsonElement>("/v1/languages", Token)).GetProperty("languages");
                return languages.EnumerateArray().Single(one => one.GetProperty("name").GetString() == "bash").GetProperty("available").GetBoolean();
            });
            (_, body) = await PostAsync(client, "/v1/execute", program);
            Assert.Equal("runs\n", body.GetProperty("runs")[0].GetProperty("stdout").GetString());
        }
        finally
        {
            await engine.DockerAsync("rmi " + EngineOfItsOwn.ImageOf("bash"));
        }
    }

    private async Task AssertWorksAsync(HttpClient client)
    {
        var (status, body) = await GradeAsync(client, Code);
        Assert.True(status == 200, body.GetRawText());
        Assert.True(body.GetProperty("items")[0].GetProperty("reward").ToString() == "2", body.GetRawText());

        // Its answer of a moment ago may serve again.
        await UntilAsync(async () => (await ReadyAsync(client)).Status == 200);
        var (code, output, error) = await RewardServerProcess.RunAsync(Settings, "", "doctor", "--json");
        Assert.True(code == 0, output + error);
    }

    private static async Task AssertGradesNoCodeAsync(HttpClient client)
    {
        // Programs that nobody has seen: what was found of one before is told during an outage, too.
        var (status, body) = await GradeAsync(client, Unseen(), Maths);
        Assert.Equal(200, status);
        var (code, maths) = (body.GetProperty("items")[0], body.GetProperty("items")[1]);
        Assert.Equal("failed", code.GetProperty("outcome").GetString());
        Assert.Equal(JsonValueKind.Null, code.GetProperty("reward").ValueKind);
        Assert.Contains("container engine", code.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(2, maths.GetProperty("reward").GetDouble());
        (status, body) = await GradeAsync(client, Unseen());
        Assert.Equal((503, "failed"), (status, body.GetProperty("items")[0].GetProperty("outcome").GetString()));
        (status, body) = await PostAsync(client, "/v1/execute", new { language = "python", code = "print(1)" });
        Assert.Equal(503, status);
        Assert.Contains("container engine", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static async Task AssertIsNotReadyAsync(HttpClient client)
    {
        var (status, body) = await ReadyAsync(client);
        Assert.Equal((503, "not-ready"), (status, body.GetProperty("status").GetString()));
        var python = body.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == "python");
        Assert.False(python.GetProperty("ok").GetBoolean());
        Assert.Contains("container engine", python.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    private async Task AssertDoctorNamesItAsync()
    {
        var (code, output, _) = await RewardServerProcess.RunAsync(Settings, "", "doctor", "--json");
        Assert.Equal(1, code);
        var found = JsonDocument.Parse(output).RootElement.GetProperty("findings").EnumerateArray().Single(finding => finding.GetProperty("subject").GetString() == "engine");
        Assert.False(found.GetProperty("ok").GetBoolean());
        Assert.Contains("does not answer", found.GetProperty("found").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("Start it", found.GetProperty("remedy").GetString(), StringComparison.Ordinal);
    }

    private static Task<(int Status, JsonElement Body)> GradeAsync(HttpClient client, params JsonObject[] items) =>
        PostAsync(client, "/v1/grade", Requests.Grade([.. items.Select(item => item.DeepClone().AsObject())]));

    private static async Task<(int Status, JsonElement Body)> PostAsync(HttpClient client, string path, object request)
    {
        using var response = await client.PostAsJsonAsync(path, request, Token);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(Token));
    }

    private static async Task<(int Status, JsonElement Body)> ReadyAsync(HttpClient client)
    {
        using var response = await client.GetAsync("/readyz", Token);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(Token));
    }

    // By the name that it gave itself, on the host, where root sees the processes of containers.
    private static bool IsRunning(string name) => Directory.EnumerateDirectories("/proc").Any(folder =>
    {
        try
        {
            return char.IsAsciiDigit(Path.GetFileName(folder)[0]) && File.ReadAllText(Path.Combine(folder, "cmdline")).StartsWith(name, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // It ended meanwhile.
            return false;
        }
    });

    private static Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var time = 0; time < 200; time++)
        {
            if (await holds())
            {
                return;
            }

            await Task.Delay(300, Token);
        }

        Assert.Fail("What was waited for did not come within a minute.");
    }
}
