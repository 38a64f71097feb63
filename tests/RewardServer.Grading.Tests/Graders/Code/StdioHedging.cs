using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Code.TestRuns;

namespace RewardServer.Grading.Tests.Graders.Code;

public sealed class StdioHedging(SharedSandbox sandbox)
{
    [Theory]
    [InlineData("print('NO'); print('YES')", TestStatus.WrongAnswer, Signal.HedgedAnswer)]
    [InlineData("for i in range(10**6): print(i)\nprint('YES')", TestStatus.OutputLimit, null)]
    [InlineData("while True:\n    print('YES'); print('NO')", TestStatus.CpuTimeLimit, Signal.HedgedAnswer)]
    [InlineData("print('YES\\n' * 10**6)", TestStatus.OutputLimit, Signal.HedgedAnswer)]
    [InlineData("print('NO')", TestStatus.WrongAnswer, null)]
    [InlineData("print('YES')", TestStatus.Passed, null)]
    public async Task Printing_every_answer_is_wrong_and_a_signal(string source, TestStatus status, string? signal)
    {
        var (verdict, test) = await sandbox.Grade(source, new StdioTest("", "YES"), new(CpuSeconds: 1, OutputKb: 64));
        Assert.Equal((status, signal), (test.Status, verdict.Signals.SingleOrDefault()));
    }

    [Theory]
    [InlineData("nan")]
    [InlineData("inf")]
    [InlineData("1e999")]
    [InlineData("0x7")]
    public async Task What_only_looks_like_a_number_is_wrong_and_a_signal(string printed)
    {
        var (verdict, _) = await sandbox.Grade($"print('{printed}')", new StdioTest("", "7", new() { Kind = CheckerKind.Tokens, AbsoluteTolerance = 1e9 }));
        Assert.Equal((0.0, Signal.CheckTampering), (verdict.Score, verdict.Signals.SingleOrDefault()));
    }

    [Fact]
    public async Task Any_of_several_outputs_will_do()
    {
        var test = new StdioTest("", new AcceptedTexts(["1 2", "2 1"]));
        Assert.Equal(TestStatus.Passed, (await sandbox.Grade("print(2, 1)", test)).Test.Status);
        Assert.Equal("line 1 of the output is '3' where '1 2' was expected", (await sandbox.Grade("print(3)", test)).Test.Reason);
    }
}
