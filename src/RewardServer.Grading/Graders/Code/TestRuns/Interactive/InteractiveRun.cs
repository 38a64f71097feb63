using System.Text;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code.Checkers;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.TestRuns.Interactive;

/// <summary>
/// Runs a program against the interactor of an <see cref="InteractiveTest"/>, each in a sandbox of its own. The test's input
/// and answer are files of the interactor's alone, and the verdict is the interactor's.
/// </summary>
internal sealed class InteractiveRun : ITestRun
{
    // The interactor outlives a candidate that waits for ever, or nobody could tell which of the two did not answer.
    private const double LongestWait = 140;

    private readonly ResourceLimits limits;
    private readonly InteractiveTest test;

    public InteractiveRun(CandidateProgram program, InteractiveTest test)
    {
        this.test = test;
        limits = program.Limits with { WallSeconds = Math.Min(program.Limits.WallSeconds, LongestWait) };
        Request = new() { Language = program.Language.Name, Files = program.Started, Limits = limits };
    }

    public RunRequest Request { get; }

    public async Task<(Judgement Judgement, RunResult Run)> RunAsync(SandboxPool sandbox, CancellationToken cancellation)
    {
        var interactor = new JudgingProgram("interactor", test.Interactor);
        var partner = interactor.Request(new((2 * Math.Min(limits.CpuSeconds, 55)) + 5, (2 * limits.WallSeconds) + 10, 1024, 32, 64 << 10)) with
        {
            DataFiles = [new("input", Encoding.UTF8.GetBytes(test.Input)), new("answer", Encoding.UTF8.GetBytes(test.Answer))],
        };
        var (own, other) = await sandbox.ConverseAsync(Request, partner, cancellation).ConfigureAwait(false);
        var judgement = Judge(interactor, own, other);
        if (judgement.Status == TestStatus.Fault && other is not null && IsOverwhelmed(other)
            && await IsWellInSilenceAsync(interactor, partner, sandbox, cancellation).ConfigureAwait(false))
        {
            judgement = new(TestStatus.WrongAnswer, $"what the program said broke the interactor, which is well where a program says nothing: {judgement.Reason}");
        }

        return (judgement, own ?? new RunResult { Status = RunStatus.SandboxFault, QueueSeconds = other?.QueueSeconds ?? 0 });
    }

    // No candidate may earn that it is not judged, by a flood of words or one that is too large to hold.
    private async Task<bool> IsWellInSilenceAsync(JudgingProgram interactor, RunRequest partner, SandboxPool sandbox, CancellationToken cancellation)
    {
        var silence = partner.Language == "python" ? new SandboxFile("main.py", default) : new SandboxFile("main.cpp", "int main() {}"u8.ToArray());
        var (_, alone) = await sandbox.ConverseAsync(new() { Language = partner.Language, Files = [silence], Limits = limits }, partner, cancellation).ConfigureAwait(false);
        return alone is not null && interactor.Read(alone).Judgement.Status != TestStatus.Fault;
    }

    private static bool IsOverwhelmed(RunResult interactor) => interactor.Status is
        RunStatus.CpuTimeLimit or RunStatus.WallTimeLimit or RunStatus.MemoryLimit or RunStatus.OutputLimit or RunStatus.ProcessLimit or RunStatus.Signal;

    private Judgement Judge(JudgingProgram interactor, RunResult? own, RunResult? other)
    {
        var end = own is null ? null : RunExplanation.Of(own, limits);
        if (other is null || end?.Status == TestStatus.Fault)
        {
            return end!.Value;
        }

        // What the interactor says is true of what it has heard. Once it has heard all, the end of the program is known, too.
        var (said, afterEnd) = interactor.Read(other);
        return said.Status switch
        {
            TestStatus.Fault => end is { } cause && WaitedForIt(own!, other) ? cause : said,
            TestStatus.WrongAnswer when !afterEnd => said,
            _ => end ?? said,
        };
    }

    // An interactor that hears nothing, or too much, of a program that itself goes over a limit but that of waiting.
    private static bool WaitedForIt(RunResult own, RunResult other) =>
        other.Status is RunStatus.WallTimeLimit or RunStatus.CpuTimeLimit
        && own.Status is (RunStatus.CpuTimeLimit or RunStatus.MemoryLimit or RunStatus.OutputLimit or RunStatus.ProcessLimit);
}
