using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code;
using RewardServer.Grading.Graders.Code.TestRuns;

namespace RewardServer.Grading.Graders.CodeRuns;

/// <summary>
/// Whether the program compiles and runs to its end on the inputs of the tests, whatever it answers: without a crash, an early exit, or
/// going over a limit. The second thing that DeepSeek-R1 asks of code (supplementary 2.1).
/// </summary>
public sealed class CodeRunsGrader : IGrader
{
    private readonly CodeRunsOptions options;
    private readonly EarlierVerdict before;
    private readonly CodeGrader code;

    /// <param name="context">What the rubric and the server give.</param>
    /// <param name="options">How tests count.</param>
    /// <exception cref="System.Text.Json.JsonException">An option is out of its range.</exception>
    public CodeRunsGrader(GraderContext context, CodeRunsOptions options)
    {
        (this.options, before) = (options.Checked(), EarlierVerdict.Named(context, options.Of));
        var resources = context.Resources;
        code = new(context.Tags, new() { Extraction = options.Extraction }, resources.Sandbox, resources.Generated, resources.Deduplication);
    }

    /// <summary>Its entry in the table of graders.</summary>
    public static GraderKind Kind { get; } = GraderKind.Of<CodeRunsOptions>(
        "code-runs",
        "Whether the program runs to its end on the inputs of the tests, whatever it answers.",
        (context, options) => new CodeRunsGrader(context, options));

    /// <inheritdoc/>
    public async ValueTask<Verdict> GradeAsync(Item item, Verdicts earlier, CancellationToken cancellation)
    {
        if (item.Task is not CodeTask task)
        {
            return Verdict.Skipped("only programs run");
        }

        // The signals of an earlier component are its own to report.
        var verdict = before.In(earlier) is { } known
            ? known with { Signals = [] }
            : await code.GradeAsync(item, task, cancellation).ConfigureAwait(false);
        return verdict is { Outcome: Outcome.Scored, Details: CodeDetails { Extracted: not null } details }
            ? Judge(details.Tests) with { Signals = verdict.Signals }
            : verdict with { Details = null };
    }

    private Verdict Judge(ImmutableArray<TestReport> tests)
    {
        var run = tests.Where(test => test.Status != TestStatus.NotRun).ToList();
        var ended = run.Find(test => !RunsToItsEnd(test.Status));
        var ran = run.Count(test => RunsToItsEnd(test.Status));
        var score = options.Tests == RunScoring.Fraction ? (double)ran / run.Count : ended is null ? 1 : 0;
        var reason = $"the program runs to its end on {ran} of {run.Count} tests";
        return Verdict.Scored(score, ended is null ? reason : $"{reason}; test {ended.Index}: {ended.Reason}") with
        {
            Details = new CodeRunsDetails(ran, run.Count, ended?.Index),
        };
    }

    private static bool RunsToItsEnd(TestStatus status) => status is TestStatus.Passed or TestStatus.WrongAnswer or TestStatus.PartlyRight;
}
