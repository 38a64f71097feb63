using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Tests.Compatibility.SandboxFusion;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Compatibility.OpenR1;

/// <summary>Calls as open-r1's clients of E2B's and MorphCloud's routers make them, and their answers as these read them.</summary>
public sealed class Executing_batches(RunningServer server)
{
    // As open-r1 makes them (src/open_r1/rewards.py, code_reward): every line is indented, nothing is printed, and the last expression is the reward.
    private static string Script(string program, string cases) => $"""

                import json
                import subprocess

                def evaluate(code, cases):
                    passed = 0
                    for case in cases:
                        ended = subprocess.run(["python3", "-c", code], input=case["input"], text=True, capture_output=True, timeout=5)
                        if ended.returncode == 0 and ended.stdout.strip() == case["output"]:
                            passed += 1
                    return passed / len(cases)

                code = {JsonSerializer.Serialize(program)}
                cases = json.loads({JsonSerializer.Serialize(cases)})

                evaluate(code, cases)
            """;

    private const string Cases = """[{"input": "2", "output": "4"}, {"input": "3", "output": "6"}]""";

    private static Task<(int Status, JsonElement Body)> Post(HttpClient client, string[] scripts, string?[]? languages = null, double timeout = 30, double requestTimeout = 28) =>
        client.AskAsync("/execute_batch", new { scripts, languages = languages ?? [.. scripts.Select(_ => "python")], timeout, request_timeout = requestTimeout });

    private Task<(int Status, JsonElement Body)> Post(params string[] scripts) => Post(server.Client, scripts);

    // E2B's client: the text of the main result, or null.
    private static string? ForE2B(JsonElement answer) => answer.GetProperty("execution") is { ValueKind: JsonValueKind.Object } execution
        ? execution.GetProperty("results").EnumerateArray().Where(result => result.GetProperty("is_main_result").GetBoolean()).Select(result => result.Text("text")).FirstOrDefault()
        : null;

    private static JsonElement Error(JsonElement answer) => answer.GetProperty("execution").GetProperty("error");

    [Fact]
    public async Task The_value_of_a_script_s_last_expression_is_its_reward_for_both_clients()
    {
        server.NeedSandbox();
        var (status, body) = await Post(Script("print(int(input()) * 2)", Cases), Script("print(4)", Cases), Script("1 / 0", Cases), Script("syntax error", Cases));
        Assert.Equal(200, status);
        Assert.Equal(["1.0", "0.5", "0.0", "0.0"], body.EnumerateArray().Select(ForE2B));
        Assert.Equal(["1.0", "0.5", "0.0", "0.0"], body.EnumerateArray().Select(answer => answer.Text("text")));
        Assert.Equal(["execution", "text", "exception_str"], body[0].Names());
        Assert.Equal(["results", "logs", "error", "execution_count"], body[0].GetProperty("execution").Names());
        Assert.Equal(["text", "is_main_result"], body[0].GetProperty("execution").GetProperty("results")[0].Names());
        Assert.Equal(JsonValueKind.Null, body[0].GetProperty("exception_str").ValueKind);
    }

    [Fact]
    public async Task What_a_script_prints_stands_in_its_logs()
    {
        server.NeedSandbox();
        var (_, body) = await Post("print('hello')", "x = 1");
        Assert.Equal("hello\n", body[0].GetProperty("execution").GetProperty("logs").GetProperty("stdout")[0].GetString());
        Assert.Equal((null, "hello\n"), (ForE2B(body[0]), body[0].Text("text")));
        Assert.Equal(("", "No output from execution"), (body[1].Text("text"), body[1].Text("exception_str")));
    }

    [Theory]
    [InlineData("print('unterminated", "SyntaxError")]
    [InlineData("{}['input']", "KeyError")]
    [InlineData("None[0]", "TypeError")]
    [InlineData("1 / 0", "ZeroDivisionError")]
    [InlineData("import json\njson.loads('[')", "JSONDecodeError")]
    public async Task A_script_that_its_own_data_ends_has_its_error_and_is_masked_for_both_clients(string script, string name)
    {
        server.NeedSandbox();
        var (_, body) = await Post(script);
        Assert.Equal((name, null), (Error(body[0]).Text("name"), ForE2B(body[0])));
        Assert.Equal(["name", "value", "traceback"], Error(body[0]).Names());
        Assert.Equal("nan", body[0].Text("text"));
        Assert.StartsWith($"{name}: ", body[0].Text("exception_str"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("import subprocess\nraise subprocess.TimeoutExpired(['python3'], 5)", "TimeoutExpired")]
    [InlineData("import subprocess\nsubprocess.run(['python3', '-c', 'import os; os.write(1, bytes([255]))'], capture_output=True, text=True)", "UnicodeDecodeError")]
    [InlineData("import subprocess\nsubprocess.run(['python3', '-c', 'x' + chr(0)])", "ValueError")]
    [InlineData("while True: pass", "TimeoutError")]
    [InlineData("import os\nos._exit(0)", "RuntimeError")]
    [InlineData("raise SystemExit(1)", "SystemExit")]
    [InlineData("import subprocess\nsubprocess.run(['python3', '-c', 'import os, signal, time; os.kill(os.getppid(), signal.SIGINT); time.sleep(9)'], timeout=9)", "KeyboardInterrupt")]
    [InlineData("import subprocess\nsubprocess.run(['python3', '-c', 'import os, signal, time; os.kill(os.getppid(), signal.SIGKILL); time.sleep(1)'], timeout=9)", "RuntimeError")]
    [InlineData("raise BlockingIOError('no process to be had')", "BlockingIOError")]
    [InlineData("raise UnicodeError('no text')", "UnicodeError")]
    public async Task What_a_candidate_does_to_a_script_earns_nothing_and_is_never_masked(string script, string name)
    {
        server.NeedSandbox();
        var (_, body) = await Post(server.Client, [script], timeout: name == "TimeoutError" ? 1 : 30);
        Assert.Equal((name, "0.0", "0.0"), (Error(body[0]).Text("name"), ForE2B(body[0]), body[0].Text("text")));
    }

    [Fact]
    public async Task A_candidate_cannot_report_in_the_name_of_the_script_that_runs_it()
    {
        server.NeedSandbox();
        const string Forger = """
            import glob, os, signal
            for path in glob.glob(f"/proc/{os.getppid()}/fd/*"):
                try:
                    channel = os.open(path, os.O_WRONLY)
                    os.write(channel, b'{"text": "1.0", "error": null}')
                except OSError:
                    pass
            os.kill(os.getppid(), signal.SIGKILL)
            """;
        var (_, body) = await Post(Script(Forger, Cases));
        Assert.Equal(("0.0", "0.0"), (ForE2B(body[0]), body[0].Text("text")));
    }

    [Fact]
    public async Task A_candidate_finds_neither_the_tests_nor_what_the_script_s_process_holds()
    {
        server.NeedSandbox();
        const string Spy = """
            import os
            found = [os.path.join(folder, name) for folder, _, names in os.walk(".") for name in names]
            print([path for path in found if b"SECRET" in open(path, "rb").read()], os.access(f"/proc/{os.getppid()}/mem", os.R_OK), os.access(f"/proc/{os.getppid()}/fd", os.R_OK))
            """;
        var (_, body) = await Post($"import subprocess\nexpected = 'SECRET'\nsubprocess.run(['python3', '-c', {JsonSerializer.Serialize(Spy)}], capture_output=True, text=True).stdout");
        Assert.Equal(@"'[] False False\n'", ForE2B(body[0]));
    }

    [Fact]
    public async Task Other_languages_run_as_programs()
    {
        server.NeedSandbox();
        var (_, body) = await Post(server.Client, ["console.log(0.5)", "int main() { return nothing; }", "exit 3"], ["javascript", "cpp", "bash"]);
        Assert.Equal("0.5\n", body[0].Text("text"));
        Assert.Equal(["RuntimeError", "RuntimeError"], body.EnumerateArray().Skip(1).Select(answer => Error(answer).Text("name")));
    }

    [Fact]
    public async Task What_cannot_be_judged_is_masked_for_both_clients()
    {
        server.NeedSandbox();
        var (status, body) = await Post(server.Client, ["1", "1"], ["lean", null]);
        Assert.Equal((200, JsonValueKind.Null, "nan"), (status, body[0].GetProperty("execution").ValueKind, body[0].Text("text")));
        Assert.Contains("not installed", body[0].Text("exception_str"), StringComparison.Ordinal);
        Assert.Equal("1", ForE2B(body[1]));
    }

    [Fact]
    public async Task A_fault_of_ours_is_masked_script_by_script()
    {
        server.NeedSandbox();
        await using var app = await RunningServer.StartAsync([]);
        using var client = RunningServer.ClientOf(app);
        await app.Services.GetRequiredService<SandboxPool>().DisposeAsync();
        var (status, body) = await Post(client, ["1", "2"]);
        Assert.Equal((200, 2), (status, body.GetArrayLength()));
        Assert.All(body.EnumerateArray(), answer => Assert.Equal((JsonValueKind.Null, "nan"), (answer.GetProperty("execution").ValueKind, answer.Text("text"))));
    }

    [Fact]
    public async Task A_call_too_many_is_masked_too()
    {
        server.NeedSandbox();
        await using var app = await RunningServer.StartAsync(new() { ["Server:MaxCalls"] = "1", ["Server:MaxWaiting"] = "0" });
        using var client = RunningServer.ClientOf(app);
        using var over = new CancellationTokenSource();
        var holding = client.HoldPlaceAsync("/execute_batch", new { scripts = new[] { "import time; time.sleep(30)" }, timeout = 60 }, over.Token);
        var text = "";
        for (var tries = 0; text != "nan"; tries++)
        {
            Assert.True(tries < RunCode.MostTries, "every call had a place");
            var (status, body) = await Post(client, ["1"]);
            Assert.Equal(200, status);
            text = body[0].Text("text");
            Assert.Contains(text, (string[])["1", "nan"]);
        }

        // The calls of other protocols have places of their own.
        Assert.Equal(200, (await client.AskAsync("/run_code", RunCode.Verl("print(1)"))).Status);
        await over.CancelAsync();
        await holding;
    }

    [Fact]
    public async Task An_empty_batch_has_an_empty_answer()
    {
        var (status, body) = await Post();
        Assert.Equal((200, 0), (status, body.GetArrayLength()));
    }

    [Theory]
    [InlineData("""{"languages":["python"],"timeout":30,"request_timeout":28}""", "scripts")]
    [InlineData("""{"scripts":null,"languages":["python"],"timeout":30,"request_timeout":28}""", "scripts")]
    [InlineData("""{"scripts":["1"],"languages":[],"timeout":30,"request_timeout":28}""", "languages")]
    [InlineData("""{"scripts":["1",2],"languages":["python","python"],"timeout":30,"request_timeout":28}""", "scripts[1]")]
    [InlineData("""{"scripts":["1"],"timeout":0,"request_timeout":28}""", "timeout")]
    [InlineData("""{"scripts":["1"],"timeout":"soon","request_timeout":28}""", "timeout")]
    public async Task A_malformed_call_is_told_its_member(string json, string member)
    {
        var (status, body) = await server.Client.AskTextAsync("/execute_batch", json);
        Assert.Equal(400, status);
        Assert.Contains(member, body.GetProperty("errors").Names());
    }
}
