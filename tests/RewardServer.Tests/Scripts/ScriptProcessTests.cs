using System.Globalization;
using System.Net.Http.Json;
using RewardServer.Grading.Graders;
using RewardServer.Tests.Cli;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Scripts;

public sealed class ScriptProcessTests(RunningServer server, ScriptProcessTests.Fixture fixture) : IClassFixture<ScriptProcessTests.Fixture>
{
    private const string TellsItsProcess = """
        if (Completion.Text == "hang")
        {
            if (Parameters.ValueKind == JsonValueKind.String) { System.IO.File.WriteAllText(Parameters.GetString()!, ""); }
            while (true) { }
        }

        return (1, $"{Environment.ProcessId}");
        """;

    private readonly RunningScripts scripts = fixture.Running;

    [Fact]
    public async Task Many_items_at_once_each_get_their_own_answer_from_the_few_processes()
    {
        var items = Enumerable.Range(0, 64).Select(i => RunningScripts.Item(i.ToString(CultureInfo.InvariantCulture))).ToArray();
        var graded = await scripts.GradeAsync(RunningScripts.Rubric("numbers"), items, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, 64).Select(i => (double?)i), graded.Select(item => item.Reward));
        Assert.Equal(items.Select(item => item.CompletionText), graded.Select(item => item.Components[0].Reason.Split(' ')[0]));
        Assert.InRange(graded.Select(item => item.Components[0].Reason.Split(' ')[1]).Distinct().Count(), 1, 3);
    }

    [Fact]
    public async Task The_same_item_gets_the_same_answer_from_every_process()
    {
        var graded = await scripts.GradeAsync(
            RunningScripts.Rubric("same"), [.. Enumerable.Repeat(RunningScripts.Item("x") with { Anew = true }, 32)], TestContext.Current.CancellationToken);
        Assert.Single(graded.Select(item => (item.Reward, item.Components[0].Reason, $"{item.Components[0].Details}")).Distinct());
        Assert.Equal("x 1", graded[0].Components[0].Reason);
    }

    [Fact]
    public async Task One_item_more_than_may_wait_is_turned_away()
    {
        var sign = new FileInfo(Path.Combine(fixture.Folder.FullName, "go on"));
        var calls = Enumerable.Range(0, 3).Select(_ => scripts.GradeAsync("waiting", parameters: sign.FullName)).ToList();
        var first = await Task.WhenAny(calls);
        Assert.Equal(
            (Outcome.Failed, "the script waiting has too many items waiting: raise Scripts:waiting:MaxQueued or Scripts:waiting:Processes"),
            ((await first).Outcome, (await first).Reason));
        sign.Create().Dispose();
        calls.Remove(first);
        Assert.All(await Task.WhenAll(calls), found => Assert.Equal(Outcome.Scored, found.Outcome));
    }

    [Fact]
    public async Task A_process_that_ended_between_two_items_costs_none()
    {
        var sign = new FileInfo(Path.Combine(fixture.Folder.FullName, "end"));
        var first = (await scripts.GradeAsync("later", "later", sign.FullName)).Reason;
        sign.Create().Dispose();
        await ChildProcesses.GoneAsync(int.Parse(first, CultureInfo.InvariantCulture));
        var next = await scripts.GradeAsync("later", "now");
        Assert.Equal(Outcome.Scored, next.Outcome);
        Assert.NotEqual(first, next.Reason);
    }

    [Fact]
    public async Task Who_gives_up_ends_the_process_and_the_next_is_served()
    {
        var first = (await scripts.GradeAsync("hanging")).Reason;
        var sign = Path.Combine(fixture.Folder.FullName, "hangs");
        using var giveUp = new CancellationTokenSource();
        var hanging = scripts.GradeAsync(RunningScripts.Rubric("hanging", sign), [RunningScripts.Item("hang")], giveUp.Token);
        while (!File.Exists(sign))
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hanging);
        await ChildProcesses.EndedAsync(int.Parse(first, CultureInfo.InvariantCulture));
        Assert.NotEqual(first, (await scripts.GradeAsync("hanging")).Reason);
    }

    [Fact]
    public async Task The_end_of_the_scripts_ends_what_they_are_at()
    {
        var scripts = await RunningScripts.StartAsync(server.Sandbox, ("s", TellsItsProcess, new() { Processes = 1, TimeoutSeconds = 600 }));
        var process = int.Parse((await scripts.GradeAsync("s")).Reason, CultureInfo.InvariantCulture);
        var hanging = scripts.GradeAsync("s", "hang");
        await scripts.DisposeAsync();
        var found = await hanging;
        Assert.Equal((Outcome.Failed, "the script s has no more processes: the server stops"), (found.Outcome, found.Reason));
        await ChildProcesses.EndedAsync(process);
        Assert.Equal(Outcome.Failed, (await scripts.GradeAsync("s")).Outcome);
    }

    [Theory]
    [InlineData("killed")]
    [InlineData("killed while a script hangs")]
    public async Task A_server_that_is_no_more_leaves_no_process(string how)
    {
        var folder = Directory.CreateTempSubdirectory("script-tests-");
        var path = Path.Combine(folder.FullName, "s.csx");
        await File.WriteAllTextAsync(path, TellsItsProcess, TestContext.Current.CancellationToken);
        var settings = new Dictionary<string, string?> { ["Scripts:s:Path"] = path, ["Scripts:s:TimeoutSeconds"] = "600", ["Sandbox:Engine"] = "none" };
        await using var program = RewardServerProcess.Start(settings, "--urls", "http://127.0.0.1:0");
        var url = (await program.LineWithAsync("listening")).Split("listening")[1].Trim();
        var workers = ChildProcesses.Of(program.Id);
        Assert.Single(workers);
        using var client = new HttpClient { BaseAddress = new Uri(url) };
        var hanging = how == "killed" ? Task.FromResult(new HttpResponseMessage()) : GradeAsync(client, "hang");
        await GradeAsync(client, "x");
        workers = [.. workers, .. ChildProcesses.Of(program.Id)];
        await program.KillAsync();
        await Task.WhenAll(workers.Select(ChildProcesses.EndedAsync));
        await Task.WhenAny(hanging);
        Assert.Equal(how != "killed", hanging.IsFaulted);
        folder.Delete(recursive: true);
    }

    private static Task<HttpResponseMessage> GradeAsync(HttpClient client, string completion)
    {
        var request = Requests.Grade(Requests.Item("1", completion, """{"kind":"math","answer":"5"}"""));
        request["rubric"] = System.Text.Json.Nodes.JsonNode.Parse(RunningScripts.Rubric("s"));
        return client.PostAsJsonAsync("/v1/grade", request, TestContext.Current.CancellationToken);
    }

    /// <summary>Scripts that tell which process runs them, and more.</summary>
    public sealed class Fixture(RunningServer server) : IAsyncLifetime
    {
        private const string EndsLater = """
            if (Completion.Text == "later")
            {
                var sign = Parameters.GetString();
                new System.Threading.Thread(() => { while (!System.IO.File.Exists(sign)) { System.Threading.Thread.Sleep(10); } Environment.Exit(3); }).Start();
            }

            return (1, $"{Environment.ProcessId}");
            """;

        internal RunningScripts Running { get; private set; } = null!;

        internal DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("script-tests-");

        public async ValueTask InitializeAsync() => Running = await RunningScripts.StartAsync(
            server.Sandbox,
            ("numbers", "return Score(int.Parse(Completion.Text), $\"{Completion.Text} {Environment.ProcessId}\");", new() { Processes = 3, High = 1000, TimeoutSeconds = 60 }),
            ("same", "var seen = 0; seen++; return Score(seen == 1, $\"{Completion.Text} {seen}\", new { seen });", new() { Processes = 2, TimeoutSeconds = 60 }),
            ("waiting", "while (!System.IO.File.Exists(Parameters.GetString())) { System.Threading.Thread.Sleep(10); } return 1;", new() { Processes = 1, MaxQueued = 1, TimeoutSeconds = 60 }),
            ("later", EndsLater, new() { Processes = 1, TimeoutSeconds = 60 }),
            ("hanging", TellsItsProcess, new() { Processes = 1, TimeoutSeconds = 600 }));

        public async ValueTask DisposeAsync()
        {
            await Running.DisposeAsync();
            Folder.Delete(recursive: true);
        }
    }
}
