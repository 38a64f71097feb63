using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace RewardServer.Tests.Http;

public sealed class ExecuteTests(RunningServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<(HttpStatusCode Status, JsonElement Body)> Execute(object request) => Post(server.Client, "/v1/execute", request);

    private static async Task<(HttpStatusCode Status, JsonElement Body)> Post(HttpClient client, string path, object request)
    {
        using var response = await client.PostAsJsonAsync(path, request, Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        return (response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    private static JsonElement Run(JsonElement body, int index = 0) => body.GetProperty("runs")[index];

    [Fact]
    public async Task A_program_runs_on_its_input()
    {
        server.NeedSandbox();
        var (status, body) = await Execute(new { language = "python", code = "print(input()[::-1]); import sys; print('e', file=sys.stderr)", stdin = "abcπ" });
        Assert.Equal(HttpStatusCode.OK, status);
        var run = Run(body);
        Assert.Equal(("ok", "πcba\n", "e\n", 0), (run.GetProperty("status").GetString(), run.GetProperty("stdout").GetString(), run.GetProperty("stderr").GetString(), run.GetProperty("exitCode").GetInt32()));
        Assert.True(run.GetProperty("wallSeconds").GetDouble() > 0 && run.GetProperty("peakMemoryMb").GetDouble() > 0);
    }

    [Fact]
    public async Task Several_inputs_are_run_in_their_order_and_compiled_once()
    {
        server.NeedSandbox();
        var (_, body) = await Execute(new { language = "c", code = "#include <stdio.h>\nint main(void) { int n; return scanf(\"%d\", &n) == 1 ? n : -1; }", stdins = Enumerable.Range(0, 30).Select(n => $"{n}") });
        Assert.Equal("ok", body.GetProperty("compile").GetProperty("status").GetString());
        Assert.Equal(Enumerable.Range(0, 30), body.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("exitCode").GetInt32()));
    }

    [Fact]
    public async Task What_does_not_compile_has_no_runs()
    {
        server.NeedSandbox();
        var (status, body) = await Execute(new { language = "c", code = "int main(void) { return nothing; }" });
        Assert.Equal((HttpStatusCode.OK, 0), (status, body.GetProperty("runs").GetArrayLength()));
        Assert.Equal("non-zero-exit", body.GetProperty("compile").GetProperty("status").GetString());
        Assert.Contains("nothing", body.GetProperty("compile").GetProperty("stderr").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_go_in_and_come_out()
    {
        server.NeedSandbox();
        var (_, body) = await Execute(new
        {
            language = "python",
            code = "import os; data = open('in/data.bin', 'rb').read(); os.mkdir('out'); open('out/copy', 'wb').write(data * 2); os.symlink('/etc/passwd', 'link')",
            files = new Dictionary<string, byte[]> { ["in/data.bin"] = [0, 255, 1] },
            outputFiles = new[] { "out/copy", "link", "missing" },
        });
        var files = Run(body).GetProperty("files");
        Assert.Equal([0, 255, 1, 0, 255, 1], files.GetProperty("out/copy").GetBytesFromBase64());
        Assert.False(files.TryGetProperty("link", out _) || files.TryGetProperty("missing", out _));
    }

    [Fact]
    public async Task Output_that_is_no_text_comes_in_base64_and_input_may_be_so_too()
    {
        server.NeedSandbox();
        var (_, body) = await Execute(new { language = "python", code = "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read())", stdin = new { base64 = Convert.ToBase64String([0xff, 0xfe, 0]) } });
        Assert.Equal(JsonValueKind.Null, Run(body).GetProperty("stdout").ValueKind);
        Assert.Equal([0xff, 0xfe, 0], Run(body).GetProperty("stdoutBase64").GetBytesFromBase64());
    }

    [Fact]
    public async Task A_cut_in_the_middle_of_a_character_makes_no_binary_of_a_text()
    {
        server.NeedSandbox();
        var (_, body) = await Execute(new { language = "python", code = "print('π' * 5000, end='x')", stdin = "", limits = new { outputKb = 1, fileKb = 1 } });
        Assert.Equal(new string('π', 512), Run(body).GetProperty("stdout").GetString());
        (_, body) = await Execute(new { language = "python", code = "print('x' + 'π' * 5000)", limits = new { outputKb = 1 } });
        Assert.Equal("x" + new string('π', 511), Run(body).GetProperty("stdout").GetString());
        Assert.Equal((true, false), (Run(body).GetProperty("truncated").GetProperty("stdout").GetBoolean(), Run(body).GetProperty("truncated").GetProperty("stderr").GetBoolean()));
    }

    [Theory]
    [InlineData("""{"language":"python"}""", "code")]
    [InlineData("""{"code":"1"}""", "language")]
    [InlineData("""{"language":"cobol","code":"1"}""", "language")]
    [InlineData("""{"language":"python","code":"1","unknown":1}""", "unknown")]
    [InlineData("""{"language":"python","code":"1","stdin":5}""", "stdin")]
    [InlineData("""{"language":"python","code":"1","stdin":{"base64":"!"}}""", "stdin")]
    [InlineData("""{"language":"python","code":"1","stdin":"a","stdins":["b"]}""", "stdins")]
    [InlineData("""{"language":"python","code":"1","stdins":["a",null]}""", "stdins[1]")]
    [InlineData("""{"language":"python","code":"1","limits":{"cpuSeconds":1000}}""", "limits.cpuSeconds")]
    [InlineData("""{"language":"python","code":"1","limits":{"memoryMb":5000}}""", "limits.memoryMb")]
    [InlineData("""{"language":"python","code":"1","limits":{"fileKb":0}}""", "limits.fileKb")]
    [InlineData("""{"language":"python","code":"1","files":{"a":null}}""", "files.a")]
    [InlineData("""{"language":"python","code":"1","outputFiles":["a","b","a"]}""", "outputFiles[2]")]
    [InlineData("""{"language":"python","code":"1","files":{"main.py":""},"measure":{"reference":"1"}}""", "files")]
    [InlineData("""{"language":"python","code":"1","limits":{"openFiles":3}}""", "limits.openFiles")]
    [InlineData("""{"language":"python","code":"1","files":{"../x":""}}""", "files")]
    [InlineData("""{"language":"python","code":"1","files":{"/x":""}}""", "files")]
    [InlineData("""{"language":"python","code":"1","files":{"main.py":""}}""", "files")]
    [InlineData("""{"language":"python","code":"1","outputFiles":["a/../../b"]}""", "outputFiles[0]")]
    public async Task A_malformed_request_is_told_its_member(string json, string member)
    {
        server.NeedSandbox();
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await server.Client.PostAsync("/v1/execute", content, Token);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(body.GetProperty("errors").EnumerateObject(), error => error.Name.TrimStart('$', '.') == member || error.Name.Length == 0 || error.Name.StartsWith(member, StringComparison.Ordinal));
    }

    [Fact]
    public async Task More_inputs_than_a_call_may_have_are_refused()
    {
        var (status, body) = await Execute(new { language = "python", code = "1", stdins = Enumerable.Repeat("", 257) });
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.True(body.GetProperty("errors").TryGetProperty("stdins", out _));
    }

    [Fact]
    public async Task Output_that_could_be_more_than_the_server_holds_is_refused()
    {
        server.NeedSandbox();
        var (status, body) = await Execute(new { language = "python", code = "1", stdins = Enumerable.Repeat("", 100), limits = new { outputKb = 65536 } });
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("OutputBudgetMb", body.GetProperty("errors").GetProperty("limits.outputKb")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sixty_four_MiB_of_a_stream_come_back()
    {
        server.NeedSandbox();
        var (status, body) = await Execute(new { language = "python", code = "import os\nfor _ in range(64): os.write(1, b'x' * (1 << 20))", limits = new { outputKb = 65536 } });
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(64 << 20, Run(body).GetProperty("stdout").GetString()!.Length);
    }

    [Fact]
    public async Task Many_calls_at_once_get_each_its_own_output()
    {
        server.NeedSandbox();
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(n => Execute(new { language = "python", code = $"print({n})" })));
        Assert.Equal(Enumerable.Range(0, 64).Select(n => $"{n}\n"), answers.Select(answer => Run(answer.Body).GetProperty("stdout").GetString()));
    }

    [Fact]
    public async Task A_session_keeps_its_files_and_no_process()
    {
        server.NeedSandbox();
        var (status, session) = await Post(server.Client, "/v1/sessions", new { language = "python" });
        Assert.Equal(HttpStatusCode.Created, status);
        var path = $"/v1/sessions/{session.GetProperty("id").GetString()}";
        await Post(server.Client, path + "/execute", new { code = "import os, time; open('kept', 'w').write('42')\nif os.fork() == 0: time.sleep(1000)" });
        var (_, second) = await Post(server.Client, path + "/execute", new { code = "import os; print(open('kept').read(), len([p for p in os.listdir('/proc') if p.isdigit()]) <= 2)", outputFiles = new[] { "kept" } });
        Assert.Equal("42 True\n", Run(second).GetProperty("stdout").GetString());
        Assert.Equal("42"u8.ToArray(), Run(second).GetProperty("files").GetProperty("kept").GetBytesFromBase64());
        var (elsewhere, _) = await Post(server.Client, path + "/execute", new { language = "c", code = "" });
        Assert.Equal(HttpStatusCode.BadRequest, elsewhere);
        using var closed = await server.Client.DeleteAsync(path, Token);
        Assert.Equal(HttpStatusCode.NoContent, closed.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Post(server.Client, path + "/execute", new { code = "" })).Status);
    }

    [Fact]
    public async Task A_session_s_runs_have_no_more_memory_than_it_was_opened_for()
    {
        server.NeedSandbox();
        var (_, session) = await Post(server.Client, "/v1/sessions", new { language = "python", memoryMb = 64 });
        var path = $"/v1/sessions/{session.GetProperty("id").GetString()}";
        var (status, body) = await Post(server.Client, path + "/execute", new { code = "1", limits = new { memoryMb = 65 } });
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.True(body.GetProperty("errors").TryGetProperty("limits.memoryMb", out _));
        (_, body) = await Post(server.Client, path + "/execute", new { code = "x = b'x' * (100 << 20)" });
        Assert.Equal("memory-limit", Run(body).GetProperty("status").GetString());
        (_, body) = await Post(server.Client, path + "/execute", new { code = "print(1)", limits = new { memoryMb = 64 } });
        Assert.Equal("ok", Run(body).GetProperty("status").GetString());
        using var closed = await server.Client.DeleteAsync(path, Token);
    }

    [Theory]
    [InlineData("import os; os.chmod('.', 0)", "ok")]
    [InlineData("import os; os.remove('main.py'); os.mkdir('main.py'); open('main.py/x', 'w')", "non-zero-exit")]
    [InlineData("import os; os.remove('main.py'); os.symlink('/etc/passwd', 'main.py')", "non-zero-exit ok")]
    public async Task What_a_session_s_program_leaves_in_the_way_is_no_fault_of_the_server(string code, string next)
    {
        server.NeedSandbox();
        var (_, session) = await Post(server.Client, "/v1/sessions", new { language = "python" });
        var path = $"/v1/sessions/{session.GetProperty("id").GetString()}";
        await Post(server.Client, path + "/execute", new { code });
        var (status, body) = await Post(server.Client, path + "/execute", new { code = "print(1)" });
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains(Run(body).GetProperty("status").GetString()!, next.Split(' '));
        using var closed = await server.Client.DeleteAsync(path, Token);
    }

    [Fact]
    public async Task Sessions_are_few_and_idle_ones_are_closed()
    {
        server.NeedSandbox();
        await using var small = await RunningServer.StartAsync(new() { ["Sandbox:MaxSessions"] = "2", ["Sandbox:SessionIdleMinutes"] = "0.02", ["Sandbox:Slots"] = "1" });
        using var client = RunningServer.ClientOf(small);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(HttpStatusCode.Created, (await Post(client, "/v1/sessions", new { language = "python" })).Status);
        }

        using var refused = await client.PostAsJsonAsync("/v1/sessions", new { language = "python" }, Token);
        Assert.Equal((HttpStatusCode.TooManyRequests, true), (refused.StatusCode, refused.Headers.RetryAfter is not null));
        for (var wait = 0; wait < 100 && (await client.GetFromJsonAsync<JsonElement>("/v1/sessions", Token)).GetProperty("open").GetInt32() > 0; wait++)
        {
            await Task.Delay(100, Token);
        }

        Assert.Equal(HttpStatusCode.Created, (await Post(client, "/v1/sessions", new { language = "python" })).Status);
    }

    [Fact]
    public async Task A_full_queue_is_answered_with_when_to_come_back()
    {
        server.NeedSandbox();
        await using var small = await RunningServer.StartAsync(new() { ["Sandbox:MaxQueued"] = "1", ["Sandbox:Slots"] = "1" });
        using var client = RunningServer.ClientOf(small);

        // What is tried at the start waits in the same line.
        while ((await client.GetFromJsonAsync<JsonElement>("/v1/languages", Token)).GetProperty("noise").ValueKind == JsonValueKind.Null)
        {
            await Task.Delay(20, Token);
        }

        var calls = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            using var response = await client.PostAsJsonAsync("/v1/execute", new { language = "python", code = "import time; time.sleep(0.5)" }, Token);
            return (response.StatusCode, response.Headers.RetryAfter);
        }));
        Assert.Equal(2, calls.Count(call => call.StatusCode == HttpStatusCode.OK));
        Assert.All(calls.Where(call => call.StatusCode != HttpStatusCode.OK), call => Assert.Equal((HttpStatusCode.TooManyRequests, true), (call.StatusCode, call.RetryAfter is not null)));
    }

    [Fact]
    public async Task A_program_that_does_twice_the_work_takes_about_twice_as_long()
    {
        server.NeedSandbox();
        static string Work(int times) => $"n = 0\nfor i in range({times} * 400000): n += i";
        var (status, body) = await Execute(new { language = "python", code = Work(2), measure = new { reference = Work(1), rounds = 5 } });
        Assert.Equal(HttpStatusCode.OK, status);
        var measurement = body.GetProperty("measurement");
        Assert.InRange(measurement.GetProperty("ratio").GetDouble(), 1.2, 3);
        Assert.True(measurement.GetProperty("low").GetDouble() <= measurement.GetProperty("ratio").GetDouble() && measurement.GetProperty("ratio").GetDouble() <= measurement.GetProperty("high").GetDouble());
    }

    [Fact]
    public async Task A_program_that_fails_is_not_measured_and_a_reference_that_fails_is_refused()
    {
        server.NeedSandbox();
        var (status, body) = await Execute(new { language = "python", code = "exit(3)", measure = new { reference = "1" } });
        Assert.Equal((HttpStatusCode.OK, 3), (status, Run(body).GetProperty("exitCode").GetInt32()));
        (status, body) = await Execute(new { language = "python", code = "1", measure = new { reference = "exit(3)" } });
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.True(body.GetProperty("errors").TryGetProperty("measure.reference", out _));
        (status, body) = await Execute(new { language = "python", code = "1", measure = new { reference = "1", rounds = 1 } });
        Assert.True(status == HttpStatusCode.BadRequest && body.GetProperty("errors").TryGetProperty("measure.rounds", out _));
    }

    [Fact]
    public async Task Metrics_tell_of_runs()
    {
        server.NeedSandbox();
        await Execute(new { language = "python", code = "1" });
        var text = await server.Client.GetStringAsync("/metrics", Token);
        Assert.Contains("sandbox_runs", text, StringComparison.Ordinal);
        Assert.Contains("language=\"python\"", text, StringComparison.Ordinal);
        Assert.Contains("sandbox_slots", text, StringComparison.Ordinal);
    }
}
