using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code.TestRuns;
using RewardServer.Grading.Graders.Code.TestRuns.Calls;
using RewardServer.Grading.Graders.Code.TestRuns.Calls.Drivers;
using RewardServer.Grading.Graders.Code.TestRuns.Calls.Values;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.Generation;

/// <summary>A solution that is known to be right, asked what the right results of a function are.</summary>
/// <param name="sandbox">Where it runs.</param>
/// <param name="source">The solution.</param>
/// <param name="limits">What each call may use.</param>
internal sealed class ReferenceFunction(SandboxPool sandbox, ProgramSource source, ResourceLimits limits)
{
    // Values may stand in each other deeper than JSON's readers take by default.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };

    /// <summary>Why it cannot be called here; null where it can.</summary>
    public Verdict? Unavailable =>
        new TaskProgram(sandbox, "the reference", source, limits).Unavailable
        ?? (CallDrivers.All.ContainsKey(source.Language) ? null : Verdict.Skipped($"the reference cannot be called: functions of {source.Language} programs cannot be"));

    /// <summary>Calls it, and once more, to see whether it returns the same.</summary>
    /// <param name="call">The function and its arguments; nothing is expected.</param>
    /// <param name="purpose">What for, for people.</param>
    /// <param name="cancellation">Ends the runs.</param>
    /// <returns>What it returned, or why that cannot be had.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<(Value? Result, Verdict? Fault)> CallAsync(CallTest call, string purpose, CancellationToken cancellation)
    {
        var (first, fault) = await CallOnceAsync(call, purpose, cancellation).ConfigureAwait(false);
        if (fault is not null)
        {
            return (null, fault);
        }

        (var second, fault) = await CallOnceAsync(call, purpose, cancellation).ConfigureAwait(false);
        return fault is not null ? (null, fault)
            : new ValueComparison(new()).Difference(first!, second!) is null ? (first, null)
            : (null, Verdict.Skipped($"the reference does not return the same in two runs for {purpose}"));
    }

    /// <summary>A result as tests have it.</summary>
    public static JsonElement JsonOf(Value result) => JsonElement.Parse(ValueWriter.Write(result), Deep);

    private async Task<(Value? Result, Verdict? Fault)> CallOnceAsync(CallTest call, string purpose, CancellationToken cancellation)
    {
        var run = new CallRun(new(CodeLanguage.All[source.Language], source.Source, limits), call);
        var (judgement, ended) = await run.RunAsync(sandbox, cancellation).ConfigureAwait(false);
        return judgement.Status switch
        {
            TestStatus.Passed => (run.ResultOf(ended), null),
            TestStatus.Fault => (null, Verdict.Failed($"the reference for {purpose}: {judgement.Reason}")),
            _ => (null, Verdict.Skipped($"the reference failed for {purpose}: {judgement.Reason}")),
        };
    }
}
