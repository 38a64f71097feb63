using RewardServer.Grading.Completions;

namespace RewardServer.Grading.Graders.Length;

/// <summary>
/// What a completion earns for its length. One that was cut off would have been longer: it counts as no shorter than the limit, in either
/// shape. None is left out for it (DAPO's overlong filtering is the trainer's to do), or writing on would be a way out of a bad reward.
/// </summary>
/// <param name="options">The shape and its bounds.</param>
public sealed class LengthGrader(LengthOptions options) : IGrader
{
    private readonly RightAnswer answer = new(options.Of, options.PassAt);

    /// <summary>Its entry in the table of graders.</summary>
    public static GraderKind Kind { get; } = GraderKind.Of<LengthOptions>(
        "length",
        "What a completion earns for its length: cosine-scaled by whether it is right, or DAPO's soft overlong penalty.",
        (context, options) => new LengthGrader(options.Checked(context)));

    /// <inheritdoc/>
    public ScoreRange Range => options.Shape == LengthShape.Overlong ? new(-1, 0) : new(options.Exceeded ?? options.MinWrong, options.MaxRight);

    /// <inheritdoc/>
    public string Explanation => options.Shape == LengthShape.Overlong
        ? $"0 up to {options.MaxTokens - options.Cache} tokens, falling to -1 at {options.MaxTokens}."
        : $"Where {options.Of} is at least {options.PassAt}, from {options.MaxRight} for the shortest to {options.MinRight} at {options.MaxTokens} tokens; "
            + $"else from {options.MinWrong} to {options.MaxWrong}"
            + (options.Exceeded is { } exceeded ? $"; {exceeded} for what is no shorter than that." : ".");

    /// <inheritdoc/>
    public ValueTask<Verdict> GradeAsync(Item item, Verdicts earlier, CancellationToken cancellation) =>
        new(options.Shape == LengthShape.Overlong ? Overlong(item) : Cosine(item, earlier));

    private Verdict Overlong(Item item) => Scored(item, counted => LengthScore.Overlong(counted, options), "");

    private Verdict Cosine(Item item, Verdicts earlier)
    {
        var (right, unjudged) = answer.In(earlier);
        return unjudged ?? Scored(item, counted => LengthScore.Cosine(right, counted, options), right ? "right, and " : "wrong, and ");
    }

    private Verdict Scored(Item item, Func<int, double> score, string start)
    {
        var length = CompletionLength.Of(item);
        var counted = item.Truncated ? Math.Max(length.Count, options.MaxTokens) : length.Count;
        return Verdict.Scored(score(counted), $"{start}{length} of {options.MaxTokens} long{(item.Truncated ? ", where it was cut off: it counts as no shorter than that" : "")}") with
        {
            Details = new LengthDetails(length.Count, length.Unit),
        };
    }
}

/// <summary>What the grader "length" counted.</summary>
/// <param name="Length">How long the completion is.</param>
/// <param name="Unit">In tokens, as the caller counted them, or in words.</param>
public sealed record LengthDetails(int Length, LengthUnit Unit);
