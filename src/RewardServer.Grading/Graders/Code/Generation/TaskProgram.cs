using System.Text;
using System.Text.Unicode;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code.TestRuns;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.Generation;

/// <summary>
/// A program that a task brings and that must do the same whenever it runs. Where it does not do its work, the task cannot
/// be judged; where the sandbox does not, that is a fault of ours.
/// </summary>
/// <param name="sandbox">Where it runs.</param>
/// <param name="role">What it is, for people: "the generator".</param>
/// <param name="program">The program.</param>
/// <param name="limits">What each run may use.</param>
internal sealed class TaskProgram(SandboxPool sandbox, string role, ProgramSource program, ResourceLimits limits)
{
    /// <summary>Why it cannot be run here; null where it can.</summary>
    public Verdict? Unavailable =>
        sandbox.Languages.FirstOrDefault(known => known.Name == program.Language) is not { } language
            ? Verdict.Skipped($"'{program.Language}', the language of {role}, is not one this server knows")
            : language.Available ? null
            : Verdict.Skipped($"{role} cannot be run here: {language.Reason}");

    /// <summary>Runs it, and once more, to see whether it does the same.</summary>
    /// <param name="stdin">What it reads.</param>
    /// <param name="purpose">What for, for people: "seed 3 size 10".</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <returns>What it printed, or why that cannot be had.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<(string? Output, Verdict? Fault)> RunAsync(string stdin, string purpose, CancellationToken cancellation)
    {
        var request = new RunRequest
        {
            Language = program.Language,
            Files = [new(sandbox.MainFileOf(program.Language), Encoding.UTF8.GetBytes(program.Source))],
            Stdin = Encoding.UTF8.GetBytes(stdin),
            Limits = limits,
        };
        var first = await sandbox.RunAsync(request, cancellation).ConfigureAwait(false);
        if (FaultOf(first, purpose) is { } fault)
        {
            return (null, fault);
        }

        var second = await sandbox.RunAsync(request, cancellation).ConfigureAwait(false);
        return FaultOf(second, purpose) is { } later ? (null, later)
            : !first.Stdout.Span.SequenceEqual(second.Stdout.Span) ? (null, Verdict.Skipped($"{role} does not print the same in two runs for {purpose}"))
            : Utf8.IsValid(first.Stdout.Span) ? (Encoding.UTF8.GetString(first.Stdout.Span), null)
            : (null, Verdict.Skipped($"{role} printed what is not UTF-8 for {purpose}"));
    }

    private Verdict? FaultOf(RunResult run, string purpose) => RunExplanation.Of(run, limits) switch
    {
        null => null,
        { Status: TestStatus.Fault } fault => Verdict.Failed($"{role} for {purpose}: {fault.Reason}"),
        var end => Verdict.Skipped($"{role} failed for {purpose}: {end.Value.Reason}"),
    };
}
