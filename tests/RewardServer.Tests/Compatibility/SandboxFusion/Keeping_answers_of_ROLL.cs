using RewardServer.Compatibility.Roll;
using RewardServer.Compatibility.SandboxFusion;

namespace RewardServer.Tests.Compatibility.SandboxFusion;

/// <summary>The answers that are kept for ROLL's second posts take little memory.</summary>
public sealed class Keeping_answers_of_ROLL
{
    private readonly PassedTests passed = new(TimeProvider.System);

    private static RollTest Test(int number) => new($"test {number}", "");

    private static CommandResult Printed(int length, string status = "Finished") => new(status, 0.1, 0, new string('x', length), "");

    private static RunCodeResponse Answer(int compiler, int program) =>
        new() { Status = RunCodeResponse.Success, CompileResult = Printed(compiler), RunResult = Printed(program) };

    [Fact]
    public void What_a_compiler_printed_counts_as_what_the_program_did()
    {
        passed.Keep(Test(1), Answer(100, 100));
        passed.Keep(Test(2), Answer(20_000, 100));
        Assert.NotNull(passed.Take(Test(1)));
        Assert.Null(passed.Take(Test(2)));
    }

    [Fact]
    public void The_oldest_are_forgotten_where_they_are_long_together()
    {
        for (var number = 0; number < 1100; number++)
        {
            passed.Keep(Test(number), Answer(8 << 10, 8 << 10));
        }

        Assert.Null(passed.Take(Test(0)));
        Assert.NotNull(passed.Take(Test(1099)));
        Assert.Equal(1023, Enumerable.Range(0, 1100).Count(number => passed.Take(Test(number)) is not null));
    }
}
