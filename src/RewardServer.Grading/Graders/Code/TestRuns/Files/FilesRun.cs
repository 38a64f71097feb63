using System.Text;
using System.Text.Unicode;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code.Checkers;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code.TestRuns.Files;

/// <summary>Runs a program against a <see cref="FilesTest"/>. What its files must hold stays in this process.</summary>
internal sealed class FilesRun(CandidateProgram program, FilesTest test, Checker checker) : ITestRun
{
    public RunRequest Request { get; } = new()
    {
        Language = program.Language.Name,
        // Where the candidate brings a file of its own by the name of one of the test's, the test's is there.
        Files = [program.Started[0], .. program.Files.Skip(1).Where(file => !test.Files.Keys.Any(path => FilePath.Collide(path, file.Path)))],
        DataFiles = [.. test.Files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => new SandboxFile(file.Key, file.Value.Bytes))],
        Stdin = Encoding.UTF8.GetBytes(test.Stdin),
        OutputFiles = [.. test.Outputs.Keys.Order(StringComparer.Ordinal)],
        Limits = program.Limits,
    };

    public async Task<(Judgement Judgement, RunResult Run)> RunAsync(SandboxPool sandbox, CancellationToken cancellation)
    {
        var run = await sandbox.RunAsync(Request, cancellation).ConfigureAwait(false);
        return (RunExplanation.Of(run, program.Limits) ?? await JudgeAsync(sandbox, run, cancellation).ConfigureAwait(false), run);
    }

    // The worst of what its files and its output earn; a broken checker before all.
    private async Task<Judgement> JudgeAsync(SandboxPool sandbox, RunResult run, CancellationToken cancellation)
    {
        Judgement? worst = null;
        foreach (var judge in Judges(sandbox, run, cancellation))
        {
            var judgement = await judge().ConfigureAwait(false);
            if (judgement.Status == TestStatus.Fault)
            {
                return judgement;
            }

            worst = worst is { } earlier && earlier.Score <= judgement.Score ? earlier : judgement;
        }

        return worst is { Status: not TestStatus.Passed } wrong ? wrong : new(TestStatus.Passed, "the files are as expected");
    }

    private IEnumerable<Func<Task<Judgement>>> Judges(SandboxPool sandbox, RunResult run, CancellationToken cancellation)
    {
        foreach (var path in Request.OutputFiles)
        {
            yield return () => JudgeAsync(sandbox, path, run, cancellation);
        }

        if (test.Stdout is not null)
        {
            yield return () => new OutputJudge(sandbox, checker).JudgeAsync(Request.Stdin, run.Stdout, test.Stdout, cancellation);
        }
    }

    private async Task<Judgement> JudgeAsync(SandboxPool sandbox, string path, RunResult run, CancellationToken cancellation)
    {
        var (name, expected) = (FilePath.Shown(path), test.Outputs[path].Bytes);
        var left = run.Files.FirstOrDefault(file => file.Path == path);
        if (left is null or { TooLarge: true })
        {
            return new(TestStatus.WrongAnswer, left is null
                ? $"the program left no file {name} (a folder or a link is none)"
                : $"the program left a file {name} that is too large");
        }

        var subject = $"the file {name}";
        var isText = Utf8.IsValid(expected.Span);
        var judge = new OutputJudge(sandbox, checker, subject);
        return isText ? await judge.JudgeAsync(Request.Stdin, left.Content, Encoding.UTF8.GetString(expected.Span), cancellation).ConfigureAwait(false)
            : OutputJudge.Of(OutputComparison.CompareBytes(expected, left.Content, subject), subject);
    }
}
