using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code;
using RewardServer.Grading.Graders.Code.TestRuns;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Efficiency;

/// <summary>
/// Measures a candidate on a test beside another program. Every run must pass the test anew: a program that now and
/// then does nothing must not be the fastest.
/// </summary>
internal static class MeasuredProgram
{
    /// <returns>The measurement, or why there is none.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static async Task<(Measurement? Measurement, Verdict? Fault)> MeasureAsync(
        SandboxPool sandbox, CandidateProgram program, TestCase test, Surroundings surroundings, RunRequest other, int rounds, CancellationToken cancellation)
    {
        var candidate = (IMeasurableRun)TestRun.Of(program, test, surroundings);
        Judgement judged = default;
        async Task<bool> AcceptsAsync(RunResult run) =>
            (judged = await candidate.JudgeAsync(run, sandbox, cancellation).ConfigureAwait(false)).Score == 1;

        var (measurement, failed, isOther) = await sandbox.MeasureAsync(candidate.Request, other, rounds, cancellation, AcceptsAsync).ConfigureAwait(false);
        if (measurement is not null)
        {
            return (measurement, null);
        }

        var end = failed!.Status == RunStatus.Ok ? judged : RunExplanation.Of(failed, isOther ? other.Limits : program.Limits)!.Value;
        return (null, end.Status == TestStatus.Fault ? Verdict.Failed(end.Reason)
            : isOther ? Verdict.Skipped($"what it is compared with failed: {end.Reason}")
            : Verdict.Scored(0, $"a measured run was not right: {end.Reason}"));
    }
}
