using System.Text;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code.TestRuns;
using RewardServer.Grading.Graders.Code.TestRuns.Calls;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.Generation.Properties;

/// <summary>Runs a <see cref="PropertyTest"/>: the test, and the property over what it gave.</summary>
/// <param name="program">The candidate's program.</param>
/// <param name="test">The test.</param>
/// <param name="inner">The run of the test within it.</param>
internal sealed class PropertyRun(CandidateProgram program, PropertyTest test, IMeasurableRun inner) : IMeasurableRun
{
    public RunRequest Request => inner.Request;

    public async Task<(Judgement Judgement, RunResult Run)> RunAsync(SandboxPool sandbox, CancellationToken cancellation)
    {
        // Run by itself, a call makes sure that the candidate did not say itself that the task is broken.
        if (inner is CallRun)
        {
            var (judgement, called) = await inner.RunAsync(sandbox, cancellation).ConfigureAwait(false);
            return (await AskAsync(judgement, called, sandbox, cancellation).ConfigureAwait(false), called);
        }

        var run = await sandbox.RunAsync(Request, cancellation).ConfigureAwait(false);
        return (await JudgeAsync(run, sandbox, cancellation).ConfigureAwait(false), run);
    }

    public async Task<Judgement> JudgeAsync(RunResult run, SandboxPool sandbox, CancellationToken cancellation)
    {
        var judgement = test.Inner is StdioTest { Stdout: null }
            ? RunExplanation.Of(run, program.Limits) ?? new(TestStatus.Passed, "the program ran to its end")
            : await inner.JudgeAsync(run, sandbox, cancellation).ConfigureAwait(false);
        return await AskAsync(judgement, run, sandbox, cancellation).ConfigureAwait(false);
    }

    private async Task<Judgement> AskAsync(Judgement judgement, RunResult run, SandboxPool sandbox, CancellationToken cancellation) =>
        judgement.Status != TestStatus.Passed ? judgement
            : await new Property(sandbox, test.Property).JudgeAsync(QuestionOf(run), cancellation).ConfigureAwait(false);

    // The run passed the test within.
    private PropertyQuestion QuestionOf(RunResult run) => inner is CallRun call
        ? PropertyQuestion.Of((CallTest)test.Inner, call.ResultOf(run)!)
        : PropertyQuestion.Of((StdioTest)test.Inner, Encoding.UTF8.GetString(run.Stdout.Span));
}
