using System.Text;
using RewardServer.Grading.Completions;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.TestRuns.Stdio;

/// <summary>Runs a program against a <see cref="StdioTest"/>. The expected output stays in this process.</summary>
internal sealed class StdioRun(CandidateProgram program, StdioTest test) : IMeasurableRun
{
    public RunRequest Request { get; } = new()
    {
        Language = program.Language.Name,
        Files = program.Files,
        Stdin = Encoding.UTF8.GetBytes(test.Stdin),
        Limits = program.Limits,
    };

    public async Task<(Judgement Judgement, RunResult Run)> RunAsync(SandboxPool sandbox, CancellationToken cancellation)
    {
        var run = await sandbox.RunAsync(Request, cancellation).ConfigureAwait(false);
        return (await JudgeAsync(run, sandbox, cancellation).ConfigureAwait(false), run);
    }

    public Task<Judgement> JudgeAsync(RunResult run, SandboxPool sandbox, CancellationToken cancellation) =>
        Task.FromResult(RunExplanation.Of(run, program.Limits) ?? Compare(run));

    private Judgement Compare(RunResult run)
    {
        var printed = Encoding.UTF8.GetString(run.Stdout.Span);
        var differences = test.Stdout!.Texts.Select(expected => OutputComparison.FirstDifference(expected, printed)).ToList();
        return differences.Contains(null)
            ? new(TestStatus.Passed, "the output is as expected")
            : new(TestStatus.WrongAnswer, differences[0]!);
    }
}
