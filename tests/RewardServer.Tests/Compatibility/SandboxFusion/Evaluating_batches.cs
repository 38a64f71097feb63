using System.Text.Json;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Compatibility.SandboxFusion;

public sealed class Evaluating_batches(RunningServer server)
{
    private Task<(int Status, JsonElement Body)> Post(string completion, object tests, string? language = "python", bool all = true) =>
        server.Client.AskAsync("/common_evaluate_batch", new
        {
            completion,
            config = new { language, compile_timeout = 10, run_timeout = 10, provided_data = new { test_cases = tests }, extra = new { run_all_cases = all, total_timeout = 30 } },
        });

    private static IEnumerable<bool> Passed(JsonElement body) => body.GetProperty("tests").EnumerateArray().Select(test => test.GetProperty("passed").GetBoolean());

    private static object Sums(string type = "stdin_stdout") => new { type, input = new[] { "1 2", "3 4", "5 6" }, output = new[] { "3", "7", "11" }, fn_name = (string?)null };

    [Fact]
    public async Task A_right_program_is_accepted_with_every_member_of_the_answer()
    {
        server.NeedSandbox();
        var (status, body) = await Post("```python\na, b = map(int, input().split())\nprint(a + b)\n```", Sums());
        Assert.Equal(200, status);
        Assert.Equal(["accepted", "extra", "extracted_code", "extracted_type", "full_code", "id", "test_code", "tests"], body.Names().Order(StringComparer.Ordinal));
        Assert.Equal((true, 0), (body.GetProperty("accepted").GetBoolean(), body.GetProperty("id").GetInt32()));
        Assert.Contains("print(a + b)", body.Text("extracted_code"), StringComparison.Ordinal);
        Assert.Equal([true, true, true], Passed(body));
        var first = body.GetProperty("tests")[0];
        Assert.Equal(["exec_info", "passed", "test_info"], first.Names().Order(StringComparer.Ordinal));
        Assert.Equal(("Success", "Finished"), (first.GetProperty("exec_info").Text("status"), first.GetProperty("exec_info").End().Status));
    }

    [Fact]
    public async Task A_program_that_fails_a_test_tells_which_unless_the_first_failure_ends_it()
    {
        server.NeedSandbox();
        const string Completion = "```python\na, b = map(int, input().split())\nprint(a + b if a != 3 else 0)\n```";
        var (_, all) = await Post(Completion, Sums());
        Assert.Equal((false, "[True, False, True]"), (all.GetProperty("accepted").GetBoolean(), $"[{string.Join(", ", Passed(all))}]"));
        var (_, some) = await Post(Completion, Sums(), all: false);
        Assert.Equal((false, "[True, False]"), (some.GetProperty("accepted").GetBoolean(), $"[{string.Join(", ", Passed(some))}]"));
        Assert.Equal("0\n", some.GetProperty("tests")[1].GetProperty("exec_info").End().Stdout);
    }

    [Fact]
    public async Task Numbers_may_differ_by_rounding_and_letters_by_case()
    {
        server.NeedSandbox();
        var (_, body) = await Post("```python\nprint(0.333333333)\nprint('YES')\n```", new { input = new[] { "" }, output = new[] { "0.3333333\nyes\n" } });
        Assert.True(body.GetProperty("accepted").GetBoolean());
    }

    [Theory]
    [InlineData("1000001", "1000000", false)]
    [InlineData("1000000.0", "1000000", true)]
    [InlineData("1000000.5", "1000000", false)]
    // Integers beside reals are integers all the same.
    [InlineData("0.5000001\n1000001", "0.5\n1000000", false)]
    [InlineData("0.5000001\n1000000", "0.5\n1000000", true)]
    [InlineData("1", "1.000001", true)]
    [InlineData("1", "1.1", false)]
    public async Task Integers_are_met_exactly_and_reals_nearly(string printed, string expected, bool accepted)
    {
        server.NeedSandbox();
        var (_, body) = await Post($"```python\nprint({JsonSerializer.Serialize(printed)})\n```", new { input = new[] { "" }, output = new[] { expected } });
        Assert.Equal(accepted, body.GetProperty("accepted").GetBoolean());
    }

    [Fact]
    public async Task What_cannot_be_judged_has_the_reward_that_the_call_names()
    {
        var (status, body) = await server.Client.AskTextAsync(
            "/common_evaluate_batch?skipped=0", """{"id":"a","completion":"x","config":{"language":"lean","provided_data":{"test_cases":{"input":["1"],"output":["1"]}}}}""");
        Assert.Equal((200, false, "a"), (status, body.GetProperty("accepted").GetBoolean(), body.Text("id")));
        Assert.Contains("lean", body.GetProperty("extra").Text("skipped"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_alone_in_an_array_may_be_meant_or_the_array()
    {
        server.NeedSandbox();
        var tests = new { type = "function_call", fn_name = "f", input = new[] { new[] { 3 } }, output = new[] { new[] { 3 } } };
        var (_, array) = await Post("```python\ndef f(x):\n    return [x]\n```", tests);
        var (_, alone) = await Post("```python\ndef f(x):\n    return x\n```", tests);
        var (_, wrong) = await Post("```python\ndef f(x):\n    return [[x]]\n```", tests);
        Assert.Equal([true, true, false], new[] { array, alone, wrong }.Select(body => body.GetProperty("accepted").GetBoolean()));
    }

    [Fact]
    public async Task Calls_are_made_with_arguments_as_values_or_as_lines_of_json()
    {
        server.NeedSandbox();
        const string Completion = "```python\ndef f(x, y):\n    return [x + y]\n```";
        var (_, values) = await Post(Completion, new { type = "function_call", fn_name = "f", input = new[] { new[] { 1, 2 } }, output = new[] { new[] { new[] { 3 } } } });
        var (_, lines) = await Post(Completion, new { type = "function_call", fn_name = "f", json_input = true, input = new[] { "1\n2", "2\n2" }, output = new[] { "[3]", "[5]" } });
        Assert.Equal(("[True]", "[True, False]"), ($"[{string.Join(", ", Passed(values))}]", $"[{string.Join(", ", Passed(lines))}]"));
    }

    [Fact]
    public async Task Asserts_decide()
    {
        server.NeedSandbox();
        var tests = new { type = "assert", test = "def check(candidate):\n    assert candidate(2) == 4\n", entry_point = "f" };
        var (_, right) = await Post("```python\ndef f(n):\n    return n * 2\n```", tests);
        var (_, wrong) = await Post("```python\ndef f(n):\n    return n\n```", tests);
        Assert.Equal((true, false), (right.GetProperty("accepted").GetBoolean(), wrong.GetProperty("accepted").GetBoolean()));
    }

    [Fact]
    public async Task A_completion_without_a_program_fails_every_test()
    {
        server.NeedSandbox();
        var (status, body) = await Post("I do not know.", Sums());
        Assert.Equal((200, ""), (status, body.Text("extracted_code")));
        Assert.Equal([false, false, false], Passed(body));
    }

    [Theory]
    [InlineData("""{"completion":"x"}""", 400, "config")]
    [InlineData("""{"completion":null,"config":{}}""", 400, "completion")]
    [InlineData("""{"completion":"x","config":{}}""", 400, "config.language")]
    [InlineData("""{"completion":"x","config":{"language":"python"}}""", 400, "config.provided_data.test_cases")]
    [InlineData("""{"completion":"x","config":{"language":"python","provided_data":{"test_cases":{"input":[],"output":[]}}}}""", 400, "config.provided_data.test_cases.input")]
    [InlineData("""{"completion":"x","config":{"language":"python","provided_data":{"test_cases":{"input":["1"],"output":[]}}}}""", 400, "config.provided_data.test_cases.input")]
    [InlineData("""{"completion":"x","config":{"language":"python","run_timeout":-1,"provided_data":{"test_cases":{"input":["1"],"output":["1"]}}}}""", 400, "config.run_timeout")]
    [InlineData("""{"completion":"x","config":{"language":"python","custom_extract_logic":"1","provided_data":{"test_cases":{"input":["1"],"output":["1"]}}}}""", 400, "config.custom_extract_logic")]
    [InlineData("""{"completion":"x","config":{"language":"python","provided_data":{"test_cases":{"type":"other","input":["1"],"output":["1"]}}}}""", 400, "config.provided_data.test_cases.type")]
    [InlineData("""{"completion":"x","config":{"language":"lean","provided_data":{"test_cases":{"input":["1"],"output":["1"]}}}}""", 422, "config")]
    public async Task What_cannot_be_judged_names_its_member(string json, int status, string member)
    {
        var (answered, body) = await server.Client.AskTextAsync("/common_evaluate_batch", json);
        Assert.Equal(status, answered);
        Assert.Contains(member, body.GetProperty("errors").Names());
    }
}
