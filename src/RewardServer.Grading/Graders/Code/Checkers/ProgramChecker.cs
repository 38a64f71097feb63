using System.Text;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code.TestRuns;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.Checkers;

/// <summary>
/// A checker that is a program. It runs in a sandbox of its own, with the input, the output and the answer as the files
/// "input", "output" and "answer". One that comes to a bad end is broken, unless it judges the answer itself well.
/// </summary>
internal sealed class ProgramChecker(SandboxPool sandbox, ProgramSource source)
{
    private static readonly ResourceLimits Limits = new(30, 60, 1024, 32, 1024);

    /// <summary>Judges one output.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<Judgement> JudgeAsync(ReadOnlyMemory<byte> input, ReadOnlyMemory<byte> output, string answer, CancellationToken cancellation)
    {
        var said = await AskAsync(input, output, answer, cancellation).ConfigureAwait(false);
        if (said.Judgement.Status != TestStatus.Fault || said.MeansIt || answer.Length == 0)
        {
            return said.Judgement;
        }

        // No candidate may have itself left out by what it writes: who judges the answer itself is not broken.
        var canary = await AskAsync(input, Encoding.UTF8.GetBytes(answer), answer, cancellation).ConfigureAwait(false);
        return canary.Judgement.Status == TestStatus.Passed
            ? new(TestStatus.WrongAnswer, $"the checker cannot read the output: {said.Judgement.Reason}")
            : said.Judgement;
    }

    private async Task<JudgeWords> AskAsync(ReadOnlyMemory<byte> input, ReadOnlyMemory<byte> output, string answer, CancellationToken cancellation)
    {
        var checker = new JudgingProgram("checker", source);
        var request = checker.Request(Limits) with
        {
            DataFiles = [new("input", input), new("output", output), new("answer", Encoding.UTF8.GetBytes(answer))],
        };
        return checker.Read(await sandbox.RunAsync(request, cancellation).ConfigureAwait(false));
    }
}
