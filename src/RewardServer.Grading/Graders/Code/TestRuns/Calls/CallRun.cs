using System.Security.Cryptography;
using System.Text;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code.TestRuns.Calls.Drivers;
using RewardServer.Grading.Graders.Code.TestRuns.Calls.Values;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.TestRuns.Calls;

/// <summary>
/// Runs a <see cref="CallTest"/>: a driver beside the candidate's program calls its function, and the result crosses by
/// value to this process, where alone the expected one is. A nonce that is drawn for the run tells the driver's report
/// from what a program writes that means to end early.
/// </summary>
internal sealed class CallRun : IMeasurableRun
{
    private readonly string nonce = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
    private readonly CandidateProgram program;
    private readonly CallTest test;
    private readonly ResourceLimits limits;
    private readonly CallJudge judge;

    /// <param name="program">The candidate's program.</param>
    /// <param name="test">The test, which has no <see cref="CallTest.Errors"/>.</param>
    public CallRun(CandidateProgram program, CallTest test)
    {
        (this.program, this.test, limits) = (program, test, program.Limits);
        var driver = CallDrivers.All[program.Language.Name];
        judge = new(test, limits, driver.TypesAreValues);
        Request = new()
        {
            Language = program.Language.Name,
            Files = driver.FilesFor(program, test),
            Stdin = Encoding.UTF8.GetBytes($"{nonce}\n{driver.Write(test.ArgumentList())}"),
            WithReport = true,
            OutputFiles = [CallReport.File],
            Limits = limits,
        };
    }

    public RunRequest Request { get; }

    public async Task<(Judgement Judgement, RunResult Run)> RunAsync(SandboxPool sandbox, CancellationToken cancellation)
    {
        var run = await sandbox.RunAsync(Request, cancellation).ConfigureAwait(false);
        var judgement = await JudgeAsync(run, sandbox, cancellation).ConfigureAwait(false);
        if (judgement.Status != TestStatus.BrokenCheck || program.Source.Length == 0)
        {
            return (judgement, run);
        }

        // The candidate could have said so itself, to be skipped: without it, only the driver can.
        var empty = new CandidateProgram(program.Language, "", limits);
        var (alone, _) = await new CallRun(empty, test).RunAsync(sandbox, cancellation).ConfigureAwait(false);
        return (alone.Status is TestStatus.BrokenCheck or TestStatus.Fault ? alone : Forged, run);
    }

    public async Task<Judgement> JudgeAsync(RunResult run, SandboxPool sandbox, CancellationToken cancellation)
    {
        var end = RunExplanation.Of(run, limits);
        if (end is { Status: not TestStatus.RuntimeError } || run.Report.IsEmpty)
        {
            return end ?? new(TestStatus.EarlyExit, "the program exited before the function had returned", Signal.EarlyExit);
        }

        var report = CallReport.Read(run, nonce);
        return report is null ? Forged : end ?? await judge.JudgeAsync(report, sandbox, cancellation).ConfigureAwait(false);
    }

    /// <summary>What the function returned in a run of <see cref="Request"/>; null where it returned nothing that can cross.</summary>
    public Value? ResultOf(RunResult run) =>
        RunExplanation.Of(run, limits) is null && CallReport.Read(run, nonce) is { Verb: "value" } report ? ValueReader.Read(report.Text.Span, out _) : null;

    /// <summary>Of a report that no driver makes.</summary>
    internal static Judgement Forged { get; } = new(TestStatus.RuntimeError, "the report of the call was forged", Signal.ForgedOutput);
}
