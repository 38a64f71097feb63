using System.Text.Json;
using RewardServer.Tests.Http;
using static RewardServer.Tests.Compatibility.SandboxFusion.Submit.Submissions;

namespace RewardServer.Tests.Compatibility.SandboxFusion.Submit;

public sealed class Submitting_programs_of_contests(RunningServer server)
{
    private const string Sum = "a, b = map(int, input().split())\nprint(a + b)";

    private static readonly (string, string)[] Sums = [("1 2\n", "3\n"), ("3 4\n", "7\n"), ("5 6\n", "11\n")];

    [Fact]
    public async Task A_right_program_is_accepted_with_every_member_of_the_answer()
    {
        var body = await server.SubmitAsync(OjRequest(Fenced(Sum), Sums));
        Assert.Equal(["accepted", "extra", "extracted_code", "extracted_type", "full_code", "id", "test_code", "tests"], body.Names().Order(StringComparer.Ordinal));
        Assert.True(body.Accepted());
        Assert.Equal(1, body.GetProperty("id").GetInt32());
        Assert.Equal((Sum, "fenced"), (body.Text("extracted_code"), body.Text("extracted_type")));
        Assert.Equal([true, true, true], body.Passed());
        var test = body.GetProperty("tests")[1];
        Assert.Equal(["exec_info", "passed", "test_info"], test.Names().Order(StringComparer.Ordinal));
        Assert.Equal("""{"input":{"stdin":"3 4\n"},"output":{"stdout":"7\n"}}""", test.GetProperty("test_info").GetRawText());
        var info = body.Info(1);
        Assert.Equal(["compile_result", "executor_pod_name", "files", "message", "run_result", "status"], info.Names().Order(StringComparer.Ordinal));
        Assert.Equal(("Success", ""), (info.Text("status"), info.Text("message")));
        Assert.Equal(("Finished", 0, "7\n"), info.End());
        Assert.Equal(["execution_time", "return_code", "status", "stderr", "stdout"], info.GetProperty("run_result").Names().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_first_failure_ends_it_unless_all_cases_are_asked_for()
    {
        const string Wrong = "a, b = map(int, input().split())\nprint(a + b if a != 3 else 0)";
        var body = await server.SubmitAsync(OjRequest(Fenced(Wrong), Sums));
        Assert.False(body.Accepted());
        Assert.Equal([true, false], body.Passed());

        // It ran well, and printed something else.
        Assert.Equal("Success", body.Info(1).Text("status"));
        Assert.Equal(("Finished", 0, "0\n"), body.Info(1).End());
        var all = await server.SubmitAsync(Request(Fenced(Wrong), Oj(Sums), "CommonOJDataset", "python", extra: new { run_all_cases = true }));
        Assert.False(all.Accepted());
        Assert.Equal([true, false, true], all.Passed());
    }

    [Fact]
    public async Task A_crash_and_a_time_out_are_the_programs_and_told_as_run_code_tells_them()
    {
        var crash = await server.SubmitAsync(OjRequest(Fenced("print('part')\nraise ValueError('no')"), Sums));
        Assert.False(crash.Accepted());
        Assert.Equal("Failed", crash.Info().Text("status"));
        Assert.Equal(("Finished", 1, "part\n"), crash.Info().End());
        Assert.Contains("ValueError: no", crash.Info().GetProperty("run_result").Text("stderr"), StringComparison.Ordinal);
        var late = await server.SubmitAsync(Request(Fenced("import time\nprint('part', flush=True)\ntime.sleep(60)"), Oj(Sums), "CommonOJDataset", "python", seconds: 2));
        Assert.False(late.Accepted());
        Assert.Equal("Failed", late.Info().Text("status"));
        Assert.Equal(("TimeLimitExceeded", null, "part\n"), late.Info().End());
    }

    [Fact]
    public async Task A_program_that_sleeps_through_all_tests_holds_its_slots_for_five_of_them()
    {
        var tests = Enumerable.Range(0, 9).Select(n => ($"{n}", "1")).ToArray();
        var body = await server.SubmitAsync(
            Request(Fenced("import time\ntime.sleep(60)"), Oj(tests), "CommonOJDataset", "python", seconds: 0.2, extra: new { run_all_cases = true }));
        Assert.Equal(Enumerable.Repeat(false, 9), body.Passed());
        Assert.Equal("TimeLimitExceeded", body.Info(4).GetProperty("run_result").Text("status"));
        Assert.Equal(JsonValueKind.Null, body.Info(5).GetProperty("run_result").ValueKind);
        Assert.StartsWith("not run", body.Info(5).Text("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("YES", "yes ", true)]
    [InlineData("a  b", "a b", false)]
    [InlineData("1\n2", "1\n 2 \n\n", true)]
    [InlineData("1\n2", "1", false)]
    [InlineData("0.333333", "0.3333331", true)]
    [InlineData("0.333333", "0.3334", false)]
    [InlineData("5", "5.0", true)]
    [InlineData("1000001", "1000000", false)]
    [InlineData("123456789012345678901", "123456789012345678902", false)]
    [InlineData("0.5", "nan", false)]
    [InlineData("0.5", "1e999", false)]
    public async Task Outputs_are_compared_line_by_line_and_numbers_by_value(string expected, string printed, bool accepted)
    {
        var body = await server.SubmitAsync(OjRequest(Fenced($"print({JsonSerializer.Serialize(printed)})"), ("", expected)));
        Assert.Equal(accepted, body.Accepted());
    }

    [Fact]
    public async Task Long_texts_of_a_test_that_passed_are_cut_unless_the_full_case_is_asked_for()
    {
        var text = new string('a', 600) + new string('b', 600);
        var echo = Fenced("print(input())");
        var body = await server.SubmitAsync(OjRequest(echo, (text, text)));
        Assert.True(body.Accepted());
        Assert.Equal(new string('a', 498) + "..." + new string('b', 498), body.GetProperty("tests")[0].GetProperty("test_info").GetProperty("input").Text("stdin"));
        var full = await server.SubmitAsync(Request(echo, Oj((text, text)), "CommonOJDataset", "python", extra: new { return_full_case = true }));
        Assert.Equal(text, full.GetProperty("tests")[0].GetProperty("test_info").GetProperty("output").Text("stdout"));
        var failed = await server.SubmitAsync(OjRequest(Fenced("print(1)"), (text, text)));
        Assert.Equal(text, failed.GetProperty("tests")[0].GetProperty("test_info").GetProperty("input").Text("stdin"));
    }

    [Fact]
    public async Task A_large_output_is_compared_whole_and_told_in_part()
    {
        var expected = string.Join('\n', Enumerable.Range(0, 200_000));
        var body = await server.SubmitAsync(OjRequest(Fenced("print('\\n'.join(map(str, range(200000))))"), ("", expected)));
        Assert.True(body.Accepted(), body.Info().Text("message"));
        Assert.StartsWith("0\n1\n2\n", body.Info().GetProperty("run_result").Text("stdout"), StringComparison.Ordinal);
        Assert.Equal(64 << 10, body.Info().GetProperty("run_result").Text("stdout")!.Length);
        var last = await server.SubmitAsync(OjRequest(Fenced("print('\\n'.join(map(str, range(199999))), 0, sep='\\n')"), ("", expected)));
        Assert.False(last.Accepted());
    }

    [Fact]
    public async Task A_test_may_be_a_text_of_JSON_and_the_name_of_a_known_set_says_its_type()
    {
        var data = new { test = """[{"input": {"stdin": "1 2"}, "output": {"stdout": "3"}}]""" };
        var body = await server.SubmitAsync(Request(Fenced(Sum), data, language: "python", dataset: "code_contests", id: "x/1"));
        Assert.True(body.Accepted());
        Assert.Equal("x/1", body.Text("id"));
    }

    [Fact]
    public async Task A_compiled_program_has_a_compile_result()
    {
        Assert.SkipUnless(server.Sandbox.Languages.Any(language => language is { Name: "cpp", Available: true }), "no compiler of C++");
        var right = await server.SubmitAsync(Request(Fenced("#include <iostream>\nint main() { int a, b; std::cin >> a >> b; std::cout << a + b; }", "cpp"), Oj(Sums), "CommonOJDataset", "cpp"));
        Assert.True(right.Accepted(), right.GetRawText());
        Assert.Equal(("Finished", 0), (right.Info().End("compile_result").Status, right.Info().End("compile_result").Code));
        var wrong = await server.SubmitAsync(Request(Fenced("int main() { return x; }", "cpp"), Oj(Sums), "CommonOJDataset", "cpp"));
        Assert.False(wrong.Accepted());
        Assert.Equal("Failed", wrong.Info().Text("status"));
        Assert.NotEqual(0, wrong.Info().End("compile_result").Code);
        Assert.Equal(JsonValueKind.Null, wrong.Info().GetProperty("run_result").ValueKind);
    }
}
