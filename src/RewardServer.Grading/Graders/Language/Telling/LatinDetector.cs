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

    /// <summary>The language of some words.</summary>
    /// <param name="words">Words with spaces between them.</param>
    /// <returns>The likeliest language, and whether it is sure.</returns>
    public (WrittenLanguage Language, bool Sure) Of(string words)
    {
        var confidences = detector.Value.ComputeLanguageConfidenceValues(words);
        var (likeliest, confidence) = (LinguaLanguage.Unknown, 0.0);
        foreach (var (language, value) in confidences)
        {
            if (value > confidence)
            {
                (likeliest, confidence) = (language, value);
            }
        }

        var found = languages.FirstOrDefault(language => LanguageTags.Lingua(language) == likeliest);
        return (found, confidence >= LeastConfidence && words.Length >= FewestLetters);
    }
}
