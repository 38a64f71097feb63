using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;
using RewardServer.Symbolics.Equivalence;

namespace RewardServer.Grading.Graders.Chain;

/// <summary>
/// The share of the equalities stated in the thinking that hold, of those that can be decided by value, with the first that does not. What it measures is whether steps are true, and not whether they lead anywhere:
/// a text may be flooded with what is true and trivial.
/// </summary>
/// <param name="tags">The tags of the rubric.</param>
/// <param name="options">Where they are looked for, and how many are judged.</param>
public sealed class ChainGrader(ThinkTags tags, ChainOptions options) : IGrader
{
    // All equalities of a text together: ten comparisons that use all of their steps, or some thousand of ordinary ones.
    private const int Steps = 300_000;

    /// <summary>Its entry in the table of graders.</summary>
    public static GraderKind Kind { get; } = GraderKind.Of<ChainOptions>(
        "chain",
        "The share of the equalities stated in the thinking that hold.",
        (context, options) => new ChainGrader(context.Tags, options.Checked()),
        defaultWeight: 0);

    /// <inheritdoc/>
    public ValueTask<Verdict> GradeAsync(Item item, Verdicts earlier, CancellationToken cancellation) => new(Grade(item));

    private Verdict Grade(Item item)
    {
        var text = Response.PartOf(item, tags, options.Part).ToString();
        var found = Different(text);
        var claims = new EqualityClaims(Steps);
        var (confirmed, wrong, undecided) = (0, 0, 0);
        FalseEquality? first = null;
        foreach (var equality in Spread(found, options.Most).Where(equality => Assertion.Holds(text, equality)))
        {
            var status = claims.Judge(equality.Left, equality.Right, equality.Approximate).Status;
            status = status == ClaimStatus.False && Doubt.IsIn(text, equality) ? ClaimStatus.Undecided : status;
            confirmed += status == ClaimStatus.Confirmed ? 1 : 0;
            wrong += status == ClaimStatus.False ? 1 : 0;
            undecided += status == ClaimStatus.Undecided ? 1 : 0;
            first ??= status == ClaimStatus.False ? new(equality.Start, equality.Left, equality.Right) : null;
        }

        return Judge(confirmed, wrong, first) with { Details = new ChainDetails(found.Count, confirmed, wrong, undecided) { FirstFalse = first } };
    }

    private static Verdict Judge(int confirmed, int wrong, FalseEquality? first) =>
        confirmed + wrong == 0 ? Verdict.Scored(0, "no equality that can be checked is stated")
        : first is null ? Verdict.Scored(1, $"{confirmed} of {confirmed} stated equalities hold")
        : Verdict.Scored((double)confirmed / (confirmed + wrong), $"{confirmed} of {confirmed + wrong} stated equalities hold; the first that does not is '{first.Left} = {first.Right}'");

    private static List<StatedEquality> Different(string text)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. StatedEqualities.In(text).Where(equality => !equality.IsEmpty && seen.Add(equality.Key)).OrderBy(equality => equality.Start)];
    }

    // The first ones alone would let a flood of true ones hide all that follows.
    private static IEnumerable<StatedEquality> Spread(List<StatedEquality> found, int most) =>
        found.Count <= most ? found : Enumerable.Range(0, most).Select(i => found[(int)((long)i * found.Count / most)]);
}
