using System.Collections.Immutable;
using Lingua;
using LinguaLanguage = Lingua.Language;

namespace RewardServer.Grading.Graders.Language.Telling;

/// <summary>
/// Tells languages in Latin letters apart, by Lingua's models of up to three letters: those of four and five make single
/// words surer and sentences not, and take twenty times the memory. What it loads is loaded with the first words, once for
/// all detectors of the process.
/// </summary>
internal sealed class LatinDetector
{
    // Below this many letters, or this confidence, words could be of several languages.
    private const int FewestLetters = 10;
    private const double LeastConfidence = 0.6;

    private readonly Lazy<LanguageDetector> detector;
    private readonly ImmutableArray<WrittenLanguage> languages;

    /// <param name="languages">Which languages there can be; at least two, all in Latin letters.</param>
    public LatinDetector(ImmutableArray<WrittenLanguage> languages)
    {
        this.languages = languages;
        detector = new(() => LanguageDetectorBuilder
            .FromLanguages([.. languages.Select(language => LanguageTags.Lingua(language)!.Value)])
            .WithLowAccuracyMode()
            .Build());
    }

    /// <summary>The language of some words; untold where they could be of several.</summary>
    /// <param name="words">Words with spaces between them.</param>
    public WrittenLanguage Of(string words)
    {
        if (words.Length < FewestLetters)
        {
            return WrittenLanguage.Untold;
        }

        var (likeliest, confidence) = Likeliest(words);
        return confidence >= LeastConfidence ? likeliest : WrittenLanguage.Untold;
    }

    /// <summary>The likeliest language of a text of which no part could be told; none where no letter is known.</summary>
    /// <param name="words">Words with spaces between them.</param>
    public WrittenLanguage Guess(string words)
    {
        var (likeliest, confidence) = Likeliest(words);
        return confidence > 0 ? likeliest : WrittenLanguage.None;
    }

    private (WrittenLanguage Language, double Confidence) Likeliest(string words)
    {
        var (likeliest, confidence) = (LinguaLanguage.Unknown, 0.0);
        foreach (var (language, value) in detector.Value.ComputeLanguageConfidenceValues(words))
        {
            (likeliest, confidence) = value > confidence ? (language, value) : (likeliest, confidence);
        }

        return (languages.FirstOrDefault(language => LanguageTags.Lingua(language) == likeliest), confidence);
    }
}
