using System.Security.Cryptography;
using System.Text;
using RewardServer.Grading.Completions;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.TestRuns.Check.Shared;

/// <summary>
/// Runs a <see cref="CheckTest"/> in one process with the candidate. It passes only where the driver reports the end of the check
/// with a nonce that was drawn for this run: a program that exits early never passes. One that is written to forge the
/// report, or whose objects equal whatever they are compared with, can; so its <see cref="Integrity"/> is shared.
/// </summary>
internal sealed class SharedCheckRun : ITestRun
{
    private readonly string nonce = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
    private readonly CandidateProgram program;
    private readonly CheckTest test;
    private readonly ISharedCheckDriver driver;

    public SharedCheckRun(CandidateProgram program, CheckTest test)
    {
        (this.program, this.test, driver) = (program, test, SharedCheckDrivers.All[program.Language.Name]);
        var check = test.Prelude is { } prelude ? $"{prelude}\n{test.Harness}" : test.Harness;
        check += test.EntryPoint is { } entry ? $"\nawait check({entry});" : "";
        Request = new()
        {
            Language = program.Language.Name,
            Files = driver.FilesFor(program, check),
            Stdin = Encoding.UTF8.GetBytes(driver.ReadsCheck ? $"{nonce}\n{check}" : nonce),
            WithReport = true,
            Limits = program.Limits,
        };
    }

    public RunRequest Request { get; }

    public async Task<(Judgement Judgement, RunResult Run)> RunAsync(SandboxPool sandbox, CancellationToken cancellation)
    {
        var run = await sandbox.RunAsync(Request, cancellation).ConfigureAwait(false);
        var judgement = Judge(run);
        if (judgement.Status is TestStatus.CompileError or TestStatus.BrokenCheck && program.Source.Length > 0)
        {
            judgement = await IsBrokenAsync(sandbox, cancellation).ConfigureAwait(false)
                ?? (judgement.Status == TestStatus.CompileError ? judgement : Forged);
        }

        return (judgement with { Integrity = Integrity.Shared }, run);
    }

    private static Judgement Forged { get; } = new(TestStatus.RuntimeError, "the report of the check was forged", Signal.ForgedOutput);

    // Whatever the candidate wrote, it is the check beside an empty program that shows whether the check is broken.
    private async Task<Judgement?> IsBrokenAsync(SandboxPool sandbox, CancellationToken cancellation)
    {
        var alone = new SharedCheckRun(new(program.Language, "", program.Limits), test);
        var run = await sandbox.RunAsync(alone.Request, cancellation).ConfigureAwait(false);
        var judgement = alone.Judge(run);
        return judgement.Status is TestStatus.BrokenCheck or TestStatus.Fault ? judgement : null;
    }

    private Judgement Judge(RunResult run)
    {
        var end = RunExplanation.Of(run, program.Limits);
        if (end is { Status: TestStatus.CompileError } && program.Source.Length == 0 && driver.IsBroken(Encoding.UTF8.GetString(run.Compilation!.Run.Stderr.Span)))
        {
            return Broken;
        }

        return end is { Status: not TestStatus.RuntimeError } limit ? limit : Judge(Encoding.UTF8.GetString(run.Report.Span), end);
    }

    private static Judgement Broken { get; } = new(TestStatus.BrokenCheck, "the check does not compile");

    private Judgement Judge(string report, Judgement? crash) => report switch
    {
        "broken" => Broken,
        "tampered" => new(TestStatus.RuntimeError, "the program changed what the check is made of", Signal.CheckTampering),
        "" => crash ?? new(TestStatus.EarlyExit, "the program exited before the check had run to its end", Signal.EarlyExit),
        _ when report == $"done {nonce}" => crash ?? new(TestStatus.Passed, "the check ran to its end"),
        _ when report == $"done! {nonce}" => crash ?? new(TestStatus.Passed, "the check ran to its end", Signal.CheckTampering),
        _ when After("wrong ", report) is { } line && int.TryParse(line, out var number) =>
            new(TestStatus.WrongAnswer, number > 0 ? $"an assertion of the check failed, on line {number}" : "an assertion of the check failed"),
        _ when After("raise ", report) is { } type => new(TestStatus.RuntimeError, $"the program raised {type}"),
        _ => Forged,
    };

    private static string? After(string verb, string report) =>
        report.StartsWith(verb, StringComparison.Ordinal) && report.Length <= 160 && report.AsSpan(verb.Length) is { Length: > 0 } rest && !rest.ContainsAny(" \n")
            ? rest.ToString()
            : null;
}
