using System.Text.Json;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Compatibility.SandboxFusion;

public sealed class Answering_run_code(RunningServer server)
{
    private Task<(int Status, JsonElement Body)> Post(object request) => server.Client.AskAsync("/run_code", request);

    [Fact]
    public async Task A_program_of_verl_s_gets_every_member_that_verl_reads()
    {
        server.NeedSandbox();
        var (status, body) = await Post(RunCode.Verl("import sys\nprint(int(input()) + 1)\nprint('note', file=sys.stderr)", "41\n"));
        Assert.Equal(200, status);
        Assert.Equal(["status", "message", "compile_result", "run_result", "executor_pod_name", "files"], body.Names());
        Assert.Equal(("Success", ""), (body.Text("status"), body.Text("message")));
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (body.GetProperty("compile_result").ValueKind, body.GetProperty("executor_pod_name").ValueKind));
        Assert.Empty(body.GetProperty("files").EnumerateObject());
        var run = body.GetProperty("run_result");
        Assert.Equal(["status", "execution_time", "return_code", "stdout", "stderr"], run.Names());
        Assert.Equal(("Finished", 0, "42\n"), body.End());
        Assert.Equal("note\n", run.Text("stderr"));
        Assert.True(run.GetProperty("execution_time").GetDouble() > 0);
    }

    [Fact]
    public async Task A_program_that_takes_too_long_keeps_what_it_printed_and_has_no_return_code()
    {
        server.NeedSandbox();
        var (status, body) = await Post(RunCode.Verl("import time\nprint('before', flush=True)\ntime.sleep(60)", timeout: 0.5));
        Assert.Equal((200, "Failed"), (status, body.Text("status")));
        Assert.Equal(("TimeLimitExceeded", null, "before\n"), body.End());
        (_, body) = await Post(RunCode.Verl("while True: pass", timeout: 0.5));
        Assert.Equal(("TimeLimitExceeded", null, ""), body.End());
    }

    [Theory]
    [InlineData("1 / 0", 1, "ZeroDivisionError: division by zero")]
    [InlineData("import sys; sys.exit(-1)", 255, "")]
    [InlineData("import os; os.kill(os.getpid(), 11)", -11, "")]
    [InlineData("assert False", 1, "AssertionError")]
    public async Task A_program_that_fails_has_the_return_code_of_a_process(string code, int expected, string lastLine)
    {
        server.NeedSandbox();
        var (status, body) = await Post(RunCode.Verl(code));
        Assert.Equal((200, "Failed"), (status, body.Text("status")));
        Assert.Equal(("Finished", expected, ""), body.End());
        Assert.EndsWith(lastLine, body.GetProperty("run_result").Text("stderr")!.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_does_not_compile_has_a_compile_result_and_no_run()
    {
        server.NeedSandbox();
        var (status, body) = await Post(RunCode.Verl("int main() { return nothing; }", language: "cpp"));
        Assert.Equal((200, "Failed"), (status, body.Text("status")));
        Assert.Equal("Finished", body.End("compile_result").Status);
        Assert.NotEqual(0, body.End("compile_result").Code);
        Assert.Contains("nothing", body.GetProperty("compile_result").Text("stderr"), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, body.GetProperty("run_result").ValueKind);
    }

    [Fact]
    public async Task A_program_that_compiles_has_both()
    {
        server.NeedSandbox();
        var (_, body) = await Post(RunCode.Verl("#include <iostream>\nint main() { int n; std::cin >> n; std::cout << n * 2; }", "21", language: "cpp"));
        Assert.Equal(("Success", "Finished", 0), (body.Text("status"), body.End("compile_result").Status, body.End("compile_result").Code));
        Assert.Equal(("Finished", 0, "42"), body.End());
    }

    [Fact]
    public async Task A_memory_limit_is_kept_and_minus_one_is_none()
    {
        server.NeedSandbox();
        const string Code = "x = b'x' * (540 << 20)\nprint(len(x))";
        var (_, body) = await Post(RunCode.Verl(Code, memory: 64));
        Assert.Equal(("Failed", ("Finished", -9, "")), (body.Text("status"), body.End()));
        Assert.Contains("memory", body.Text("message"), StringComparison.Ordinal);
        (_, body) = await Post(RunCode.Verl(Code, memory: -1));
        Assert.Equal(("Finished", 0, $"{540 << 20}\n"), body.End());
    }

    [Fact]
    public async Task Files_go_in_and_come_out_by_the_client_s_paths()
    {
        server.NeedSandbox();
        var (_, body) = await Post(new
        {
            language = "python",
            code = "import os\nprint(open('data/in.txt').read() + open('/tmp/abs.txt').read(), os.path.exists('none'), os.path.exists('IGNORE_THIS_FILE'))\nopen('/tmp/out.bin', 'wb').write(bytes([0, 255]))\nopen('rel', 'w').write('r')",
            files = new Dictionary<string, string?> { ["./data/in.txt"] = "aGk=", ["/tmp/abs.txt"] = "IQ==", ["none"] = null, ["IGNORE_THIS_FILE"] = "aGk=" },
            fetch_files = new[] { "/tmp/out.bin", "./rel", "missing" },
        });
        Assert.Equal(("Finished", 0, "hi! False False\n"), body.End());
        Assert.Equal(["./rel", "/tmp/out.bin"], body.GetProperty("files").Names().Order(StringComparer.Ordinal));
        Assert.Equal([0, 255], body.GetProperty("files").GetProperty("/tmp/out.bin").GetBytesFromBase64());
    }

    [Fact]
    public async Task A_file_may_be_called_as_we_call_the_program()
    {
        server.NeedSandbox();
        var (_, body) = await Post(new { language = "python", code = "import main", files = new Dictionary<string, string> { ["main.py"] = Convert.ToBase64String("print('theirs')"u8) } });
        Assert.Equal(("Finished", 0, "theirs\n"), body.End());
    }

    [Theory]
    [InlineData("""{"code":"print(input())","language":"python","stdin":"1","compile_timeout":"10","run_timeout":2.5,"memory_limit_MB":"256.0"}""", "1\n")]
    [InlineData("""{"code":"import sys; print(repr(sys.stdin.read()))","language":"python","stdin":null,"compile_timeout":10,"files":null,"fetch_files":null}""", "''\n")]
    [InlineData("""{"code":"import sys; print(repr(sys.stdin.read()))","language":"Python3"}""", "''\n")]
    [InlineData("""{"code":"console.log(1)","language":"nodejs","run_timeout":1e300}""", "1\n")]
    [InlineData("""{"code":"echo 1","language":"bash","unknown":{"deep":[1]},"memory_limit_MB":99999999}""", "1\n")]
    [InlineData("""{"code":"print(1)#\ud800","language":"python"}""", "1\n")]
    public async Task What_clients_write_in_other_ways_is_understood(string json, string stdout)
    {
        server.NeedSandbox();
        var (status, body) = await server.Client.AskTextAsync("/run_code", json);
        Assert.Equal((200, ("Finished", 0, stdout)), (status, body.End()));
    }

    [Theory]
    [InlineData("""{"language":"python"}""", "code")]
    [InlineData("""{"code":null,"language":"python"}""", "code")]
    [InlineData("""{"code":5,"language":"python"}""", "code")]
    [InlineData("""{"code":"1"}""", "language")]
    [InlineData("""{"code":"1","language":null}""", "language")]
    [InlineData("""{"code":"1","language":"python","run_timeout":0}""", "run_timeout")]
    [InlineData("""{"code":"1","language":"python","run_timeout":"NaN"}""", "run_timeout")]
    [InlineData("""{"code":"1","language":"python","compile_timeout":"NaN"}""", "compile_timeout")]
    [InlineData("""{"code":"1","language":"python","memory_limit_MB":"NaN"}""", "memory_limit_MB")]
    [InlineData("""{"code":"1","language":"python","run_timeout":"soon"}""", "run_timeout")]
    [InlineData("""{"code":"1","language":"python","compile_timeout":-1}""", "compile_timeout")]
    [InlineData("""{"code":"1","language":"python","stdin":7}""", "stdin")]
    [InlineData("""{"code":"1","language":"python","files":{"../x":""}}""", "files")]
    [InlineData("""{"code":"1","language":"python","files":{"/etc/x":""}}""", "files")]
    [InlineData("""{"code":"1","language":"python","files":{"x":"!"}}""", "files.x")]
    [InlineData("""{"code":"1","language":"python","files":{"x/y":"","x":""}}""", "files")]
    [InlineData("""{"code":"1","language":"python","fetch_files":["ok","../x"]}""", "fetch_files[1]")]
    [InlineData("[]", "")]
    [InlineData("null", "")]
    [InlineData("{", "")]
    public async Task A_malformed_call_is_told_its_member(string json, string member)
    {
        server.NeedSandbox();
        var (status, body) = await server.Client.AskTextAsync("/run_code", json);
        Assert.Equal(400, status);
        Assert.Contains(body.GetProperty("errors").Names(), name => name.StartsWith(member, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("lean")]
    [InlineData("pypy3")]
    [InlineData("R")]
    [InlineData("go_test")]
    [InlineData("python_gpu")]
    [InlineData("no such")]
    public async Task A_language_that_is_not_installed_is_no_failure_of_the_program(string language)
    {
        var (status, body) = await Post(RunCode.Verl("print(1)", language: language));
        Assert.Equal(422, status);
        Assert.Contains($"'{language}' is not installed", body.GetProperty("errors").GetProperty("language")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ping_is_answered()
    {
        Assert.Equal("\"pong\"", await server.Client.GetStringAsync("/v1/ping", TestContext.Current.CancellationToken));
    }
}
