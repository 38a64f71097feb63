using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RewardServer.Compatibility.SandboxFusion.Submit;
using RewardServer.Grading.Completions;
using RewardServer.Hosting;
using RewardServer.Http;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Tests.Http;
using static RewardServer.Tests.Compatibility.SandboxFusion.Submit.Submissions;

namespace RewardServer.Tests.Compatibility.SandboxFusion.Submit;

public sealed class Submitting_what_cannot_be_judged(RunningServer server)
{
    private static readonly object One = Oj(("", "1"));

    [Theory]
    [InlineData("""{"id":1,"completion":"x","config":{}}""", "dataset: is required")]
    [InlineData("""{"dataset":"","id":1,"completion":"x","config":{}}""", "dataset: is required")]
    [InlineData("""{"dataset":"d","completion":"x","config":{}}""", "id: is required")]
    [InlineData("""{"dataset":"d","id":[1],"completion":"x","config":{}}""", "id: must be a text or a number")]
    [InlineData("""{"dataset":"d","id":1,"config":{}}""", "completion: is required")]
    [InlineData("""{"dataset":"d","id":1,"completion":null}""", "completion: is required")]
    [InlineData("""{"dataset":"d","id":1,"completion":7,"config":{}}""", "completion: must be a string")]
    [InlineData("""{"dataset":"d","id":1,"completion":"x","config":[]}""", "config: has the wrong type or value")]
    [InlineData("""{"dataset":"d","id":1,"completion":"x","config":{"run_timeout":-1}}""", "config.run_timeout: must not be negative")]
    [InlineData("""{"dataset":"d","id":1,"completion":"x","config":{"extra":[1]}}""", "config.extra: must be an object")]
    [InlineData("""{"dataset":"d","id":1,"completion":"x","config":{"provided_data":[{"test":[]}]}}""", "config.provided_data: must be an object: the row of the one problem")]
    [InlineData("""[]""", "has the wrong type or value")]
    [InlineData("""{""", "")]
    [InlineData("", "")]
    public async Task A_call_that_is_wrong_is_refused_with_the_member(string json, string told)
    {
        var (status, body) = await server.Client.AskTextAsync("/submit", json);
        Assert.Equal(400, status);
        Assert.Contains(told, body.Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CommonOJDataset", """{"id":1}""", "config.provided_data.test: is required")]
    [InlineData("CommonOJDataset", """{"test":"[{"}""", "config.provided_data.test: must be an array of objects, or a text that holds one as JSON")]
    [InlineData("CommonOJDataset", """{"test":[1]}""", "config.provided_data.test[0]: must be an object")]
    [InlineData("CommonOJDataset", """{"test":[{"input":{},"output":{"stdout":"1"}}]}""", "config.provided_data.test[0].input.stdin: is required")]
    [InlineData("CommonOJDataset", """{"test":[{"input":{"stdin":1},"output":{"stdout":"1"}}]}""", "config.provided_data.test[0].input.stdin: must be a text")]
    [InlineData("CommonOJDataset", """{"test":[{"input":{"stdin":"","in.txt":"1"},"output":{"stdout":"1"}}]}""", "config.provided_data.test[0].input.in.txt: is not known")]
    [InlineData("MBPPDataset", """{"labels":{}}""", "config.provided_data.test_list: is required")]
    [InlineData("MBPPDataset", """{"labels":{},"test_list":[1]}""", "config.provided_data.test_list[0]: must be a text")]
    [InlineData("HumanEvalDataset", """{"test":"x"}""", "config.provided_data.content: is required")]
    [InlineData("HumanEvalDataset", """{"prompt":"x","language":"cpp","tests":"y","stop_tokens":["re:("]}""", "config.provided_data.stop_tokens: ")]
    [InlineData("MHPPDataset", """{"content":"x"}""", "config.provided_data.test: is required")]
    [InlineData("AutoEvalDataset", """{"test":{"code":"x"}}""", "config.provided_data.labels: is required")]
    [InlineData("AutoEvalDataset", """{"labels":{"programming_language":"python"},"test":{"code":"x","asset":{"a":"%"}}}""", "config.provided_data.test.asset: files.a: must be base64")]
    [InlineData("AutoEvalDataset", """{"labels":{"programming_language":"python"},"test":{"code":"x","asset":{"../a":""}}}""", "config.provided_data.test.asset: files: ")]
    [InlineData("LiveCodeBenchDataset", """{"test":"eJxrYJnqwcg"}""", "config.provided_data.test: must be JSON, or packed")]
    [InlineData("LiveCodeBenchDataset", """{"test":"eJxrYJnKyQABzqxJlSWpxVP0ACQBBFQ="}""", "config.provided_data.test: is packed, and cannot be unpacked: it has the instruction 0x43 of pickle")]
    [InlineData("LiveCodeBenchDataset", """{"content":"x"}""", "config.provided_data.test: is required")]
    [InlineData("LiveCodeBenchDataset", """{"test":{"input_output":"{\"inputs\":[\"\\ud83d\"],\"outputs\":[\"1\"]}"}}""", "config.provided_data.test.input_output.inputs: holds half of a character")]
    [InlineData("LiveCodeBenchDataset", """{"test":{"input_output":{"inputs":["1"],"outputs":[],"fn_name":"f"}}}""", "config.provided_data.test.input_output.outputs: there are 1 inputs and 0 outputs")]
    [InlineData("VerilogDataset", """{"test":"x"}""", "eval class VerilogDataset not found")]
    [InlineData("", """{"test":"x"}""", "eval class  not found")]
    public async Task A_row_that_is_wrong_is_refused_with_its_path(string type, string row, string told)
    {
        var (status, detail) = await server.RefusedAsync(Request(Fenced("print(1)"), JsonElement.Parse(row), type, "python"));
        Assert.Equal(400, status);
        Assert.Contains(told, detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_language_is_needed_where_the_row_says_none()
    {
        Assert.Equal((400, "config.language: is required for CommonOJDataset"), await server.RefusedAsync(Request(Fenced("print(1)"), One, "CommonOJDataset")));
    }

    [Fact]
    public async Task A_data_set_that_nobody_knows_is_refused_as_SandboxFusion_does()
    {
        var (status, detail) = await server.RefusedAsync(Request("x", null, dataset: "nowhere"));
        Assert.Equal(400, status);
        Assert.StartsWith("no eval class found for dataset nowhere", detail, StringComparison.Ordinal);
        (status, detail) = await server.RefusedAsync(Request("x", One, dataset: "nowhere", language: "python"));
        Assert.Equal(400, status);
        Assert.StartsWith("no eval class found for dataset nowhere", detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CommonOJDataset", "lean", """{"test":[{"input":{"stdin":""},"output":{"stdout":"1"}}]}""", "'lean' is not a language this server knows")]
    [InlineData("CommonOJDataset", "python", """{"test":[]}""", "the task has no tests")]
    [InlineData("MBPPDataset", null, """{"labels":{},"test_list":[]}""", "no assertion")]
    [InlineData("MBPPDataset", null, """{"labels":{},"test_list":["assert ("]}""", "the check does not compile")]
    [InlineData("AutoEvalDataset", null, """{"labels":{"programming_language":"html","execution_language":"jest"},"test":{"code":"x"}}""", "'jest' cannot be judged here")]
    [InlineData("AutoEvalDataset", null, """{"labels":{"programming_language":"sql","execution_language":"python"},"test":{"code":"x"}}""", "sql programs")]
    [InlineData("AutoEvalDataset", null, """{"labels":{"programming_language":"python"},"test":{"code":"run('#<INSERT>')"}}""", "inside of other code")]
    [InlineData("AutoEvalDataset", null, """{"labels":{"programming_language":"python"},"test":{"code":"import os\n#<INSERT>\n"}}""", "checks nothing")]
    [InlineData("HumanEvalDataset", null, """{"language":"java","prompt":"x","tests":"y","stop_tokens":[]}""", "java programs of HumanEvalDataset")]
    public async Task A_problem_that_cannot_be_judged_is_no_reward_unless_the_call_says_which(string type, string? language, string row, string told)
    {
        server.NeedSandbox();
        var request = Request(Fenced("print(1)"), JsonElement.Parse(row), type, language);
        var (status, detail) = await server.RefusedAsync(request);
        Assert.Equal(422, status);
        Assert.Contains(told, detail, StringComparison.Ordinal);
        var none = await server.SubmitAsync(request, "?skipped=0");
        Assert.Equal((false, 0), (none.Accepted(), none.GetProperty("tests").GetArrayLength()));
        Assert.Contains(told, none.GetProperty("extra").Text("skipped"), StringComparison.Ordinal);
        Assert.True((await server.SubmitAsync(request, "?skipped=1")).Accepted());
    }

    [Fact]
    public async Task A_reward_for_what_is_skipped_must_be_a_number()
    {
        var (status, body) = await server.Client.AskAsync("/submit?skipped=no", OjRequest(Fenced("print(1)"), ("", "1")));
        Assert.Equal(400, status);
        Assert.Contains("skipped: must be a number", body.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Odd_numbers_are_read_and_huge_ones_count_as_the_most()
    {
        server.NeedSandbox();
        var (status, body) = await server.Client.AskTextAsync("/submit", """
            {"dataset":"d","id":12345678901234567890123,"completion":"```python\nprint(1)\n```","unknown":1,"config":{"dataset_type":"CommonOJDataset","language":"Python3","locale":"en",
             "compile_timeout":1e300,"run_timeout":"1e300","memory":1,"extra":{"run_all_cases":"yes","return_full_case":0},
             "provided_data":{"test":[{"input":{"stdin":""},"output":{"stdout":"2"}},{"input":{"stdin":""},"output":{"stdout":"1"}}],"more":[{}]}}}
            """);
        Assert.Equal(200, status);
        Assert.Equal("12345678901234567890123", body.GetProperty("id").GetRawText());
        Assert.Equal([false, true], body.Passed());
    }

    [Fact]
    public async Task A_sandbox_that_is_lost_is_no_verdict()
    {
        server.NeedSandbox();
        await using var app = await RunningServer.StartAsync([]);
        using var client = RunningServer.ClientOf(app);
        await app.Services.GetRequiredService<SandboxPool>().DisposeAsync();
        var (status, body) = await client.AskAsync("/submit", OjRequest(Fenced("print(1)"), ("", "1")));
        Assert.Equal(504, status);
        Assert.False(body.TryGetProperty("accepted", out _));
        (status, _) = await client.AskAsync("/submit", Request(Fenced("print(1)"), One, "CommonOJDataset", "python", logic: "pass"));
        Assert.Equal(504, status);
    }

    [Fact]
    public async Task A_server_without_a_sandbox_judges_nobody()
    {
        await using var app = await RunningServer.StartAsync(new() { ["Sandbox:Engine"] = "none" });
        using var client = RunningServer.ClientOf(app);
        var (status, body) = await client.AskAsync("/submit", OjRequest(Fenced("print(1)"), ("", "1")));
        Assert.Equal(422, status);
        Assert.Contains("python programs cannot be run here", body.Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_judged_in_time_is_no_verdict()
    {
        server.NeedSandbox();
        using var budget = new OutputBudget(new ServerOptions());
        var request = new SubmitRequest { Dataset = "d", Id = JsonElement.Parse("1"), Completion = Fenced("import time\ntime.sleep(60)") };
        var problem = StdioTests.Problem("python", [new StdioTest("", "1")], seconds: 60);
        var end = await new Submitting(server.Sandbox, budget, new Hasty()).JudgeAsync(new DefaultHttpContext(), request, problem);
        Assert.Null(end.Judged);
        Assert.StartsWith("not judged within", end.Failed, StringComparison.Ordinal);
    }

    /// <summary>A clock on which all that is waited for has come.</summary>
    private sealed class Hasty : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
