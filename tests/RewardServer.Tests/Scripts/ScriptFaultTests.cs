using RewardServer.Grading.Graders;

namespace RewardServer.Tests.Scripts;

public sealed class ScriptFaultTests(FaultyScripts faulty) : IClassFixture<FaultyScripts>
{
    private readonly RunningScripts scripts = faulty.Running;

    [Fact]
    public async Task What_a_script_does_but_answer_is_a_fault_and_the_next_item_is_well()
    {
        (string Does, string Reason)[] faults =
        [
            ("fail fast", "ended its process with exit code 134: Process terminated. no more"),
            ("overflow", "ended its process with exit code 134: Stack overflow."),
            ("memory", "ended its process with exit code 134: Out of memory."),
            ("exit", "ended its process with exit code 0"),
            ("kill", "ended its process with exit code 137"),
            ("throw", "threw InvalidOperationException in line 16: not\nthis way"),
            ("nested", "threw FormatException in line 17: The input string 'nonsense' was not in a correct format."),
            ("thread", "ended its process with exit code 134: Unhandled exception. System.InvalidOperationException: aside"),
            ("NaN", "gave NaN, which is not from 0 to 1"),
            ("infinite", "gave Infinity, which is not from 0 to 1"),
            ("above", "gave 1.5, which is not from 0 to 1"),
            ("below", "gave -0.5, which is not from 0 to 1"),
            ("nothing", "ended without returning a score"),
            ("signal", $"gave 'sunny', which is not a signal; there are: {string.Join(", ", Signal.All)}"),
            ("array", "gave details that are not an object"),
            ("large", "gave details of 70011 bytes of JSON; at most 65536 are kept"),
            ("pipe", "wrote to the server's pipe what is no answer"),
        ];
        foreach (var (does, reason) in faults)
        {
            var found = await scripts.GradeAsync("faulty", parameters: does);
            Assert.Equal((Outcome.Failed, null), (found.Outcome, found.Score));
            Assert.Equal($"the script faulty {reason}", found.Reason);
            Assert.Equal("well", (await scripts.GradeAsync("faulty", parameters: "well")).Reason);
        }
    }

    [Fact]
    public async Task A_fault_while_an_answer_is_written_is_told_too()
    {
        var found = await scripts.GradeAsync("faulty", parameters: "cycle");
        Assert.Equal(Outcome.Failed, found.Outcome);
        Assert.StartsWith("the script faulty threw JsonException", found.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hang")]
    [InlineData("sleep")]
    public async Task A_script_that_hangs_is_ended_in_its_time(string does)
    {
        var found = await scripts.GradeAsync("slow", parameters: does);
        Assert.Equal((Outcome.Failed, "the script slow did not answer within 0.5 s"), (found.Outcome, found.Reason));
        // A busy machine may let it wait for so long once more, but not for ever.
        var next = found;
        for (var i = 0; i < 20 && next.Outcome == Outcome.Failed; i++)
        {
            next = await scripts.GradeAsync("slow", parameters: "well");
        }

        Assert.Equal((1.0, "well"), (next.Score!.Value, next.Reason));
    }

    [Theory]
    [InlineData("console")]
    [InlineData("child")]
    [InlineData("input")]
    public async Task What_it_prints_and_reads_does_not_come_between(string does)
    {
        var found = await scripts.GradeAsync("faulty", parameters: does);
        Assert.Equal((Outcome.Scored, "noisy"), (found.Outcome, found.Reason));
        Assert.Equal(1, found.Score);
    }

    [Fact]
    public async Task A_long_reason_is_cut() => Assert.Equal(new string('x', 1000) + "…", (await scripts.GradeAsync("faulty", parameters: "long")).Reason);
}
