using System.Text.Json;
using RewardServer.Tests.Http;

namespace RewardServer.Tests.Compatibility.SandboxFusion;

/// <summary>ROLL posts each test twice, and counts it where either answer passes (roll/pipeline/rlvr/rewards/code_sandbox_reward_worker.py).</summary>
public sealed class Repeated_tests_of_ROLL(RunningServer server)
{
    private async Task<string> Post(string code, string stdin, string expected, double timeout = 30)
    {
        var (status, body) = await server.Client.AskAsync(
            "/run_code", new { compile_timeout = timeout, run_timeout = timeout, code, language = "python", stdin, expected_stdout = expected });
        Assert.Equal(200, status);
        return body.GetRawText();
    }

    // What it prints differs from run to run.
    private static string Clock(string own) => $"import time, sys\nprint(time.time_ns(), file=sys.stderr) # {own}\n";

    [Fact]
    public async Task The_second_post_of_a_test_that_passed_is_answered_as_the_first()
    {
        server.NeedSandbox();
        var code = Clock("passes") + "print(int(input()) + 1)";
        var (first, second, third) = (await Post(code, "1\n", "2\n\n"), await Post(code, "1\n", "2\n\n"), await Post(code, "1\n", "2\n\n"));
        Assert.Equal("2\n", JsonDocument.Parse(first).RootElement.End().Stdout);
        Assert.Equal(first, second);
        Assert.NotEqual(first, third);
    }

    [Fact]
    public async Task An_assertion_that_held_need_not_be_checked_again()
    {
        server.NeedSandbox();
        var code = Clock("asserts") + "assert True";
        Assert.Equal(await Post(code, "", ""), await Post(code, "", ""));
    }

    [Theory]
    [InlineData("print(3)", "2")]
    [InlineData("print(2); sys.exit(1)", "2")]
    [InlineData("print('User customization applied.')", "User customization applied.")]
    public async Task A_test_that_did_not_pass_has_its_second_chance(string rest, string expected)
    {
        server.NeedSandbox();
        var code = Clock(rest) + rest;
        Assert.NotEqual(await Post(code, "", expected), await Post(code, "", expected));
    }

    [Fact]
    public async Task Another_input_is_another_test_and_a_call_without_an_expectation_none()
    {
        server.NeedSandbox();
        var code = Clock("others") + "print(1)";
        var first = await Post(code, "a", "1");
        Assert.NotEqual(first, await Post(code, "b", "1"));
        var (_, plain) = await server.Client.AskAsync("/run_code", RunCode.Verl(code, "a", 30));
        Assert.NotEqual(first, plain.GetRawText());
    }
}
