using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders.Code.Scoring;
using RewardServer.Grading.Graders.Code.TestRuns;
using RewardServer.Grading.Graders.Code.TestRuns.Calls.Drivers;
using RewardServer.Grading.Graders.Code.TestRuns.Check.Shared;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Graders.Code;

/// <summary>Scores a program by the tests it passes in the sandbox.</summary>
/// <param name="tags">The tags of the rubric, which tell the thinking from the response.</param>
/// <param name="options">How programs are looked for and scored.</param>
/// <param name="sandbox">Where programs run.</param>
public sealed class CodeGrader(ThinkTags tags, CodeOptions options, SandboxPool sandbox)
{
    // Room for the nonce that goes before a check.
    private const int MostInput = (int)RunRequest.MaxInputBytes - 1024;

    // Far above what anyone writes, and below what a scratch folder holds: length must never break a run.
    private const int LongestSource = 1_000_000;

    /// <summary>Grades one item.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<Verdict> GradeAsync(Item item, CodeTask task, CancellationToken cancellation)
    {
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
        var tests = task.Tests;
        var surroundings = new Surroundings(task, item.Prompt.LastOf("user") ?? "");
        var reports = await new TestSequence(sandbox, options.StopAtFirstFailure).RunAsync(program, tests, surroundings, cancellation).ConfigureAwait(false);
        return Judge(task, tests, reports) with
        {
            Details = new CodeDetails(Shown.Head(code.Source, Shown.Program), code.Rule, reports.Count(Passed), reports) { Groups = Score.Groups(task, tests, reports) },
            Signals = [.. SignalsOf(tests, reports)],
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
            : task.Tests.Any(test => test is CallTest) && !CallDrivers.All.ContainsKey(task.Language) ? $"functions of {task.Language} programs cannot be called"
            : task.Tests.Any(test => test is CheckTest) && CodeLanguage.All[task.Language].CheckDriver is null && !SharedCheckDrivers.All.ContainsKey(task.Language) ? $"checks of {task.Language} programs cannot be run"
            : task.Tests.Any(test => test.InputBytes > MostInput) ? $"an input or check of the task has more than {MostInput} bytes"
            : task.Tests.Any(test => TooLong(test, task.Limits)) ? "the expected output of a test is longer than its outputKb"
            : null;
    }

    private static bool TooLong(TestCase test, TestLimits? limits) =>
        test is CallTest { Result: { } result } ? JsonMarshal.GetRawUtf8Value(result).Length > (limits ?? new()).Resolve().OutputKb * 1024L :
        test is StdioTest { Stdout: { } expected } && expected.Texts.All(text => Encoding.UTF8.GetByteCount(text.TrimEnd()) > (limits ?? new()).Resolve().OutputKb * 1024L);

    // Answer tags are no program: outside of them only a fence makes one.
    private CodeBlock? Find(string text, CodeLanguage language) =>
        AnswerTag.Last(text, tags) is not { } answer ? CodeBlock.Find(text, language.FenceNames)
            : CodeBlock.Find(answer, language.FenceNames)
            ?? (CodeBlock.Find(text, language.FenceNames) is { Rule: not "whole-text" } outside ? outside : null);

    private Verdict NoProgram(Response response, CodeLanguage language) =>
        Find(response.Thinking, language) is { Rule: "fenced" }
            ? Verdict.Scored(0, "the program stands only in the thinking") with { Signals = [Signal.AnswerOnlyInThinking] }
            : Verdict.Scored(0, "no program was found");

    private Verdict Judge(CodeTask task, ImmutableArray<TestCase> tests, ImmutableArray<TestReport> reports)
    {
        if (reports.FirstOrDefault(report => report.Status == TestStatus.Fault) is { } fault)
        {
            return Verdict.Failed($"test {fault.Index}: {fault.Reason}");
        }

        if (reports.FirstOrDefault(report => report.Status == TestStatus.BrokenCheck) is { } broken)
        {
            return Verdict.Skipped($"test {broken.Index}: {broken.Reason}");
        }

        var first = reports.FirstOrDefault(report => !Passed(report));
        return Verdict.Scored(Score.Of(options.Tests, task, tests, reports), first is null
            ? $"{reports.Length} of {reports.Length} tests passed"
            : $"{reports.Count(Passed)} of {reports.Length} tests passed; test {first.Index}: {first.Reason}");
    }

    private static bool Passed(TestReport report) => report.Status == TestStatus.Passed;

    private static IEnumerable<string> SignalsOf(ImmutableArray<TestCase> tests, ImmutableArray<TestReport> reports)
    {
        foreach (var signal in reports.SelectMany(report => report.Signals).Distinct())
        {
            yield return signal;
        }

        var shown = reports.Where(report => tests[report.Index].Visible).ToList();
        if (shown.Count > 0 && shown.TrueForAll(Passed) && !reports.All(Passed))
        {
            yield return Signal.HiddenTestGap;
        }
    }
}
