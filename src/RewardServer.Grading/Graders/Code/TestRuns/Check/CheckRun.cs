using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using RewardServer.Grading.Completions;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.TestRuns.Check;

/// <summary>
/// Runs a <see cref="CheckTest"/>: the harness against the candidate's definitions. It passes only when the driver
/// reports the end of the harness with a nonce that was drawn for this run, so a program that exits early never passes.
/// </summary>
internal sealed class CheckRun : ITestRun
{
    private const string TooEarly = "the program exited before the check had run to its end";
    private static readonly ConcurrentDictionary<string, byte[]> Drivers = new();

    private readonly string nonce = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
    private readonly CandidateProgram program;
    private readonly CheckTest test;
    private readonly ResourceLimits limits;

    public CheckRun(CandidateProgram program, CheckTest test)
    {
        (this.program, this.test, limits) = (program, test, program.Limits);
        Request = new()
        {
            Language = program.Language.Name,
            Files =
            [
                new(program.Language.MainFile, Drivers.GetOrAdd(program.Language.CheckDriver!, ReadDriver)),
                new(program.Language.CandidateFile, Encoding.UTF8.GetBytes(program.Source)),
            ],
            Stdin = Encoding.UTF8.GetBytes($"{nonce}\n{test.Harness}"),
            WithReport = true,
            Limits = limits,
        };
    }

    public RunRequest Request { get; }

    public async Task<(Judgement Judgement, RunResult Run)> RunAsync(SandboxPool sandbox, CancellationToken cancellation)
    {
        var run = await sandbox.RunAsync(Request, cancellation).ConfigureAwait(false);
        var judgement = Judge(run);
        if (judgement.Status != TestStatus.BrokenCheck || program.Source.Length == 0)
        {
            return (judgement, run);
        }

        // The candidate could have said so itself, to be skipped: without it, only the check can.
        var (alone, _) = await new CheckRun(new(program.Language, "", limits), test).RunAsync(sandbox, cancellation).ConfigureAwait(false);
        return alone.Status is TestStatus.BrokenCheck or TestStatus.Fault
            ? (alone, run)
            : (new(TestStatus.RuntimeError, "the report of the check was forged", Signal.ForgedOutput), run);
    }

    private Judgement Judge(RunResult run) =>
        RunExplanation.Of(run, limits) is { Status: not TestStatus.RuntimeError } limit
            ? limit
            : Judge(Encoding.UTF8.GetString(run.Report.Span), RunExplanation.Of(run, limits));

    private Judgement Judge(string report, Judgement? crash) => report switch
    {
        "check does not compile" => new(TestStatus.BrokenCheck, "the check does not compile"),
        _ when report == $"done {nonce}" => crash ?? new(TestStatus.Passed, "the check ran to its end"),
        "" => crash ?? new(TestStatus.EarlyExit, TooEarly, Signal.EarlyExit),
        "exit" => new(TestStatus.EarlyExit, TooEarly, Signal.EarlyExit),
        "raise AssertionError" => new(TestStatus.WrongAnswer, "an assertion of the check failed"),
        _ when Raised(report) is { } type => new(TestStatus.RuntimeError, $"the program raised {type}"),
        _ => new(TestStatus.RuntimeError, "the report of the check was forged", Signal.ForgedOutput),
    };

    private static string? Raised(string report) =>
        report.StartsWith("raise ", StringComparison.Ordinal) && report.AsSpan(6) is { Length: > 0 and <= 160 } type
            && type.IndexOfAny(" \n") < 0
            ? type.ToString()
            : null;

    private static byte[] ReadDriver(string name)
    {
        using var stream = typeof(CheckRun).Assembly.GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
