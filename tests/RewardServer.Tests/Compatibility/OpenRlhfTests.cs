using System.Text.Json;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Compatibility;

/// <summary>OpenRLHF's calls, as openrlhf/utils/agent.py makes them.</summary>
public sealed class OpenRlhfTests(RunningServer server)
{
    private const string Prompt = "<|im_start|>user\nWhat is 2+3?<|im_end|>\n<|im_start|>assistant\n";

    private const string Right = "<think>2+3=5</think><answer>5</answer>";

    private const string Wrong = "<think>2+3=6</think><answer>6</answer>";

    private const string Untidy = "It is \\boxed{5}.";

    [Fact]
    public async Task A_call_of_one_sample_is_answered_as_its_client_reads_it()
    {
        var body = await RewardAsync(Call((Prompt + Right + "<|im_end|>", Prompt, "5")));
        Assert.Equal([2], body.GetProperty("rewards").Numbers());
        Assert.Equal([1], body.GetProperty("scores").Numbers());
        var logs = body.GetProperty("extra_logs");
        Assert.Equal([1], logs.GetProperty("accuracy").Numbers());
        Assert.Equal([1], logs.GetProperty("format").Numbers());
        Assert.Equal([0], logs.GetProperty("signal:several-answer-blocks").Numbers());
        Assert.Equal([0], logs.GetProperty("skipped").Numbers());
        Assert.Equal(["rewards", "scores", "extra_logs"], body.EnumerateObject().Select(member => member.Name));
    }

    // Of whole numbers PyTorch makes a tensor of integers, which has no standard deviation, and OpenRLHF asks for it.
    [Fact]
    public async Task Every_number_is_one_that_Python_reads_as_a_float()
    {
        var body = await RewardAsync(Call((Prompt + Right, Prompt, "5")));
        var numbers = body.GetProperty("extra_logs").EnumerateObject().Select(log => log.Value).Append(body.GetProperty("rewards")).Append(body.GetProperty("scores"));
        Assert.All(numbers, list => Assert.EndsWith(".0", list[0].GetRawText(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_batch_is_answered_in_its_order()
    {
        var body = await RewardAsync(Call((Prompt + Wrong, Prompt, "5"), (Prompt + Right, Prompt, "5"), (Prompt + Untidy, Prompt, "5")));
        Assert.Equal([1, 2, 1], body.GetProperty("rewards").Numbers());
        Assert.Equal([0, 1, 0], body.GetProperty("extra_logs").GetProperty("accuracy").Numbers().Zip(body.GetProperty("extra_logs").GetProperty("format").Numbers(), (one, other) => one * other));
        Assert.All(body.GetProperty("extra_logs").EnumerateObject(), log => Assert.Equal(3, log.Value.GetArrayLength()));
    }

    [Fact]
    public async Task Scores_are_of_accuracy_so_that_tidy_wrong_answers_are_filtered_out()
    {
        var call = Call((Prompt + Wrong, Prompt, "5"), (Prompt + Right, Prompt, "5"));
        Assert.Equal([0, 1], (await RewardAsync(call)).GetProperty("scores").Numbers());
        Assert.Equal([0.5, 1], (await RewardAsync(call, "?score=reward")).GetProperty("scores").Numbers());
        Assert.Equal([1, 1], (await RewardAsync(call, "?score=format")).GetProperty("scores").Numbers());
        // A rubric whose rewards go below 0.
        var dapo = await RewardAsync(call, "?rubric=dapo&score=reward");
        Assert.Equal([-1, 1], dapo.GetProperty("rewards").Numbers());
        Assert.All(dapo.GetProperty("scores").Numbers(), score => Assert.InRange(score, 0, 1));
    }

    [Fact]
    public async Task The_names_of_what_is_logged_are_the_same_for_every_sample_of_a_rubric_and_all_values_are_numbers()
    {
        string[] responses = [Right, Wrong, "", "\\boxed{", "\\boxed{5} \\boxed{6}"];
        var logs = new List<JsonElement>();
        foreach (var response in responses)
        {
            logs.Add((await RewardAsync(Call((Prompt + response, Prompt, "5")))).GetProperty("extra_logs"));
        }

        logs.Add((await RewardAsync(Call((Prompt + Right, Prompt, "\\frac{")), "?skipped=0")).GetProperty("extra_logs"));
        var names = logs.Select(log => string.Join(' ', log.EnumerateObject().Select(one => one.Name))).Distinct();
        Assert.DoesNotContain("reward ", Assert.Single(names), StringComparison.Ordinal);
        Assert.All(logs.SelectMany(log => log.EnumerateObject()), log => Assert.Equal(JsonValueKind.Number, log.Value[0].ValueKind));
    }

    [Fact]
    public async Task Of_several_servers_those_that_get_no_sample_answer_with_empty_lists()
    {
        var (status, body) = await server.Client.PostTextAsync("/get_reward", """{"query": [], "prompts": [], "labels": []}""");
        Assert.Equal(200, status);
        Assert.Equal("""{"rewards":[],"scores":[],"extra_logs":{}}""", body.GetRawText());
    }

    [Fact]
    public async Task The_oldest_versions_send_neither_prompts_nor_labels()
    {
        var (status, body) = await server.Client.PostAsync("/get_reward?rubric=r1-zero", new { query = new[] { "<|im_start|>user\nHi<|im_end|>" } });
        Assert.Equal((422, "labels[0]"), (status, Assert.Single(body.Errors())));
        (status, body) = await server.Client.PostAsync("/get_reward?skipped=0.25", new { query = new[] { "a", "b" } });
        Assert.Equal(200, status);
        Assert.Equal([0.25, 0.25], body.GetProperty("rewards").Numbers());
        Assert.Equal([1, 1], body.GetProperty("extra_logs").GetProperty("skipped").Numbers());
    }

    [Theory]
    [InlineData("\\frac{", "a gold that cannot be parsed")]
    [InlineData("", "no gold")]
    public async Task A_sample_that_cannot_be_judged_is_told_unless_the_URL_says_what_it_earns(string gold, string why)
    {
        var call = Call((Prompt + Right, Prompt, "5"), (Prompt + Right, Prompt, gold));
        var (status, body) = await server.Client.PostAsync("/get_reward", call);
        Assert.True(status == 422, why);
        Assert.Equal("labels[1]", Assert.Single(body.Errors()));
        Assert.Contains("?skipped=NUMBER", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        var answer = await RewardAsync(call, "?skipped=-1");
        Assert.Equal([2, -1], answer.GetProperty("rewards").Numbers());
        Assert.Equal([0, 1], answer.GetProperty("extra_logs").GetProperty("skipped").Numbers());
        Assert.All(answer.GetProperty("scores").Numbers(), score => Assert.InRange(score, 0, 1));
    }

    [Fact]
    public async Task A_sample_whose_prompt_is_not_in_its_query_is_not_judged()
    {
        var call = Call((Prompt + Right, Prompt, "5"), ("Another prompt. " + Right, Prompt, "5"));
        var (status, body) = await server.Client.PostAsync("/get_reward", call);
        Assert.Equal((422, "labels[1]"), (status, Assert.Single(body.Errors())));
        Assert.Contains("the prompt is not in the query", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        var answer = await RewardAsync(call, "?skipped=-1");
        Assert.Equal([2, -1], answer.GetProperty("rewards").Numbers());
        Assert.Equal([0, 1], answer.GetProperty("extra_logs").GetProperty("skipped").Numbers());
        Assert.Equal([1, 0], answer.GetProperty("extra_logs").GetProperty("accuracy").Numbers());
    }

    [Fact]
    public async Task A_rubric_that_compares_the_answers_of_a_group_cannot_grade_one()
    {
        var (status, body) = await server.Client.PostAsync("/get_reward?rubric=kimi", Call((Prompt + Right, Prompt, "5")));
        Assert.Equal((400, "rubric"), (status, Assert.Single(body.Errors())));
    }

    [Theory]
    [InlineData("""{}""", "query")]
    [InlineData("""[]""", "")]
    [InlineData("""null""", "")]
    [InlineData("", "")]
    [InlineData("""{"query": null}""", "query")]
    [InlineData("""{"query": "a"}""", "query")]
    [InlineData("""{"query": ["a", 5]}""", "query[1]")]
    [InlineData("""{"query": ["a"], "prompts": [], "labels": ["5"]}""", "prompts")]
    [InlineData("""{"query": ["a"], "prompts": [["x"]], "labels": ["5"]}""", "prompts[0]")]
    [InlineData("""{"query": ["a"], "prompts": ["a"], "labels": ["5", "6"]}""", "labels")]
    [InlineData("""{"query": ["a"], "prompts": ["a"], "labels": "5"}""", "labels")]
    public async Task A_malformed_call_is_answered_400_with_the_member_at_fault(string json, string path)
    {
        var (status, body) = await server.Client.PostTextAsync("/get_reward", json);
        Assert.Equal((400, path), (status, Assert.Single(body.Errors())));
    }

    [Theory]
    [InlineData("rubric=r2", "rubric")]
    [InlineData("kind=maths", "kind")]
    [InlineData("skipped=none", "skipped")]
    [InlineData("skipped=NaN", "skipped")]
    [InlineData("score=beauty", "score")]
    public async Task What_a_URL_asks_for_wrongly_is_told(string query, string path)
    {
        var (status, body) = await server.Client.PostAsync($"/get_reward?{query}", Call((Prompt + Right, Prompt, "5")));
        Assert.Equal((400, path), (status, Assert.Single(body.Errors())));
    }

    [Fact]
    public async Task Members_that_are_not_known_and_odd_characters_are_let_through()
    {
        var (status, body) = await server.Client.PostTextAsync(
            "/get_reward", """{"query": ["\ud800\u0000 #### 5"], "prompts": ["\udfff"], "labels": ["5"], "images": [null], "version": 2}""");
        Assert.Equal(200, status);
        Assert.Equal([1], body.GetProperty("extra_logs").GetProperty("accuracy").Numbers());
        (status, body) = await server.Client.PostTextAsync("/get_reward?skipped=0", """{"query": ["#### 5"], "prompts": [null], "labels": ["\ud800"]}""");
        Assert.Equal((400, "labels[0]"), (status, Assert.Single(body.Errors())));
    }

    [Fact]
    public async Task More_samples_than_one_call_takes_are_answered_413()
    {
        var many = Enumerable.Repeat("5", 2001).ToArray();
        var (status, _) = await server.Client.PostAsync("/get_reward", new { query = many, prompts = many, labels = many });
        Assert.Equal(413, status);
    }

    [Fact]
    public async Task The_same_call_twice_is_answered_the_same()
    {
        var call = Call((Prompt + Wrong, Prompt, "5"), (Prompt + Right, Prompt, "5"));
        Assert.Equal((await RewardAsync(call)).GetRawText(), (await RewardAsync(call)).GetRawText());
    }

    [Fact]
    public async Task The_configuration_names_the_rubric_of_calls_that_name_none()
    {
        var (app, client) = await RewardCalls.ServerAsync(("Trainers:Rubrics:openrlhf", "dapo"), ("Sandbox:Engine", "none"));
        await using var _ = app;
        using var __ = client;
        var (_, body) = await client.PostAsync("/get_reward", Call((Prompt + Wrong, Prompt, "5")));
        Assert.Equal([-1], body.GetProperty("rewards").Numbers());
    }

    private static object Call(params (string Query, string Prompt, string Label)[] samples) => new
    {
        query = samples.Select(sample => sample.Query), prompts = samples.Select(sample => sample.Prompt), labels = samples.Select(sample => sample.Label),
    };

    private async Task<JsonElement> RewardAsync(object call, string query = "")
    {
        var (status, body) = await server.Client.PostAsync("/get_reward" + query, call);
        Assert.True(status == 200, body.ToString());
        return body;
    }
}
