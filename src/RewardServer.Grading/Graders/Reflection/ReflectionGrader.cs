using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Extraction;
using RewardServer.Grading.Extraction.Words;

namespace RewardServer.Grading.Graders.Reflection;

/// <summary>
/// How often the thinking stops to look at itself: "wait", "let me reconsider", 等等, … (DeepSeek-R1, section 2.2.4 and table 3, the "aha
/// moment".) The score is the number of different phrases, of three, so that saying one again and again earns nothing.
/// </summary>
/// <param name="tags">The tags of the rubric.</param>
/// <param name="options">Where phrases are counted.</param>
public sealed class ReflectionGrader(ThinkTags tags, ReflectionOptions options) : IGrader
{
    private const int Enough = 3;

    /// <summary>Its entry in the table of graders.</summary>
    public static GraderKind Kind { get; } = GraderKind.Of<ReflectionOptions>(
        "reflection",
        "How the thinking stops to look at itself: \"wait\", \"let me reconsider\", 等等.",
        (context, options) => new ReflectionGrader(context.Tags, options),
        defaultWeight: 0);

    /// <inheritdoc/>
    public ValueTask<Verdict> GradeAsync(Item item, Verdicts earlier, CancellationToken cancellation)
    {
        var found = ReflectionDetails.Of(Response.PartOf(item, tags, options.Part));
        return new(Verdict.Scored(
            Math.Min(1, (double)found.Phrases.Count / Enough),
            $"{found.Count} phrase{(found.Count == 1 ? "" : "s")} of reflection, {found.Phrases.Count} of them different, in {found.Words} words") with
        {
            Details = found,
        });
    }
}

/// <summary>The phrases that the grader "reflection" found.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Words">The words among which they stand.</param>
/// <param name="PerThousandWords">How many there are in 1,000 words.</param>
/// <param name="Phrases">How often each of them stands there.</param>
public sealed record ReflectionDetails(int Count, int Words, double PerThousandWords, ImmutableSortedDictionary<string, int> Phrases)
{
    /// <summary>Finds the phrases of a text.</summary>
    public static ReflectionDetails Of(ReadOnlySpan<char> text)
    {
        using var lowered = new LoweredText(text);
        var counts = ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        var reader = new PhraseReader(lowered.Text, ReflectionPhrases.All);
        var count = 0;
        while (reader.Next() is { } phrase)
        {
            counts[phrase.Text] = counts.GetValueOrDefault(phrase.Text) + 1;
            count++;
        }

        return new(count, reader.Words, reader.Words == 0 ? 0 : 1000.0 * count / reader.Words, counts.ToImmutable());
    }
}
