using System.Text;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code.Checkers;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.TestRuns.Stdio;

/// <summary>Runs a program against a <see cref="StdioTest"/>. The expected output stays in this process.</summary>
internal sealed class StdioRun(CandidateProgram program, StdioTest test, Checker checker) : IMeasurableRun
{
    public RunRequest Request { get; } = new()
    {
        Language = program.Language.Name,
        Files = program.Started,
        Stdin = Encoding.UTF8.GetBytes(test.Stdin),
        Limits = program.Limits,
    };

    public async Task<(Judgement Judgement, RunResult Run)> RunAsync(SandboxPool sandbox, CancellationToken cancellation)
    {
        var run = await sandbox.RunAsync(Request, cancellation).ConfigureAwait(false);
        return (await JudgeAsync(run, sandbox, cancellation).ConfigureAwait(false), run);
    }

    public async Task<Judgement> JudgeAsync(RunResult run, SandboxPool sandbox, CancellationToken cancellation)
    {
        var judgement = RunExplanation.Of(run, program.Limits)
            ?? await new OutputJudge(sandbox, checker).JudgeAsync(Request.Stdin, run.Stdout, test.Stdout, cancellation).ConfigureAwait(false);
        return IsHedged(judgement, run) ? WithSignal(judgement) : judgement;
    }

    // One that prints every answer is cut off where there are many.
    private bool IsHedged(Judgement judgement, RunResult run)
    {
        if (judgement.Status is not (TestStatus.WrongAnswer or TestStatus.OutputLimit or TestStatus.CpuTimeLimit or TestStatus.WallTimeLimit) || test.Stdout is null)
        {
            return false;
        }

        var printed = Encoding.UTF8.GetString(run.Stdout.Span);
        return test.Stdout.Texts.Any(expected => HedgedOutput.Holds(checker, expected, printed));
    }

    private static Judgement WithSignal(Judgement judgement) => judgement.Signal is null
        ? judgement with { Signal = Signal.HedgedAnswer }
        : judgement with { MoreSignals = judgement.MoreSignals.Add(Signal.HedgedAnswer) };
}
