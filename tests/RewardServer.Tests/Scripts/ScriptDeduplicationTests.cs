using System.Text.Json;
using System.Text.Json.Nodes;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Scripts;

public sealed class ScriptDeduplicationTests(ScriptDeduplicationTests.Fixture fixture) : IClassFixture<ScriptDeduplicationTests.Fixture>
{
    private readonly string log = Path.Combine(fixture.Folder.FullName, Guid.NewGuid().ToString());

    [Fact]
    public async Task A_group_of_64_completions_with_5_distinct_texts_does_the_work_of_5()
    {
        var items = Enumerable.Range(0, 64).Select(i => RunningScripts.Item($"way {i % 5}") with { Id = $"{i}", Group = $"{i}", Meta = JsonElement.Parse($"{i}") }).ToArray();
        var graded = await GradeAsync(new(Deduplication.DefaultBytes), items);
        Assert.Equal(5, Calls);
        Assert.Equal(items.Select(item => item.CompletionText), graded.Select(item => item.Components[0].Reason));
        Assert.Equal(items.Select(item => item.Id), graded.Select(item => item.Id));
    }

    [Fact]
    public async Task What_a_call_wants_anew_and_a_server_that_keeps_nothing_ask_each_time()
    {
        var shared = new Deduplication(Deduplication.DefaultBytes);
        var item = RunningScripts.Item("x");
        await GradeAsync(shared, item);
        await GradeAsync(shared, item);
        Assert.Equal(1, Calls);
        await GradeAsync(shared, item with { Anew = true }, item with { Anew = true });
        Assert.Equal(3, Calls);
        await GradeAsync(new(0), item, item);
        Assert.Equal(5, Calls);
    }

    [Fact]
    public async Task All_that_a_script_sees_tells_items_apart()
    {
        var item = RunningScripts.Item("x");
        Item[] items =
        [
            item, item with { Prompt = "!" }, item with { Task = new MathTask("6") }, item with { CompletionTokens = 5 }, item with { Truncated = true },
            item with { Completion = "<think>a</think>x" },
        ];
        var shared = new Deduplication(Deduplication.DefaultBytes);
        await GradeAsync(shared, items);
        Assert.Equal(items.Length, Calls);
        await GradeAsync(shared, items);
        Assert.Equal(items.Length, Calls);
    }

    [Fact]
    public async Task Another_script_other_parameters_and_other_verdicts_are_other_work()
    {
        var shared = new Deduplication(Deduplication.DefaultBytes);
        var item = RunningScripts.Item("<answer>5</answer>");
        await GradeAsync(Rubric("calls", "a"), shared, item);
        await GradeAsync(Rubric("calls", "b"), shared, item);
        await GradeAsync(Rubric("again", "a"), shared, item);
        await GradeAsync(Rubric("calls", "a", """{"grader":"format"}"""), shared, item);
        await GradeAsync(Rubric("calls", "a", """{"grader":"accuracy"}"""), shared, item);
        Assert.Equal(5, Calls);
        await GradeAsync(Rubric("calls", "a", """{"grader":"accuracy"}"""), shared, item);
        Assert.Equal(5, Calls);
    }

    [Fact]
    public async Task A_fault_is_not_kept()
    {
        var shared = new Deduplication(Deduplication.DefaultBytes);
        var item = RunningScripts.Item("x");
        var rubric = Rubric("fails once", "a");
        Assert.Equal(Outcome.Failed, (await GradeAsync(rubric, shared, item))[0].Outcome);
        Assert.Equal(1, (await GradeAsync(rubric, shared, item))[0].Reward);
    }

    private int Calls => File.Exists(log) ? File.ReadAllText(log).Length : 0;

    private string Rubric(string script, string other, string? before = null)
    {
        var rubric = JsonNode.Parse(RunningScripts.Rubric(script, new JsonObject { ["log"] = log, ["other"] = other }))!;
        if (before is not null)
        {
            rubric["components"]!.AsArray().Insert(0, JsonNode.Parse(before));
        }

        return rubric.ToJsonString();
    }

    private Task<GradedItem[]> GradeAsync(Deduplication shared, params Item[] items) => GradeAsync(Rubric("calls", ""), shared, items);

    private Task<GradedItem[]> GradeAsync(string rubric, Deduplication shared, params Item[] items) =>
        fixture.Running.GradeAsync(rubric, items, TestContext.Current.CancellationToken, shared);

    /// <summary>Scripts that leave a character in a file for each time that they are asked, one at a time.</summary>
    public sealed class Fixture(RunningServer server) : IAsyncLifetime
    {
        private const string Calls = """
            System.IO.File.AppendAllText(Parameters.GetProperty("log").GetString()!, ".");
            return (1, Completion.Text);
            """;

        private const string FailsOnce = """
            var log = Parameters.GetProperty("log").GetString()!;
            if (!System.IO.File.Exists(log)) { System.IO.File.AppendAllText(log, "."); throw new InvalidOperationException("once"); }
            return 1;
            """;

        internal RunningScripts Running { get; private set; } = null!;

        internal DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("script-tests-");

        public async ValueTask InitializeAsync() => Running = await RunningScripts.StartAsync(
            server.Sandbox,
            ("calls", Calls, new() { Processes = 1, TimeoutSeconds = 60 }),
            ("again", Calls, new() { Processes = 1, TimeoutSeconds = 60 }),
            ("fails once", FailsOnce, new() { Processes = 1, TimeoutSeconds = 60 }));

        public async ValueTask DisposeAsync()
        {
            await Running.DisposeAsync();
            Folder.Delete(recursive: true);
        }
    }
}
