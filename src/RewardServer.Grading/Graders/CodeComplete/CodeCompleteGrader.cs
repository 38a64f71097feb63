using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code;
using RewardServer.Grading.Graders.Code.Parsing;

namespace RewardServer.Grading.Graders.CodeComplete;

/// <summary>
/// Whether the response holds a program that is whole: it parses, and where its language is compiled, it compiles. The first thing that
/// DeepSeek-R1 asks of code (supplementary 2.1). Nothing of the program runs.
/// </summary>
public sealed class CodeCompleteGrader : IGrader
{
    private readonly CodeCompleteOptions options;
    private readonly EarlierVerdict before;
    private readonly ProgramReading reading;
    private readonly Deduplication shared;

    /// <param name="context">What the rubric and the server give.</param>
    /// <param name="options">Where programs are looked for.</param>
    /// <exception cref="System.Text.Json.JsonException">An option is out of its range.</exception>
    public CodeCompleteGrader(GraderContext context, CodeCompleteOptions options)
    {
        (this.options, before) = (options.Checked(), EarlierVerdict.Named(context, options.Of));
        var resources = context.Resources;
        (reading, shared) = (new(context.Tags, options.Extraction, resources.Sandbox, resources.Generated), resources.Deduplication);
    }

    /// <summary>Its entry in the table of graders.</summary>
    public static GraderKind Kind { get; } = GraderKind.Of<CodeCompleteOptions>(
        "code-complete",
        "Whether the response holds a program that is whole, as its parser or compiler has it.",
        (context, options) => new CodeCompleteGrader(context, options));

    /// <inheritdoc/>
    public async ValueTask<Verdict> GradeAsync(Item item, Verdicts earlier, CancellationToken cancellation)
    {
        if (item.Task is not CodeTask task)
        {
            return Verdict.Skipped("only programs can be whole");
        }

        if (before.In(earlier) is { } known)
        {
            return known.Details is CodeDetails { Extracted: not null } details ? Judge(details.Complete, details.SyntaxError) : Bare(known);
        }

        var (read, none) = await reading.FindAsync(item, task, cancellation).ConfigureAwait(false);
        if (read is null)
        {
            return none! with { Details = null };
        }

        ValueTask<CompletenessReport> Check() => new(reading.CheckAsync(read, cancellation));
        var whole = await shared.OfAsync(
            "code-complete", ProgramKey.Of(item, task, null, read.Found), Check, ProgramKey.BytesToKeep, cancellation).ConfigureAwait(false);
        return whole.Fault is { } fault ? Verdict.Failed(fault)
            : Judge(whole.State, whole.Error) with { Signals = whole.Signal is { } signal ? [signal] : [] };
    }

    // The signals are the other component's to report.
    private static Verdict Bare(Verdict known) => known with { Details = null, Signals = [] };

    private Verdict Judge(Completeness state, string? error)
    {
        var (score, reason) = state switch
        {
            Completeness.Complete => (1, "the program is whole"),
            Completeness.Truncated => (0, $"the program breaks off: {error}"),
            Completeness.Malformed => (0, $"the program is malformed: {error}"),
            _ => (options.Unknown, "whether the program is whole is only told when it runs"),
        };
        return Verdict.Scored(score, reason) with { Details = new CodeCompleteDetails(state, error) };
    }
}
