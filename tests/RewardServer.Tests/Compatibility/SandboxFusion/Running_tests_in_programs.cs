using System.Text.Json;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Compatibility.SandboxFusion;

/// <summary>Programs that bring their tests with them must fail where these do, in each language.</summary>
public sealed class Running_tests_in_programs(RunningServer server)
{
    private const string Harness = """
        import json
        import sys
        from testing_util import run_test
        with open('test_cases.txt', 'r') as fin:
            sample = json.load(fin)
        with open('code.py', 'r') as fin:
            code = fin.read()
        sys.exit(0 if run_test(sample, code) else -1)
        """;

    private Task<(int Status, JsonElement Body)> Post(object request) => server.Client.AskAsync("/run_code", request);

    [Theory]
    [InlineData("print(int(input()) * 2)", "Success", 0)]
    [InlineData("print(int(input()) * 3)", "Failed", 255)]
    [InlineData("syntax error", "Failed", 1)]
    public async Task The_files_of_tinker_cookbook_s_harness_stand_beside_it(string program, string status, int code)
    {
        server.NeedSandbox();
        const string Util = "def run_test(sample, code):\n    exec(compile(code, 'code', 'exec'), {'input': lambda: sample['in'], 'print': lambda x: seen.append(str(x))})\n    return seen == [sample['out']]\nseen = []\n";
        var files = new Dictionary<string, string> { ["test_cases.txt"] = """{"in": "4", "out": "8"}""", ["code.py"] = program, ["testing_util.py"] = Util };
        var (http, body) = await Post(new
        {
            code = Harness,
            language = "python",
            run_timeout = 12,
            files = files.ToDictionary(file => file.Key, file => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(file.Value))),
        });
        Assert.Equal((200, status, code), (http, body.Text("status"), body.End().Code));
    }

    [Theory]
    [InlineData("java", "public class Main { public static void main(String[] a) { assert 1 == VALUE; } }")]
    [InlineData("csharp", "using System.Diagnostics;\nDebug.Assert(1 == VALUE);")]
    [InlineData("cpp", "#include <cassert>\nint main() { assert(1 == VALUE); }")]
    [InlineData("python", "assert 1 == VALUE")]
    [InlineData("nodejs", "require('assert').strictEqual(1, VALUE)")]
    [InlineData("rust", "fn main() { assert_eq!(1, VALUE); }")]
    public async Task An_assertion_decides(string language, string code)
    {
        server.NeedSandbox();
        var (status, right) = await Post(RunCode.Verl(code.Replace("VALUE", "1", StringComparison.Ordinal), language: language));
        Assert.SkipWhen(status == 422, $"{language} is not installed");
        var (_, wrong) = await Post(RunCode.Verl(code.Replace("VALUE", "2", StringComparison.Ordinal), language: language));
        Assert.Equal(("Success", "Failed"), (right.Text("status"), wrong.Text("status")));
    }

    [Fact]
    public async Task Pytest_runs_the_tests_that_a_program_defines()
    {
        server.NeedSandbox();
        const string Code = "def f(): return VALUE\ndef test_f():\n    assert f() == 1\n";
        var (status, right) = await Post(RunCode.Verl(Code.Replace("VALUE", "1", StringComparison.Ordinal), language: "pytest", timeout: 20));
        if (status == 422)
        {
            Assert.Contains("pytest", right.GetProperty("errors").GetProperty("language")[0].GetString(), StringComparison.Ordinal);
            Assert.Skip("pytest is not installed");
        }

        var (_, wrong) = await Post(RunCode.Verl(Code.Replace("VALUE", "2", StringComparison.Ordinal), language: "pytest", timeout: 20));
        var (_, none) = await Post(RunCode.Verl("def f(): return 1", language: "pytest", timeout: 20));
        Assert.Equal([(("Success", 0)), ("Failed", 1), ("Failed", 5)], new[] { right, wrong, none }.Select(body => (body.Text("status")!, body.End().Code!.Value)));
        Assert.Contains("1 passed", right.End().Stdout, StringComparison.Ordinal);
    }
}
