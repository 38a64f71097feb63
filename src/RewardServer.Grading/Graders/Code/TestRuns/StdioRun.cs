using System.Text;
using RewardServer.Grading.Completions;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.TestRuns;

/// <summary>Runs a program against a <see cref="StdioTest"/>. The expected output stays in this process.</summary>
internal sealed class StdioRun(CandidateProgram program, StdioTest test) : ITestRun
{
    public RunRequest Request { get; } = new()
    {
        Language = program.Language.Name,
        Files = [new SandboxFile(program.Language.MainFile, Encoding.UTF8.GetBytes(program.Source))],
        Stdin = Encoding.UTF8.GetBytes(test.Stdin),
        Limits = program.Limits,
    };

    public Judgement Judge(RunResult run)
    {
        if (RunExplanation.Of(run, program.Limits) is { } ended)
        {
            return ended;
        }

        var difference = OutputComparison.FirstDifference(test.Stdout, Encoding.UTF8.GetString(run.Stdout.Span));
        return difference is null
            ? new(TestStatus.Passed, "the output is as expected")
            : new(TestStatus.WrongAnswer, difference);
    }
}
