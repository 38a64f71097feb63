using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Compatibility;

/// <summary>Faults of ours as OpenRLHF meets them: its client cannot mask, and gives up within seconds.</summary>
public sealed class OpenRlhfFailureTests(RunningServer server)
{
    private const string Tests = """{"inputs": ["1"], "outputs": ["1"]}""";

    private static readonly object Code = new { query = new[] { "Echo.print(input())" }, prompts = new[] { "Echo." }, labels = new[] { Tests } };

    [Fact]
    public async Task A_sandbox_that_is_lost_is_503_and_never_a_reward()
    {
        server.NeedSandbox();
        var (app, client) = await RewardCalls.ServerAsync(("Trainers:PatienceSeconds", "0"));
        await using var _ = app;
        using var __ = client;
        await app.Services.GetRequiredService<SandboxPool>().DisposeAsync();
        foreach (var query in new[] { "", "?skipped=0" })
        {
            var (status, body) = await client.PostAsync("/get_reward" + query, Code);
            Assert.Equal(503, status);
            Assert.False(body.TryGetProperty("rewards", out var rewards), rewards.ToString());
            Assert.StartsWith("accuracy: ", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task One_fault_among_many_samples_is_503_for_all()
    {
        server.NeedSandbox();
        var (app, client) = await RewardCalls.ServerAsync(("Trainers:PatienceSeconds", "0"));
        await using var _ = app;
        using var __ = client;
        await app.Services.GetRequiredService<SandboxPool>().DisposeAsync();
        var (status, body) = await client.PostAsync("/get_reward", new { query = new[] { "#### 5", "print(input())" }, labels = new[] { "5", Tests } });
        Assert.Equal(503, status);
        Assert.False(body.TryGetProperty("rewards", out var rewards), rewards.ToString());
    }

    [Fact]
    public async Task Without_a_sandbox_code_is_told_as_what_cannot_be_judged()
    {
        var (app, client) = await RewardCalls.ServerAsync(("Sandbox:Engine", "none"));
        await using var _ = app;
        using var __ = client;
        var (status, body) = await client.PostAsync("/get_reward", Code);
        Assert.Equal((422, "labels[0]"), (status, Assert.Single(body.Errors())));
        Assert.Contains("python programs cannot be run here", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_that_passes_is_tried_again_within_the_call()
    {
        var asked = 0;
        await using var judge = await OtherServer.StartAsync(http => Interlocked.Increment(ref asked) == 1
            ? Task.Run(() => http.Response.StatusCode = 500)
            : http.Response.WriteAsync("""{"choices":[{"message":{"content":"Score: 4"}}]}"""));
        using var folder = new TemporaryRubric("""{"name": "judged", "components": [{"grader": "judge", "options": {"judge": "helpful", "criteria": "Warmth."}}]}""");
        var (app, client) = await RewardCalls.ServerAsync(
            ("Judges:helpful:Url", judge.Urls.First()), ("Judges:helpful:Model", "m"), ("Judges:helpful:Retries", "0"), ("Judges:helpful:BreakSeconds", "0.5"),
            ("Rubrics:Folder", folder.Path), ("Trainers:Rubric", "judged"), ("Sandbox:Engine", "none"));
        await using var _ = app;
        using var __ = client;
        var (status, body) = await client.PostAsync("/get_reward", new { query = new[] { "Hello!" }, labels = new[] { "" } });
        Assert.True(status == 200, body.ToString());
        Assert.True(asked > 1, $"asked {asked} times");
        Assert.Single(body.GetProperty("rewards").Numbers());
    }

    [Fact]
    public async Task A_judge_that_stays_away_is_503_on_every_path_that_cannot_mask()
    {
        using var folder = new TemporaryRubric("""{"name": "judged", "components": [{"grader": "judge", "options": {"judge": "helpful", "criteria": "Warmth."}}]}""");
        var (app, client) = await RewardCalls.ServerAsync(
            ("Judges:helpful:Url", "http://127.0.0.1:1/"), ("Judges:helpful:Model", "m"), ("Judges:helpful:Retries", "0"),
            ("Rubrics:Folder", folder.Path), ("Trainers:Rubric", "judged"), ("Trainers:PatienceSeconds", "0"), ("Sandbox:Engine", "none"));
        await using var _ = app;
        using var __ = client;
        Assert.Equal(503, (await client.PostAsync("/get_reward", new { query = new[] { "Hello!" }, labels = new[] { "" } })).Status);
        Assert.Equal(503, (await client.PostAsync("/slime", new { prompt = "Hi", response = "Hello!", label = "" })).Status);
    }

    [Fact]
    public async Task A_call_that_finds_no_place_in_time_is_503()
    {
        server.NeedSandbox();
        var (app, client) = await RewardCalls.ServerAsync(("Server:MaxCalls", "1"), ("Server:MaxWaiting", "0"), ("Sandbox:Slots", "1"));
        await using var _ = app;
        using var __ = client;
        using var over = new CancellationTokenSource();
        var label = """{"kind": "code", "language": "python", "tests": [{"kind": "stdio", "stdin": "", "stdout": ""}], "limits": {"wallSeconds": 100}}""";
        var body = JsonSerializer.Serialize(new { query = new[] { "import time\ntime.sleep(60)" }, labels = new[] { label } });
        Task Sleep() => Record.ExceptionAsync(() => client.PostAsync(
            new Uri("/get_reward", UriKind.Relative), new StringContent(body, System.Text.Encoding.UTF8, "application/json"), over.Token)).AsTask();
        var busy = Sleep();
        var status = 200;
        // Until the sleeper has come to the server, there is a place; where it came while the other call had that, it was the one without, and comes again.
        while (status != 503)
        {
            busy = busy.IsCompleted ? Sleep() : busy;
            (status, var answer) = await client.PostAsync("/get_reward", new { query = Array.Empty<string>() });
            Assert.True(status is 200 or 503, answer.ToString());
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        await over.CancelAsync();
        await busy;
    }

    private sealed class TemporaryRubric : IDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rubrics-");

        public TemporaryRubric(string json) => File.WriteAllText(System.IO.Path.Combine(folder.FullName, "judged.json"), json);

        public string Path => folder.FullName;

        public void Dispose() => folder.Delete(recursive: true);
    }
}
