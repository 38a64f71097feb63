using System.Text;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code.TestRuns;
using RewardServer.Grading.Graders.Code.TestRuns.Calls.Drivers;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.Generation.Properties;

/// <summary>
/// A predicate on input and output, run in a sandbox of its own. The candidate's output is but data to it, and yet what
/// makes it fail over that output is the candidate's doing: else an output that it chokes on would earn a null.
/// </summary>
/// <param name="sandbox">Where it runs.</param>
/// <param name="program">A Python program with a function <c>holds</c>.</param>
internal sealed class Property(SandboxPool sandbox, ProgramSource program)
{
    private const string Role = "the property";
    private static readonly ResourceLimits Limits = ResourceLimits.Default with { MemoryMb = 1024 };
    private static readonly ReadOnlyMemory<byte> Nothing = "null"u8.ToArray();

    // Values are read as the arguments of calls are.
    private static readonly Lazy<byte[]> Driver = new(() =>
        Encoding.UTF8.GetBytes(CandidateFiles.Resource("call_driver.py") + CandidateFiles.Resource("property_driver.py")));

    /// <summary>Why it cannot be run here; null where it can.</summary>
    public Verdict? Unavailable => new TaskProgram(sandbox, Role, program, Limits).Unavailable;

    /// <summary>What is wrong with it, whatever it is asked; null where nothing is.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<Verdict?> BrokenAsync(CancellationToken cancellation) =>
        Report(await RunAsync(Nothing, cancellation).ConfigureAwait(false)) switch
        {
            ("ready", _) => null,
            (_, { Status: TestStatus.Fault } fault) => Verdict.Failed($"{Role}: {fault.Reason}"),
            ("missing", _) => Verdict.Skipped($"{Role} has no function holds(input, output)"),
            var (report, end) => Verdict.Skipped($"{Role} is broken: {Raised(report) ?? end?.Reason ?? "it ended early"}"),
        };

    /// <summary>Why the task is wrong, where the property does not hold of what the reference gave; else null.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<Verdict?> FaultAsync(PropertyQuestion question, string purpose, CancellationToken cancellation) =>
        await JudgeAsync(question, cancellation).ConfigureAwait(false) switch
        {
            { Status: TestStatus.Passed } => null,
            { Status: TestStatus.Fault } fault => Verdict.Failed($"{Role} for {purpose}: {fault.Reason}"),
            var wrong => Verdict.Skipped($"what the reference gave for {purpose} is wrong by the property: {wrong.Reason}"),
        };

    /// <summary>Whether it holds of a candidate's output.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<Judgement> JudgeAsync(PropertyQuestion question, CancellationToken cancellation) =>
        Report(await RunAsync(question.Json, cancellation).ConfigureAwait(false)) switch
        {
            ("holds", null) => new(TestStatus.Passed, "the property holds"),
            (_, { Status: TestStatus.Fault } fault) => fault,
            ("fails", null) => new(TestStatus.WrongAnswer, "the property does not hold"),
            var (report, end) => new(TestStatus.WrongAnswer, $"the property cannot be told of the output: {Raised(report) ?? end?.Reason ?? "it ended early"}"),
        };

    private Task<RunResult> RunAsync(ReadOnlyMemory<byte> question, CancellationToken cancellation) => sandbox.RunAsync(
        new()
        {
            Language = program.Language,
            Files = [new("main.py", Driver.Value), new("holds_here.py", Encoding.UTF8.GetBytes(program.Source))],
            Stdin = question,
            WithReport = true,
            Limits = Limits,
        },
        cancellation);

    private static (string Report, Judgement? End) Report(RunResult run) =>
        (Encoding.UTF8.GetString(run.Report.Span), RunExplanation.Of(run, Limits));

    private static string? Raised(string report) =>
        report.StartsWith("raise ", StringComparison.Ordinal) ? $"it raised {report["raise ".Length..]}" : null;
}
