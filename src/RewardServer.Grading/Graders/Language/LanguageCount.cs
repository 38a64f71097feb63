using System.Collections.Immutable;
using RewardServer.Grading.Graders.Language.Telling;
using RewardServer.Grading.Graders.Language.Words;

namespace RewardServer.Grading.Graders.Language;

/// <summary>How many words of which language a text has, and where they stand.</summary>
internal sealed class LanguageCount
{
    private const int MostSpans = 16, LongestHead = 60;

    private readonly string text;
    private readonly List<WordRun> runs;
    private readonly WrittenLanguage[] languages;
    private readonly int[] words = new int[LanguageTags.Count];

    private LanguageCount(string text, LatinDetector? latin, CancellationToken cancellation)
    {
        this.text = text;
        (runs, languages) = RunLanguages.Of(text, latin, cancellation);
        for (var i = 0; i < runs.Count; i++)
        {
            words[(int)languages[i]] += runs[i].Words;
            Words += runs[i].Words;
        }
    }

    /// <summary>How many words there are in all.</summary>
    public int Words { get; }

    /// <summary>Counts the words of a text. Linear in the text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="latin">What tells Latin-script languages apart; null where all Latin words are English.</param>
    /// <param name="cancellation">Ends the telling apart, which takes its time.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static LanguageCount Of(string text, LatinDetector? latin, CancellationToken cancellation) => new(text, latin, cancellation);

    /// <summary>How many words are of a language; those of Chinese that both ways of writing share are of either.</summary>
    public int Of(WrittenLanguage target)
    {
        var count = 0;
        for (var language = 0; language < words.Length; language++)
        {
            count += Is((WrittenLanguage)language, target) ? words[language] : 0;
        }

        return count;
    }

    /// <summary>Whether words of some language count as words of a target.</summary>
    public static bool Is(WrittenLanguage language, WrittenLanguage target) =>
        language == target
        || (language == WrittenLanguage.Chinese && IsChinese(target))
        || (target == WrittenLanguage.Chinese && IsChinese(language));

    /// <summary>What a person needs to see.</summary>
    public LanguageDetails Explain(WrittenLanguage target)
    {
        var (spans, count) = Spans(target);
        var all = Enumerable.Range(0, words.Length).Where(language => words[language] > 0).OrderByDescending(language => words[language])
            .Select(language => new LanguageWords(LanguageTags.Of((WrittenLanguage)language), words[language]));
        return new(LanguageTags.Of(target), Words, Of(target), [.. all], spans, count);
    }

    private static bool IsChinese(WrittenLanguage language) =>
        language is WrittenLanguage.Chinese or WrittenLanguage.ChineseSimplified or WrittenLanguage.ChineseTraditional;

    private (ImmutableArray<LanguageSpan> First, int Count) Spans(WrittenLanguage target)
    {
        var (first, count) = (ImmutableArray.CreateBuilder<LanguageSpan>(), 0);
        for (var i = 0; i < runs.Count; i++)
        {
            if (Is(languages[i], target))
            {
                continue;
            }

            var (start, number) = (i, runs[i].Words);
            for (; i + 1 < runs.Count && languages[i + 1] == languages[start]; i++)
            {
                number += runs[i + 1].Words;
            }

            count++;
            if (first.Count < MostSpans)
            {
                first.Add(SpanOf(start, i, number));
            }
        }

        return (first.ToImmutable(), count);
    }

    private LanguageSpan SpanOf(int first, int last, int number)
    {
        var (start, end) = (runs[first].Start, runs[last].End);
        return new(start, end - start, LanguageTags.Of(languages[first]), number, Shown.Head(text[start..end], LongestHead));
    }
}
