using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code.TestRuns;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Grading.Graders.Code.Checkers;

/// <summary>Judges what a program gave by a checker of any kind: in this process, or by the checker's own program in the sandbox.</summary>
/// <param name="sandbox">Where a checker's program runs.</param>
/// <param name="checker">The checker.</param>
/// <param name="subject">What is judged, as sentences call it.</param>
internal sealed class OutputJudge(SandboxPool sandbox, Checker checker, string subject = "the output")
{
    /// <summary>Judges an output: the best that it earns with any of the answers.</summary>
    /// <param name="input">What the program was given; a checker's program sees it.</param>
    /// <param name="output">What the program gave.</param>
    /// <param name="answers">What it should have given; null for nothing, where the checker's program needs none.</param>
    /// <param name="cancellation">Ends the wait for the checker's program.</param>
    /// <returns>A <see cref="TestStatus.Fault"/> where the checker's program is broken.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<Judgement> JudgeAsync(ReadOnlyMemory<byte> input, ReadOnlyMemory<byte> output, AcceptedTexts? answers, CancellationToken cancellation)
    {
        Judgement? best = null;
        foreach (var answer in answers?.Texts ?? [""])
        {
            var judgement = checker.Program is { } program
                ? await new ProgramChecker(sandbox, program).JudgeAsync(input, output, answer, cancellation).ConfigureAwait(false)
                : Of(OutputComparison.Compare(checker, answer, output, subject), subject);
            if (judgement.Status is TestStatus.Passed or TestStatus.Fault)
            {
                return judgement;
            }

            best = best is { } earlier && earlier.Score >= judgement.Score ? earlier : judgement;
        }

        return best!.Value;
    }

    /// <summary>What a comparison comes to.</summary>
    public static Judgement Of(Comparison comparison, string subject) => comparison.Difference is { } difference
        ? new(TestStatus.WrongAnswer, difference, comparison.Signal)
        : new(TestStatus.Passed, $"{subject} is as expected");
}
