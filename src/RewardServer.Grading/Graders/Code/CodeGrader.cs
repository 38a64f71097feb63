using System.Collections.Immutable;
using System.Text;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders.Code.TestRuns;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code;

/// <summary>Scores a program by the tests it passes in the sandbox.</summary>
/// <param name="tags">The tags of the rubric, which tell the thinking from the response.</param>
/// <param name="scoring">How tests become a score.</param>
/// <param name="sandbox">Where programs run.</param>
public sealed class CodeGrader(ThinkTags tags, TestScoring scoring, SandboxPool sandbox)
{
    // Room for the nonce that goes before a check.
    private const int MostInput = (int)RunRequest.MaxInputBytes - 1024;

    // Far above what anyone writes, and below what a scratch folder holds: length must never break a run.
    private const int LongestSource = 1_000_000;

    /// <summary>Grades one item.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<Verdict> GradeAsync(Item item, CodeTask task, CancellationToken cancellation)
    {
        await sandbox.LookAgainAsync(task.Language, cancellation).ConfigureAwait(false);
        if (Unjudgeable(task) is { } reason)
        {
            return Verdict.Skipped(reason);
        }

        var language = CodeLanguage.All[task.Language];
        var response = Response.Of(item, tags);
        if (Find(response.Text, language) is not { } code)
        {
            return NoProgram(response, language);
        }

        if (code.Source.Length > LongestSource)
        {
            return Verdict.Scored(0, $"the program is longer than {LongestSource} characters");
        }

        var program = new CandidateProgram(language, code.Source, (task.Limits ?? new()).Resolve());
        var tests = await RunAsync(program, task.Tests, cancellation).ConfigureAwait(false);
        return Score(tests) with
        {
            Details = new CodeDetails(Shown.Head(code.Source, Shown.Program), code.Rule, tests.Count(Passed), tests),
            Signals = [.. tests.SelectMany(test => test.Signals).Distinct()],
        };
    }

    // Depends on the task and on this server alone, never on what the candidate wrote.
    private string? Unjudgeable(CodeTask task)
    {
        var language = sandbox.Languages.FirstOrDefault(known => known.Name == task.Language);
        return language is null || !CodeLanguage.All.ContainsKey(task.Language)
            ? $"'{task.Language}' is not a language this server knows"
            : !language.Available ? $"{task.Language} programs cannot be run here: {language.Reason}"
            : task.Tests.IsDefaultOrEmpty ? "the task has no tests"
            : task.Tests.Any(test => Encoding.UTF8.GetByteCount(test.Input) > MostInput) ? $"an input or check of the task has more than {MostInput} bytes"
            : task.Tests.Any(test => TooLong(test, task.Limits)) ? "the expected output of a test is longer than its outputKb"
            : null;
    }

    private static bool TooLong(TestCase test, TestLimits? limits) =>
        test is StdioTest { Stdout: var expected } && Encoding.UTF8.GetByteCount(expected.TrimEnd()) > (limits ?? new()).Resolve().OutputKb * 1024L;

    // Answer tags are no program: outside of them only a fence makes one.
    private CodeBlock? Find(string text, CodeLanguage language) =>
        AnswerTag.Last(text, tags) is not { } answer ? CodeBlock.Find(text, language.FenceNames)
            : CodeBlock.Find(answer, language.FenceNames)
            ?? (CodeBlock.Find(text, language.FenceNames) is { Rule: not "whole-text" } outside ? outside : null);

    private Verdict NoProgram(Response response, CodeLanguage language) =>
        Find(response.Thinking, language) is { Rule: "fenced" }
            ? Verdict.Scored(0, "the program stands only in the thinking") with { Signals = [Signal.AnswerOnlyInThinking] }
            : Verdict.Scored(0, "no program was found");

    private async Task<ImmutableArray<TestReport>> RunAsync(
        CandidateProgram program, ImmutableArray<TestCase> tests, CancellationToken cancellation)
    {
        var reports = new TestReport[tests.Length];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = sandbox.Slots, CancellationToken = cancellation };
        await Parallel.ForAsync(0, tests.Length, parallel, async (index, token) =>
        {
            var (judgement, run) = await RunAsync(program, tests[index], token).ConfigureAwait(false);
            reports[index] = TestReport.Of(index, tests[index], judgement, run);
        }).ConfigureAwait(false);
        return [.. reports];
    }

    private async Task<(Judgement Judgement, RunResult Run)> RunAsync(
        CandidateProgram program, TestCase test, CancellationToken cancellation)
    {
        var prepared = Prepare(program, test);
        var run = await sandbox.RunAsync(prepared.Request, cancellation).ConfigureAwait(false);
        var judgement = prepared.Judge(run);
        if (judgement.Status != TestStatus.BrokenCheck || program.Source.Length == 0)
        {
            return (judgement, run);
        }

        // The candidate could have said so itself, to be skipped: without it, only the check can.
        var (alone, _) = await RunAsync(program with { Source = "" }, test, cancellation).ConfigureAwait(false);
        return alone.Status is TestStatus.BrokenCheck or TestStatus.Fault
            ? (alone, run)
            : (new(TestStatus.RuntimeError, "the report of the check was forged", Signal.ForgedOutput), run);
    }

    private static ITestRun Prepare(CandidateProgram program, TestCase test) => test switch
    {
        StdioTest stdio => new StdioRun(program, stdio),
        CheckTest check => new CheckRun(program, check),
        var other => throw new NotSupportedException($"no runner for a test of type {other.GetType().Name}"),
    };

    private static bool Passed(TestReport test) => test.Status == TestStatus.Passed;

    private Verdict Score(ImmutableArray<TestReport> tests)
    {
        if (tests.FirstOrDefault(test => test.Status == TestStatus.Fault) is { } fault)
        {
            return Verdict.Failed($"test {fault.Index}: {fault.Reason}");
        }

        if (tests.FirstOrDefault(test => test.Status == TestStatus.BrokenCheck) is { } broken)
        {
            return Verdict.Skipped($"test {broken.Index}: {broken.Reason}");
        }

        var passed = tests.Count(Passed);
        var score = scoring == TestScoring.Fraction ? (double)passed / tests.Length : passed == tests.Length ? 1 : 0;
        var first = tests.FirstOrDefault(test => !Passed(test));
        return Verdict.Scored(score, first is null
            ? $"{passed} of {tests.Length} tests passed"
            : $"{passed} of {tests.Length} tests passed; test {first.Index}: {first.Reason}");
    }
}
