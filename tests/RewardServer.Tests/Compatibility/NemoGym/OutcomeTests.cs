using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Compatibility.NemoGym;

/// <summary>What each caller of <c>/verify</c> is answered for what is no score of the candidate's.</summary>
public sealed class OutcomeTests(RunningServer server)
{
    [Fact]
    public async Task A_collection_keeps_a_task_that_cannot_be_judged_apart_and_never_comes_back_to_it()
    {
        var (status, body) = await server.Client.VerifyAsync(Unjudgeable().OfCollection());
        Assert.Equal(200, status);
        Assert.Equal(("skipped", true), (body.GetProperty("_ng_failure_class").GetString(), body.GetProperty("_ng_failure_terminal").GetBoolean()));
        Assert.Contains("accuracy: ", body.GetProperty("failure_reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(3, body.GetProperty("_ng_task_index").GetInt32());
    }

    [Fact]
    public async Task NeMo_RL_is_asked_to_mask_it_where_it_looks_for_that()
    {
        var row = Unjudgeable().OfNemoRl();
        row["instance_config"] = JsonNode.Parse("""{"seed": 7}""");
        var (status, body) = await server.Client.VerifyAsync(row);
        Assert.Equal(200, status);
        Assert.True(body.GetProperty("mask_sample").GetBoolean());
        Assert.Equal("""{"seed":7,"mask_sample":true}""", body.GetProperty("instance_config").GetRawText());
        Assert.False(body.TryGetProperty("reward_components", out _));
    }

    [Fact]
    public async Task Verifiers_would_train_on_any_reward_and_gets_an_error()
    {
        var (status, body) = await server.Client.VerifyAsync(Unjudgeable());
        Assert.Equal(422, status);
        Assert.Contains("gold", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_may_say_what_such_a_task_earns() =>
        Assert.Equal(-0.5, await server.Client.RewardAsync(Unjudgeable(), "/verify?skipped=-0.5"));

    [Theory]
    [InlineData("""{}""", "the row has no task")]
    [InlineData("""{"expected_answer": null}""", "the row has no task")]
    [InlineData("""{"verifier_metadata": {"instruction_id_list": ["last_word:last_word_answer"], "kwargs": [{}]}}""", "verifier_metadata.instruction_id_list: ")]
    [InlineData("""{"verifier_metadata": {"unit_tests": {"inputs": ["1"], "outputs": []}}}""", "verifier_metadata.unit_tests.outputs: ")]
    [InlineData("""{"verifier_metadata": {"unit_tests": "none"}}""", "verifier_metadata.unit_tests: must have inputs and outputs")]
    [InlineData("""{"options": [{"A": "x"}], "expected_answer": ["A", 1]}""", "expected_answer")]
    [InlineData("""{"task": "task:unknown"}""", "task: there is no task 'unknown'")]
    [InlineData("""{"expected_answer": "\ud83d"}""", "no Unicode")]
    public async Task A_row_without_a_task_is_skipped_with_the_member_at_fault(string members, string reason)
    {
        var row = $$"""{"responses_create_params":{"input":[]},"response":{"output":[]},{{members[1..]}}""".Replace(",}", "}", StringComparison.Ordinal);
        var (status, body) = await PostAsync("/verify", row);
        Assert.Equal(422, status);
        Assert.Contains(reason, body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("null", "")]
    [InlineData("[]", "")]
    [InlineData("""{"response":{"output":[]}}""", "responses_create_params")]
    [InlineData("""{"responses_create_params":{},"response":null}""", "response")]
    [InlineData("""{"responses_create_params":{},"response":{"output":"text"}}""", "response.output")]
    public async Task A_malformed_request_names_its_fault(string request, string member)
    {
        var (status, body) = await PostAsync("/verify", request);
        Assert.Equal(400, status);
        Assert.True(body.GetProperty("errors").TryGetProperty(member, out _), body.GetRawText());
    }

    [Theory]
    [InlineData("?rubric=none", "rubric")]
    [InlineData("?skipped=much", "skipped")]
    [InlineData("?kind=maths", "kind")]
    public async Task A_malformed_query_names_its_fault(string query, string member)
    {
        var (status, body) = await PostAsync("/verify" + query, "{}");
        Assert.Equal(400, status);
        Assert.True(body.GetProperty("errors").TryGetProperty(member, out _), body.GetRawText());
    }

    [Fact]
    public async Task A_fault_of_ours_is_a_row_for_collections_and_an_error_for_trainers_and_never_a_reward()
    {
        await using var app = await RunningServer.StartAsync(WithJudges("http://127.0.0.1:1/", ("Trainers:PatienceSeconds", "0")));
        using var client = RunningServer.ClientOf(app);
        var (status, body) = await client.VerifyAsync(Judged().OfCollection());
        Assert.Equal((200, "judge_failed"), (status, body.GetProperty("_ng_failure_class").GetString()));
        Assert.False(body.TryGetProperty("_ng_failure_terminal", out _));
        Assert.Equal(503, (await client.VerifyAsync(Judged().OfNemoRl())).Status);
        Assert.Equal(503, (await client.VerifyAsync(Judged())).Status);
        Assert.Equal(503, (await client.VerifyAsync(Judged(), "/verify?skipped=0")).Status);
    }

    [Fact]
    public async Task Tasks_that_cannot_be_read_are_a_row_for_collections_too()
    {
        var folder = Directory.CreateTempSubdirectory("tasks-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "tasks.db"), new string('x', 10_000), TestContext.Current.CancellationToken);
        await using var app = await RunningServer.StartAsync(new() { ["Storage:Folder"] = folder.FullName, ["Sandbox:Engine"] = "none" });
        using var client = RunningServer.ClientOf(app);
        JsonObject Row() => GymRows.With(GymRows.Message("5"), ("task", "task:a"));
        var (status, body) = await client.VerifyAsync(Row().OfCollection());
        Assert.Equal((200, "grading_failed"), (status, body.GetProperty("_ng_failure_class").GetString()));
        Assert.Contains("Storage:Folder", body.GetProperty("failure_reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(503, (await client.VerifyAsync(Row())).Status);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_row_that_was_masked_before_and_is_scored_now_is_masked_no_more()
    {
        var row = GymRows.Maths().OfCollection();
        foreach (var (mark, value) in new (string, JsonNode?)[]
            { ("_ng_failure_class", "skipped"), ("_ng_failure_terminal", true), ("failure_reason", "late"), ("mask_sample", true), ("reward", 0) })
        {
            row[mark] = value;
        }

        row["instance_config"] = JsonNode.Parse("""{"seed": 7, "mask_sample": true}""");
        var (status, body) = await server.Client.VerifyAsync(row);
        Assert.Equal((200, "2.0"), (status, body.GetProperty("reward").GetRawText()));
        Assert.Equal("""{"seed":7}""", body.GetProperty("instance_config").GetRawText());
        Assert.DoesNotContain(body.EnumerateObject(), member => member.Name is "_ng_failure_class" or "_ng_failure_terminal" or "failure_reason" or "mask_sample");

        // What a terminal failure left does not make another failure terminal.
        await using var app = await RunningServer.StartAsync(WithJudges("http://127.0.0.1:1/", ("Trainers:PatienceSeconds", "0")));
        using var client = RunningServer.ClientOf(app);
        var judged = Judged().OfCollection();
        judged["_ng_failure_terminal"] = true;
        judged["reward_components"] = new JsonObject { ["accuracy"] = 1 };
        var failed = (await client.VerifyAsync(judged)).Body;
        Assert.False(failed.TryGetProperty("_ng_failure_terminal", out _) || failed.TryGetProperty("reward_components", out _), failed.GetRawText());
    }

    [Fact]
    public async Task Real_numbers_are_written_as_such_of_which_Python_makes_floats()
    {
        var (_, body) = await server.Client.VerifyAsync(GymRows.Maths());
        Assert.Equal(("2.0", "1.0"), (body.GetProperty("reward").GetRawText(), body.GetProperty("accuracy").GetRawText()));
        Assert.Equal("1.0", body.GetProperty("reward_components").GetProperty("format").GetRawText());
        Assert.Equal("0.0", (await server.Client.VerifyAsync(Unjudgeable().OfNemoRl())).Body.GetProperty("reward").GetRawText());
        Assert.Equal("3.0", (await server.Client.VerifyAsync(Unjudgeable(), "/verify?skipped=3")).Body.GetProperty("reward").GetRawText());
    }

    [Fact]
    public async Task A_fault_that_passes_costs_no_rollout()
    {
        var calls = 0;
        await using var judge = await OtherServer.StartAsync(http =>
        {
            http.Response.StatusCode = Interlocked.Increment(ref calls) > 2 ? 200 : 500;
            return http.Response.WriteAsync("""{"choices":[{"message":{"content":"Score: 10"}}]}""");
        });
        await using var app = await RunningServer.StartAsync(WithJudges(judge.Urls.First()));
        using var client = RunningServer.ClientOf(app);
        Assert.True(await client.RewardAsync(Judged()) > 0);
        Assert.True(calls > 2);
    }

    private static JsonObject Judged() => GymRows.With(GymRows.Message("Hello!"), ("task", JsonNode.Parse("""{"kind":"judge"}""")));

    private static JsonObject Unjudgeable() => GymRows.Maths(answer: "\\frac{1}{");

    private static Dictionary<string, string?> WithJudges(string url, params (string Name, string Value)[] more)
    {
        var settings = new Dictionary<string, string?> { ["Sandbox:Engine"] = "none", ["Trainers:Rubrics:nemo-gym"] = "helpful-harmless" };
        foreach (var judge in (string[])["helpful", "harmless"])
        {
            settings[$"Judges:{judge}:Url"] = url;
            settings[$"Judges:{judge}:Model"] = "m";
            settings[$"Judges:{judge}:Retries"] = "0";
        }

        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        return settings;
    }

    private async Task<(int Status, JsonElement Body)> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await server.Client.PostAsync(path, content, TestContext.Current.CancellationToken);
        Assert.NotEqual(HttpStatusCode.InternalServerError, response.StatusCode);
        return ((int)response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }
}
