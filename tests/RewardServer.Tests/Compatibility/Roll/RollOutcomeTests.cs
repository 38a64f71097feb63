using System.Text.Json;
using System.Text.Json.Nodes;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Compatibility.Roll;

/// <summary>What ROLL's reward worker is answered for what gets no reward: never 0, and never what it takes for one.</summary>
public sealed class RollOutcomeTests(RunningServer server)
{
    private const string Gold = """{"ground_truth": "5"}""";

    [Fact]
    public async Task What_is_not_known_is_to_be_submitted_anew()
    {
        var result = await server.Client.AskAsync("0123456789abcdef0123456789abcdef");
        Assert.Equal((0, JsonValueKind.Null), (result.GetProperty("errcode").GetInt32(), result.GetProperty("reward_score").ValueKind));
        Assert.Equal(JsonValueKind.Object, result.GetProperty("dimention_reward_score").ValueKind);
    }

    [Theory]
    [InlineData("""{"ground_truth": "\\frac{1}{"}""", "skipped: accuracy: ")]
    [InlineData("null", "skipped: reward_info: is required")]
    [InlineData("{}", "skipped: reward_info: must have ground_truth")]
    [InlineData("""{"case_type": "text", "test_cases": "[{\"assert_code\": \"assert {response}\"}]"}""", "skipped: reward_info.case_type: ")]
    [InlineData("""{"case_type": "pytest", "test_cases": "[{\"code\": 1}]"}""", "skipped: reward_info.test_cases[0]: must have assert_code")]
    [InlineData("""{"case_type": "input", "test_cases": "[{]"}""", "skipped: reward_info.test_cases: must be an array")]
    [InlineData("""{"ground_truth": "task:none"}""", "skipped: reward_info.ground_truth: there is no task 'none'")]
    public async Task A_task_that_cannot_be_judged_stops_the_training_with_the_reason(string info, string reason)
    {
        var id = await server.Client.SubmitAsync(RollClient.Submission("5", info));
        var result = await server.Client.ResultAsync(id);
        // Its client makes a tensor of the rewards, and of a text none can be made.
        Assert.StartsWith(reason, result.GetProperty("reward_score").GetString(), StringComparison.Ordinal);
        Assert.StartsWith(reason, result.GetProperty("errmsg").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_may_say_what_such_a_task_earns()
    {
        var id = await server.Client.SubmitAsync(RollClient.Submission("5", "{}"), "?skipped=-1");
        var result = await server.Client.ResultAsync(id);
        Assert.Equal(-1, result.GetProperty("reward_score").GetDouble());
        Assert.StartsWith("skipped: ", result.GetProperty("errmsg").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_faults_of_ours_it_submits_anew_and_is_stopped_before_it_would_train_on_0()
    {
        var settings = new Dictionary<string, string?> { ["Sandbox:Engine"] = "none", ["Trainers:PatienceSeconds"] = "0", ["Trainers:Rubrics:roll"] = "helpful-harmless" };
        foreach (var judge in (string[])["helpful", "harmless"])
        {
            settings[$"Judges:{judge}:Url"] = "http://127.0.0.1:1/";
            settings[$"Judges:{judge}:Model"] = "m";
            settings[$"Judges:{judge}:Retries"] = "0";
        }

        await using var app = await RunningServer.StartAsync(settings);
        using var client = RunningServer.ClientOf(app);
        var submission = RollClient.Submission("Hello!", """{"kind": "judge"}""");
        var ids = new HashSet<string>();
        for (var time = 1; time <= 3; time++)
        {
            var id = await client.SubmitAsync(submission);
            Assert.True(ids.Add(id));
            var result = await client.ResultAsync(id);
            Assert.Equal(0, result.GetProperty("errcode").GetInt32());
            Assert.StartsWith("failed: ", result.GetProperty("errmsg").GetString(), StringComparison.Ordinal);
            Assert.Equal(time < 3 ? JsonValueKind.Null : JsonValueKind.String, result.GetProperty("reward_score").ValueKind);
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("300")]
    public async Task Tasks_that_cannot_be_read_are_a_fault_of_ours_which_is_tried_again_as_long_as_its_client_waits(string patience)
    {
        var folder = Directory.CreateTempSubdirectory("tasks-");
        try
        {
            var file = Path.Combine(folder.FullName, "tasks.db");
            await File.WriteAllTextAsync(file, new string('x', 10_000), TestContext.Current.CancellationToken);
            await using var app = await RunningServer.StartAsync(
                new() { ["Storage:Folder"] = folder.FullName, ["Sandbox:Engine"] = "none", ["Trainers:PatienceSeconds"] = patience });
            using var client = RunningServer.ClientOf(app);
            var submission = RollClient.Submission("<answer>5</answer>", """{"ground_truth": "task:a"}""");
            var id = await client.SubmitAsync(submission);
            if (patience == "0")
            {
                // Null twice, on which its client submits anew, and then a text.
                for (var time = 1; time < 3; time++)
                {
                    Assert.Equal(JsonValueKind.Null, (await client.ResultAsync(id)).GetProperty("reward_score").ValueKind);
                    id = await client.SubmitAsync(submission);
                }

                Assert.Contains("Storage:Folder", (await client.ResultAsync(id)).GetProperty("reward_score").GetString(), StringComparison.Ordinal);
                return;
            }

            // Long enough for the first look, and it is not given up.
            await Task.Delay(500, TestContext.Current.CancellationToken);
            Assert.Equal(1, (await client.AskAsync(id)).GetProperty("errcode").GetInt32());
            File.Delete(file);
            var result = await client.ResultAsync(id);
            Assert.StartsWith("skipped: reward_info.ground_truth: there is no task 'a'", result.GetProperty("reward_score").GetString(), StringComparison.Ordinal);

            // Once the task is there, the same submission is graded by it.
            var upload = new { tasks = new[] { new { id = "a", task = new { kind = "math", answer = "5" } } } };
            Assert.Equal(200, (await client.SendAsync(HttpMethod.Put, "/v1/tasks", upload)).Status);
            Assert.NotEqual(id, id = await client.SubmitAsync(submission));
            Assert.Equal("1.0", (await client.ResultAsync(id)).GetProperty("reward_score").GetRawText());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task What_takes_longer_than_its_client_waits_is_a_fault_of_ours()
    {
        server.NeedSandbox();
        await using var app = await RunningServer.StartAsync(new() { ["Sandbox:Slots"] = "1" });
        using var client = RunningServer.ClientOf(app);
        var submission = RollClient.Submission(
            "```python\nimport time\ntime.sleep(60)\n```",
            """{"kind": "code", "language": "python", "tests": [{"kind": "stdio", "stdin": "", "stdout": ""}], "limits": {"wallSeconds": 100}}""");
        submission["timeout"] = 2;
        var id = await client.SubmitAsync(submission);
        var pending = await client.AskAsync(id);
        Assert.Equal((1, JsonValueKind.Null), (pending.GetProperty("errcode").GetInt32(), pending.GetProperty("reward_score").ValueKind));
        var result = await client.ResultAsync(id);
        Assert.Equal(JsonValueKind.Null, result.GetProperty("reward_score").ValueKind);
        Assert.StartsWith("failed: ", result.GetProperty("errmsg").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("[]", "")]
    [InlineData("{}", "response: is required")]
    [InlineData("""{"response": 5}""", "response: ")]
    [InlineData("""{"response": "5", "timeout": 0}""", "timeout: must be above 0")]
    [InlineData("""{"response": "5", "timeout": "long"}""", "timeout: ")]
    public Task A_malformed_submission_stops_the_training_with_the_member(string body, string reason) => AssertStopsAsync(server.Client, "", body, reason);

    [Theory]
    [InlineData("?rubric=none", "rubric: 'none' is not a rubric")]
    [InlineData("?skipped=much", "skipped: must be a number")]
    [InlineData("?kind=maths", "kind: kind 'maths' has no plain gold")]
    public Task A_malformed_query_stops_the_training_with_the_reason(string query, string reason) =>
        AssertStopsAsync(server.Client, query, RollClient.Submission("5", Gold).ToJsonString(), reason);

    [Fact]
    public async Task A_key_that_is_not_the_servers_stops_the_training_with_the_reason()
    {
        await using var app = await RunningServer.StartAsync(new() { ["Server:ApiKeys:0"] = "another-key-of-the-server", ["Sandbox:Engine"] = "none" });
        using var client = RunningServer.ClientOf(app);
        await AssertStopsAsync(client, "", RollClient.Submission("5", Gold).ToJsonString(), "Send one of the server's keys");
        using var other = await client.GetAsync(new Uri("/v1/tasks", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(401, (int)other.StatusCode);
    }

    [Fact]
    public async Task A_submission_that_is_too_large_stops_the_training_with_the_setting()
    {
        await using var app = await RunningServer.StartAsync(new() { ["Server:MaxRequestMb"] = "1", ["Sandbox:Engine"] = "none" });
        using var client = RunningServer.ClientOf(app);
        await AssertStopsAsync(client, "", RollClient.Submission(new string('5', 2 << 20), Gold).ToJsonString(), "The body has ");
    }

    // All that ROLL's client does with it until it has a reward: a text, of which no tensor can be made.
    private static async Task AssertStopsAsync(HttpClient client, string query, string body, string reason)
    {
        var answer = await client.CallAsync(HttpMethod.Post, "/roll/submit" + query, body);
        Assert.Equal(0, answer.GetProperty("errcode").GetInt32());
        Assert.StartsWith(reason, answer.GetProperty("errmsg").GetString(), StringComparison.Ordinal);
        var result = await client.AskAsync(answer.GetProperty("reward_request_id").GetString()!);
        Assert.Equal(0, result.GetProperty("errcode").GetInt32());
        Assert.StartsWith("refused: " + reason, result.GetProperty("reward_score").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("""{"reward_request_id": null}""")]
    [InlineData("""{"reward_request_id": 5}""")]
    public async Task A_malformed_question_stops_the_training(string body)
    {
        var result = await server.Client.CallAsync(HttpMethod.Get, "/roll/result", body);
        Assert.Equal(0, result.GetProperty("errcode").GetInt32());
        Assert.StartsWith("refused: ", result.GetProperty("reward_score").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Odd_but_harmless_members_are_taken()
    {
        var submission = RollClient.Submission("<answer>5</answer>", Gold);
        submission["priority"] = "high";
        submission["reward_manager"] = null;
        submission["prompt"] = null;
        submission["data_id"] = 17;
        submission["timeout"] = "300";
        submission["new"] = new JsonObject();
        var id = await server.Client.SubmitAsync(submission, "?kind=number");
        Assert.Equal(1, (await server.Client.ResultAsync(id)).GetProperty("reward_score").GetDouble());
    }
}
