using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders.Code.Generation;
using RewardServer.Grading.Graders.Code.Parsing;
using RewardServer.Grading.Graders.Code.Scoring;
using RewardServer.Grading.Graders.Code.TestRuns;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Grading.Graders.Code;

/// <summary>
/// Scores a program by what DeepSeek-R1 asks of it: whether it is complete, whether it runs, and whether it passes tests
/// that it could not see (section 2.2.2 and supplementary 2.1). How fast it is, is another grader's matter.
/// </summary>
/// <param name="tags">The tags of the rubric, which tell the thinking from the response.</param>
/// <param name="options">How programs are looked for and scored.</param>
/// <param name="sandbox">Where programs run.</param>
/// <param name="generated">What makes and keeps generated tests; one of its own where silent.</param>
/// <param name="deduplication">What runs the same program on the same task once; each time anew where silent.</param>
public sealed class CodeGrader(ThinkTags tags, CodeOptions options, SandboxPool sandbox, GeneratedTestStore? generated = null, Deduplication? deduplication = null)
{
    private readonly ProgramReading reading = new(tags, options.Extraction, sandbox, generated ?? new(sandbox));

    /// <summary>Grades one item.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<Verdict> GradeAsync(Item item, CodeTask task, CancellationToken cancellation)
    {
        var (read, none) = await reading.FindAsync(item, task, cancellation).ConfigureAwait(false);
        if (read is null)
        {
            return none!;
        }

        ValueTask<Verdict> Run() => new(RunAsync(task, read, cancellation));
        return deduplication is null ? await Run().ConfigureAwait(false) : await deduplication.OfAsync(
            "code", ProgramKey.Of(item, task, options, read.Found), Run, ProgramKey.BytesToKeep, cancellation).ConfigureAwait(false);
    }

    private async Task<Verdict> RunAsync(CodeTask task, ReadProgram read, CancellationToken cancellation)
    {
        var (found, program, tests, surroundings, made) = read;
        var early = RunsAnyway(found, program, tests) ? await TestAsync().ConfigureAwait(false) : default;
        var whole = !early.IsDefault && early.Any(report => report.Loaded) ? CompletenessReport.Complete : await reading.CheckAsync(read, cancellation).ConfigureAwait(false);
        if (whole.Fault is { } fault)
        {
            return Verdict.Failed(fault);
        }

        var reports = !early.IsDefault ? early
            : IsHopeless(whole, tests) ? [.. tests.Select((test, index) => TestReport.OfCompileError(index, test, whole.Error!))]
            : await TestAsync().ConfigureAwait(false);
        return Judge(task, tests, reports) with
        {
            Details = new CodeDetails(Shown.Head(found.Source, Shown.Program), found.Rule, reports.Count(Passed), reports)
            {
                LeftOut = found.LeftOut,
                Complete = whole.State,
                SyntaxError = whole.Error,
                MayDiffer = whole.MayDiffer,
                Groups = Score.Groups(task, tests, reports),
                Generated = made?.Source,
                Program = program,
            },
            Signals = [.. SignalsOf(found, program, whole, tests, reports).Distinct()],
        };

        Task<ImmutableArray<TestReport>> TestAsync() => new TestSequence(sandbox, options.StopAtFirstFailure).RunAsync(program, tests, surroundings, cancellation);
    }

    // A check of Python's runs whatever the program is, and compiles it first, as the parser does: where that went well, a run in the sandbox for the parser alone is saved.
    private static bool RunsAnyway(ProgramText found, CandidateProgram program, ImmutableArray<TestCase> tests) =>
        program.Language.Name == "python" && found.Files.Length == 1 && tests[0] is CheckTest;

    // What does not compile with one kind of test may do so with another, whose driver asks for less; and whether a check is
    // broken is the task's matter, whatever the candidate wrote.
    private static bool IsHopeless(CompletenessReport whole, ImmutableArray<TestCase> tests) =>
        whole.State is Completeness.Truncated or Completeness.Malformed && tests[0] is not CheckTest && tests.All(test => test.Kind == tests[0].Kind);

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

    private static IEnumerable<string> SignalsOf(
        ProgramText found, CandidateProgram program, CompletenessReport whole, ImmutableArray<TestCase> tests, ImmutableArray<TestReport> reports)
    {
        var shown = reports.Where(report => tests[report.Index].Visible).ToList();
        return reports.SelectMany(report => report.Signals)
            .Concat(whole.Signal is { } signal ? [signal] : [])
            .Concat(found.LeftOut.Any(file => file.Tampering) ? [Signal.CheckTampering] : [])
            .Concat(IsAboveSuspicion(tests, reports) ? [] : Suspicions.Of(program.Language.Name, found.Files.Select(file => file.Text)))
            .Concat(shown.Count > 0 && shown.TrueForAll(Passed) && !reports.All(Passed) ? [Signal.HiddenTestGap] : []);
    }

    // The output of a program that passes is what it is, however it came to be.
    private static bool IsAboveSuspicion(ImmutableArray<TestCase> tests, ImmutableArray<TestReport> reports) =>
        reports.All(Passed) && tests.All(test => test is StdioTest or FilesTest or InteractiveTest);
}
