using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Compatibility.Roll;

/// <summary>What ROLL's reward worker is answered for what can be judged.</summary>
public sealed class RollTests(RunningServer server)
{
    private const string Right = """<think>3/6 + 2/6</think><answer>\boxed{5/6}</answer>""";

    private const string Gold = """{"ground_truth": "5/6"}""";

    [Fact]
    public async Task A_submission_gets_its_reward_with_what_each_component_gave()
    {
        var id = await server.Client.SubmitAsync(RollClient.Submission(Right, Gold));
        var result = await server.Client.ResultAsync(id);
        Assert.Equal((0, 2.0), (result.GetProperty("errcode").GetInt32(), result.GetProperty("reward_score").GetDouble()));
        // Python makes an int of 2.
        Assert.Equal("2.0", result.GetProperty("reward_score").GetRawText());
        var accuracy = result.GetProperty("dimention_reward_score").GetProperty("accuracy");
        Assert.Equal((1, 1), (accuracy.GetProperty("score").GetDouble(), accuracy.GetProperty("contribution").GetDouble()));
        // Its client reads the times of plugins out of this object.
        Assert.Equal(JsonValueKind.Object, accuracy.GetProperty("debug_info").ValueKind);
        Assert.True(Time(result, "end_time") >= Time(result, "start_time"));
    }

    [Theory]
    [InlineData("r1-zero", """{"ground_truth": "5/6"}""", 2)]
    [InlineData("dapo", """{"ground_truth": "1"}""", -1)]
    [InlineData("r1-zero", """{"ground_truth": 0.9}""", 1)]
    [InlineData("r1-zero", """{"kind": "math", "answer": "5/6"}""", 2)]
    [InlineData("r1-zero", "\"5/6\"", 2)]
    [InlineData("r1-zero", """{"ground_truth": "5/6", "case_type": "", "test_cases": ""}""", 2)]
    public async Task Labels_are_read_as_its_data_sets_have_them(string rubric, string info, double reward)
    {
        var id = await server.Client.SubmitAsync(RollClient.Submission(Right, info), $"?rubric={rubric}");
        Assert.Equal(reward, (await server.Client.ResultAsync(id)).GetProperty("reward_score").GetDouble());
    }

    [Theory]
    [InlineData("input", """[{"stdin": "4\n", "expected_stdout": "8\n"}, {"stdin": "6\n", "expected_stdout": "12"}]""")]
    [InlineData("pytest", """[{"assert_code": "\n\ndef test_twice():\n    assert twice(4) == 8\n\ndef test_nothing():\n    assert twice(0) == 0"}]""")]
    [InlineData("assert", """[{"assert_code": "assert twice(4) == 8"}, {"assert_code": "assert twice(0) == 0"}]""")]
    [InlineData("check_based", """[{"assert_code": "def check(candidate):\n    assert candidate(4) == 8\n", "entry_point": "twice", "import_prefix": "import math\n"}]""")]
    public async Task Programs_are_run_on_the_cases_of_its_code_sets(string type, string cases)
    {
        server.NeedSandbox();
        var info = new JsonObject { ["case_type"] = type, ["test_cases"] = cases }.ToJsonString();
        Assert.Equal(1, await RewardAsync("def twice(n):\n    return 2 * n\n\nif __name__ == '__main__':\n    print(twice(int(input())))", info));
        Assert.Equal(0, await RewardAsync("def twice(n):\n    return n ** 2 // 2 + 1\n\nif __name__ == '__main__':\n    print(twice(int(input())))", info));
    }

    [Fact]
    public async Task A_submission_that_is_made_again_is_the_same()
    {
        var submission = RollClient.Submission(Right, Gold);
        var id = await server.Client.SubmitAsync(submission);
        Assert.Equal(id, await server.Client.SubmitAsync(submission));
        await server.Client.ResultAsync(id);
        Assert.Equal(id, await server.Client.SubmitAsync(submission));
        submission["rollout_id"] = "another";
        Assert.NotEqual(id, await server.Client.SubmitAsync(submission));
    }

    [Fact]
    public async Task A_result_may_be_asked_for_again_and_without_a_body()
    {
        var id = await server.Client.SubmitAsync(RollClient.Submission(Right, Gold));
        var first = await server.Client.ResultAsync(id);
        Assert.Equal(first.GetRawText(), (await server.Client.AskAsync(id)).GetRawText());
        Assert.Equal(first.GetRawText(), (await server.Client.CallAsync(HttpMethod.Get, $"/roll/result?reward_request_id={id}", null)).GetRawText());
    }

    [Fact]
    public async Task Many_rollouts_at_once_each_get_their_own()
    {
        // As many threads as its client has.
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (n, _) =>
        {
            var id = await server.Client.SubmitAsync(RollClient.Submission($$"""\boxed{{{n}}}""", $$"""{"ground_truth": "{{n % 2 * n}}"}"""));
            Assert.Equal(n == 0 || n % 2 == 1 ? 1 : 0, (await server.Client.ResultAsync(id)).GetProperty("reward_score").GetDouble());
        });
    }

    [Fact]
    public async Task Its_own_header_brings_the_servers_key()
    {
        await using var app = await RunningServer.StartAsync(new() { ["Server:ApiKeys:0"] = "t-0123456789abcdef", ["Sandbox:Engine"] = "none" });
        using var client = RunningServer.ClientOf(app);
        var id = await client.SubmitAsync(RollClient.Submission(Right, Gold));
        Assert.Equal(2, (await client.ResultAsync(id)).GetProperty("reward_score").GetDouble());
    }

    private async Task<double> RewardAsync(string program, string info)
    {
        var id = await server.Client.SubmitAsync(RollClient.Submission($"```python\n{program}\n```", info));
        var result = await server.Client.ResultAsync(id);
        Assert.True(result.GetProperty("reward_score").ValueKind == JsonValueKind.Number, result.GetRawText());
        return result.GetProperty("reward_score").GetDouble();
    }

    // As Python's fromisoformat takes it in every version.
    private static DateTimeOffset Time(JsonElement result, string member) =>
        DateTimeOffset.ParseExact(result.GetProperty(member).GetString()!, "yyyy-MM-dd'T'HH:mm:ss.ffffff+00:00", CultureInfo.InvariantCulture);
}
