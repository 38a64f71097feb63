using System.Text;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code.TestRuns;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.Generation.Properties;

/// <summary>Runs a <see cref="PropertyTest"/>: the test, and the property over what it gave.</summary>
/// <param name="program">The candidate's program.</param>
/// <param name="test">The test.</param>
/// <param name="inner">The run of the test within it.</param>
internal sealed class PropertyRun(CandidateProgram program, PropertyTest test, ITestRun inner) : ITestRun
{
    public RunRequest Request => inner.Request;

    public async Task<(Judgement Judgement, RunResult Run)> RunAsync(SandboxPool sandbox, CancellationToken cancellation)
    {
        var (judgement, run) = test.Inner is StdioTest { Stdout: null }
            ? await RunAloneAsync(sandbox, cancellation).ConfigureAwait(false)
            : await inner.RunAsync(sandbox, cancellation).ConfigureAwait(false);
        if (judgement.Status != TestStatus.Passed)
        {
            return (judgement, run);
        }

        var question = PropertyQuestion.Of(test.Inner, Encoding.UTF8.GetString(run.Stdout.Span));
        return (await new Property(sandbox, test.Property).JudgeAsync(question, cancellation).ConfigureAwait(false), run);
    }

    private async Task<(Judgement Judgement, RunResult Run)> RunAloneAsync(SandboxPool sandbox, CancellationToken cancellation)
    {
        var run = await sandbox.RunAsync(Request, cancellation).ConfigureAwait(false);
        return (RunExplanation.Of(run, program.Limits) ?? new(TestStatus.Passed, "the program ran to its end"), run);
    }
}
