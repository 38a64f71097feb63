using System.Net.Http.Json;
using System.Text.Json;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Compatibility.NemoSkills;

/// <summary>Programs of NeMo-Skills' evaluators, which have no session.</summary>
public sealed class Executing_programs(RunningServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private HttpClient Client
    {
        get
        {
            server.NeedSandbox();
            return server.Client;
        }
    }

    private Task<JsonElement> RunAsync(string language, string code, string input = "", double timeout = 10, int characters = 1000) =>
        Client.ExecuteAsync(NemoClient.Request(code, language, input, timeout, characters));

    [Theory]
    [InlineData("python")]
    [InlineData("python3")]
    public async Task A_program_reads_its_input_and_is_completed_however_it_ends(string language)
    {
        (await RunAsync(language, "print(int(input()) * 2)", "21\n")).Answered("completed", "42\n");
        var failed = await RunAsync(language, "import sys\nprint('out')\nsys.exit('err')");
        failed.Answered("completed", "out\n", "err\n");
    }

    [Fact]
    public async Task A_shell_script_is_an_error_where_its_code_is_not_0()
    {
        (await RunAsync("shell", "echo hi; cat; echo $((6 * 7)) >&2", "not read")).Answered("completed", "hi\n", "42\n");
        (await RunAsync("shell", "echo out; exit 3")).Answered("error", "out\n");
        (await RunAsync("shell", "python3 -c 'print(1)'")).Answered("completed", "1\n");
    }

    [Theory]
    [InlineData("python", "print('begun', flush=True)\nwhile True: pass")]
    [InlineData("python", "import time; time.sleep(60)")]
    [InlineData("shell", "sleep 60")]
    public async Task A_program_over_its_time_is_a_time_out(string language, string code) =>
        (await RunAsync(language, code, timeout: 0.5)).Answered("timeout", "", "Execution timed out after 0.5 seconds\n");

    [Fact]
    public async Task Outputs_are_cut()
    {
        (await RunAsync("python", "print('x' * 2000)")).Answered("completed", new string('x', 1000) + "<output cut>");
        (await RunAsync("python", "print('x' * (8 << 20))", timeout: 60, characters: 10_000_000)).Answered("completed", new string('x', 8 << 20) + "\n");
    }

    [Theory]
    [InlineData("pypy3")]
    [InlineData("lean4")]
    [InlineData("cobol")]
    public async Task A_language_that_is_not_installed_cannot_be_judged(string language)
    {
        var (status, body) = await Client.TryExecuteAsync(JsonSerializer.Serialize(NemoClient.Request("1", language)));
        Assert.Equal(422, status);
        Assert.StartsWith($"language: '{language}' is not installed", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.False(body.TryGetProperty("process_status", out _));
    }

    [Theory]
    [InlineData("""{"timeout": 10}""", "generated_code")]
    [InlineData("""{"generated_code": null}""", "generated_code")]
    [InlineData("""{"generated_code": 3}""", "generated_code")]
    [InlineData("""{"generated_code": "1", "timeout": 0}""", "timeout")]
    [InlineData("""{"generated_code": "1", "timeout": -1}""", "timeout")]
    [InlineData("""{"generated_code": "1", "timeout": 1e9}""", "timeout")]
    [InlineData("""{"generated_code": "1", "timeout": [1]}""", "timeout")]
    [InlineData("""{"generated_code": "1", "timeout": "ten"}""", "timeout")]
    [InlineData("""{"generated_code": "1", "max_output_characters": -5}""", "max_output_characters")]
    [InlineData("""{"generated_code": "1", "max_output_characters": {}}""", "max_output_characters")]
    [InlineData("""{"generated_code": "1", "traceback_verbosity": "Loud"}""", "traceback_verbosity")]
    [InlineData("""{"generated_code": "1", "language": 7}""", "language")]
    [InlineData("[]", "")]
    [InlineData("null", "")]
    [InlineData("{", "")]
    [InlineData("", "")]
    public async Task What_is_malformed_is_refused_with_its_member(string json, string member)
    {
        var (status, body) = await Client.TryExecuteAsync(json, NemoClient.NewSession());
        Assert.Equal(400, status);
        Assert.Contains(member, body.GetProperty("errors").EnumerateObject().Select(error => error.Name).Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"generated_code": "print(1)", "std_input": null, "timeout": 5, "language": "python", "max_output_characters": null, "traceback_verbosity": null, "more": {"a": 1}}""")]
    [InlineData("""{"generated_code": "print(1)", "language": "python"}""")]
    public async Task What_is_silent_or_unknown_does_no_harm(string json)
    {
        var (status, body) = await Client.TryExecuteAsync(json);
        Assert.Equal(200, status);
        body.Answered("completed", "1\n");
    }

    [Fact]
    public async Task The_server_is_healthy()
    {
        var body = await Client.GetFromJsonAsync<JsonElement>("/health", Token);
        Assert.Equal(("healthy", "0"), (body.GetProperty("status").GetString(), body.GetProperty("worker").GetString()));
    }
}
