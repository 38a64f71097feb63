using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Graders.Repetition;

/// <summary>
/// Takes away for n-grams that were there before: (1 − distinct n-grams / n-grams) · maxPenalty.
/// ("Demystifying Long Chain-of-Thought Reasoning in LLMs", arXiv:2502.03373, its n-gram repetition penalty, as a share of the whole text as in open-r1; words are compared without punctuation.)
/// </summary>
/// <param name="tags">The tags of the rubric.</param>
/// <param name="options">How long n-grams are and what they cost.</param>
public sealed class RepetitionGrader(ThinkTags tags, RepetitionOptions options) : IGrader
{
    /// <summary>Its entry in the table of graders.</summary>
    public static GraderKind Kind { get; } = GraderKind.Of<RepetitionOptions>(
        "repetition",
        "The share of n-grams that were there before, as a penalty.",
        (context, options) => new RepetitionGrader(context.Tags, options.Checked()));

    /// <inheritdoc/>
    public ScoreRange Range => new(options.MaxPenalty, 0);

    /// <inheritdoc/>
    public string Explanation => $"From 0, where no {options.N} words in a row come twice, to {options.MaxPenalty}, in proportion to the share of those that were there before.";

    /// <inheritdoc/>
    public ValueTask<Verdict> GradeAsync(Item item, Verdicts earlier, CancellationToken cancellation) => new(Grade(item));

    private Verdict Grade(Item item)
    {
        var (total, distinct) = NGrams.Count(Response.PartOf(item, tags, options.Part), options.N);

        // Adding 0 makes 0 of -0.
        var score = total == 0 ? 0 : ((1 - ((double)distinct / total)) * options.MaxPenalty) + 0.0;
        return Verdict.Scored(score, $"{total - distinct} of {total} n-grams of {options.N} words were there before") with
        {
            Details = new RepetitionDetails(total, distinct),
        };
    }
}

/// <summary>What the grader "repetition" counted.</summary>
/// <param name="NGrams">The n-grams of the text.</param>
/// <param name="Distinct">How many of them differ.</param>
public sealed record RepetitionDetails(int NGrams, int Distinct);
