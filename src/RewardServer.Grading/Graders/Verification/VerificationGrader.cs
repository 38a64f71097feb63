using System.Text.Json.Serialization;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Graders.Verification;

/// <summary>
/// Whether the thinking checks itself, without checking the same again and again, nor only when all is said: 0 without a check; else
/// the share of checks that repeat no earlier one, halved where the first stands in the last tenth.
/// </summary>
/// <param name="tags">The tags of the rubric.</param>
/// <param name="options">Where checks are looked for.</param>
public sealed class VerificationGrader(ThinkTags tags, VerificationOptions options) : IGrader
{
    private const double Late = 0.9;

    /// <summary>Its entry in the table of graders.</summary>
    public static GraderKind Kind { get; } = GraderKind.Of<VerificationOptions>(
        "verification",
        "Whether the thinking checks itself, each thing once and in time.",
        (context, options) => new VerificationGrader(context.Tags, options),
        defaultWeight: 0);

    /// <inheritdoc/>
    public ValueTask<Verdict> GradeAsync(Item item, Verdicts earlier, CancellationToken cancellation) =>
        new(Judged(SelfChecks.In(Response.PartOf(item, tags, options.Part))));

    private static Verdict Judged(VerificationDetails found)
    {
        if (found.First is not { } first)
        {
            return Verdict.Scored(0, "no self-check was found") with { Details = found };
        }

        var share = (double)(found.Checks - found.Repeated) / found.Checks;
        var reason = $"{found.Checks} self-check{(found.Checks == 1 ? "" : "s")}, of which {found.Repeated} {(found.Repeated == 1 ? "repeats" : "repeat")} an earlier one";
        return Verdict.Scored(first < Late ? share : share / 2, first < Late ? reason : $"{reason}; the first stands in the last tenth") with { Details = found };
    }
}

/// <summary>The self-checks that the grader "verification" found.</summary>
/// <param name="Checks">The sentences that announce or make a check.</param>
/// <param name="Repeated">How many of them check what an earlier one did, but for case, punctuation and connecting words.</param>
/// <param name="First">Where the first one stands, as a share of the text from 0 to 1; absent where there is none.</param>
/// <param name="Median">Where the one in the middle stands.</param>
/// <param name="LongestRunInLastThird">The most checks in a row there, each at most five sentences after the one before.</param>
public sealed record VerificationDetails(
    int Checks,
    int Repeated,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? First,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Median,
    int LongestRunInLastThird);
