using System.Security.Cryptography;
using RewardServer.Grading.Completions;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.TestRuns.Check;

/// <summary>
/// Runs a <see cref="CheckTest"/>: the harness against the candidate's definitions, in two processes. It passes only when the driver
/// reports the end of the harness with a nonce that was drawn for this run, so a program that exits early never passes.
/// </summary>
internal sealed class CheckRun : ITestRun
{
    private readonly string nonce = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
    private readonly CandidateProgram program;
    private readonly CheckTest test;
    private readonly string prompt;

    /// <param name="program">The candidate's program.</param>
    /// <param name="test">The check.</param>
    /// <param name="prompt">What the model was asked: its helpers stand in the check's process.</param>
    public CheckRun(CandidateProgram program, CheckTest test, string prompt)
    {
        (this.program, this.test, this.prompt) = (program, test, prompt);
        var language = program.Language;
        string[] ours = [language.MainFile, language.CandidateFile, CheckDriver.File];
        var others = program.Files.Skip(1).Where(file => !ours.Contains(file.Path)).ToList();
        Request = new()
        {
            Language = language.Name,
            Files = [new(language.MainFile, CheckDriver.Starter), new(language.CandidateFile, program.Files[0].Content), .. others],
            Stdin = CheckInput.Of(test, prompt, nonce, others),
            WithReport = true,

            // One more than the candidate may have: the check's own.
            Limits = program.Limits with { Processes = Math.Min(program.Limits.Processes + 1, ResourceLimits.Ceiling.Processes) },
        };
    }

    public RunRequest Request { get; }

    public async Task<(Judgement Judgement, RunResult Run)> RunAsync(SandboxPool sandbox, CancellationToken cancellation)
    {
        var driver = CheckDriver.Of(sandbox);
        var (code, failure) = await driver.CompileAsync(sandbox, cancellation).ConfigureAwait(false);
        if (failure is not null)
        {
            return (new(TestStatus.Fault, $"the check's driver could not be compiled: {failure.Fault ?? failure.Status.ToString()}"), failure);
        }

        var run = await sandbox.RunAsync(Request with { Files = Request.Files.Add(new(CheckDriver.File, code)) }, cancellation).ConfigureAwait(false);
        var judgement = CheckVerdict.Of(run, nonce, program.Limits);
        if (run.Report.IsEmpty || judgement.Status is not (TestStatus.BrokenCheck or TestStatus.Fault) || program.Source.Length == 0)
        {
            return (judgement, run);
        }

        // The candidate could have said so itself, to be skipped: without it, only the check can.
        if (judgement.Status == TestStatus.Fault)
        {
            driver.Forget();
        }

        var (alone, _) = await new CheckRun(new(program.Language, "", program.Limits), test, prompt).RunAsync(sandbox, cancellation).ConfigureAwait(false);
        return (alone.Status is TestStatus.BrokenCheck or TestStatus.Fault ? alone : CheckVerdict.Forged, run);
    }
}
