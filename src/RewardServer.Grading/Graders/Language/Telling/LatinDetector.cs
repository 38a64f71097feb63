using System.Collections.Immutable;

namespace RewardServer.Grading.Graders.Language.Telling;

/// <summary>
/// Tells languages in Latin letters apart, by how likely their letters follow each other: naive Bayes over three letters at a time, as
/// Lingua's low accuracy mode has it, whose models these are. The models are read with the first words.
/// </summary>
internal sealed class LatinDetector
{
    // Below this many letters, or this confidence, words could be of several languages.
    private const int FewestLetters = 10;
    private const double LeastConfidence = 0.6;

    private readonly ImmutableArray<WrittenLanguage> languages;
    private readonly Lazy<LetterModel[]> models;

    /// <param name="languages">Which languages there can be; at least two, all in Latin letters.</param>
    public LatinDetector(ImmutableArray<WrittenLanguage> languages)
    {
        this.languages = languages;
        models = new(() => [.. languages.Select(LetterModel.Of)]);
    }

    /// <summary>The language of some words; untold where they could be of several. Linear in the words.</summary>
    /// <param name="words">Words with spaces between them.</param>
    /// <exception cref="IOException">The models are not there.</exception>
    public WrittenLanguage Of(ReadOnlySpan<char> words)
    {
        if (words.Length < FewestLetters)
        {
            return WrittenLanguage.Untold;
        }

        var (likeliest, confidence) = Likeliest(words);
        return confidence >= LeastConfidence ? likeliest : WrittenLanguage.Untold;
    }

    /// <summary>The likeliest language of a text of which no part could be told; none where no word has three letters.</summary>
    /// <param name="words">Words with spaces between them.</param>
    /// <exception cref="IOException">The models are not there.</exception>
    public WrittenLanguage Guess(ReadOnlySpan<char> words) => Likeliest(words).Language;

    private (WrittenLanguage Language, double Confidence) Likeliest(ReadOnlySpan<char> words)
    {
        Span<double> sums = stackalloc double[languages.Length];
        sums.Clear();
        if (!Add(words, models.Value, sums))
        {
            return (WrittenLanguage.None, 0);
        }

        var (best, others) = (0, 0.0);
        for (var i = 1; i < sums.Length; i++)
        {
            best = sums[i] > sums[best] ? i : best;
        }

        foreach (var sum in sums)
        {
            others += Math.Exp(sum - sums[best]);
        }

        return (languages[best], 1 / others);
    }

    // Whether there was anything to add.
    private static bool Add(ReadOnlySpan<char> words, LetterModel[] models, Span<double> sums)
    {
        var (first, second, added) = (' ', ' ', false);
        foreach (var c in words)
        {
            if (c is '\'' or '’')
            {
                continue;
            }

            var third = char.ToLowerInvariant(c);
            if (first != ' ' && second != ' ' && third != ' ')
            {
                added = true;
                for (var i = 0; i < models.Length; i++)
                {
                    sums[i] += models[i].Likelihood(first, second, third);
                }
            }

            (first, second) = (second, third);
        }

        return added;
    }
}
