using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using RewardServer.Grading.Graders.Language.Words;

namespace RewardServer.Grading.Graders.Language.Telling;

/// <summary>
/// The languages of a text's runs of words. Most are told by their script; Han characters that could be Chinese or Japanese, and
/// Latin words too few to tell, are of the language that stands beside them.
/// </summary>
internal static class RunLanguages
{
    // Hanja come in short words between Hangul.
    private const int LongestHanja = 4;

    // So few Han characters on their own can be a heading in either language.
    private const int LongestHeading = 8;

    // Letters of a text that are looked at where no run of it could be told.
    private const int LongestGuess = 1000;

    private static readonly SearchValues<char> Ukrainian = SearchValues.Create("іїєґІЇЄҐ");
    private static readonly SearchValues<char> NotRussian = SearchValues.Create("ўђјљњћџѓќѕәғқңөұүһӣӯҷҳЎЂЈЉЊЋЏЃЌЅӘҒҚҢӨҰҮҺӢӮҶҲ");
    private static readonly SearchValues<char> Russian = SearchValues.Create("ыэёъЫЭЁЪ");
    private static readonly SearchValues<char> NotArabic = SearchValues.Create("پچژگکیےٹڈڑںہھۀۂۇۆەێ");

    /// <summary>The words of a text, and the language of each run of them. Linear in the text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="latin">What tells Latin-script languages apart; null where all Latin words are English.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static (List<WordRun> Runs, WrittenLanguage[] Languages) Of(string text, LatinDetector? latin, CancellationToken cancellation)
    {
        var letters = latin is null ? null : new StringBuilder();
        var found = WordScanner.Scan(text, letters);
        var runs = CollectionsMarshal.AsSpan(found);
        var languages = new WrittenLanguage[runs.Length];
        var untold = false;
        for (var i = 0; i < runs.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            languages[i] = runs[i].Script == Script.Latin && latin is not null
                ? latin.Of(letters!.ToString(runs[i].Letters.Start.Value, runs[i].Letters.End.Value - runs[i].Letters.Start.Value))
                : ByScript(text, runs, i);
            untold |= languages[i] == WrittenLanguage.Untold;
        }

        if (untold)
        {
            TellByNeighbours(runs, languages);
            TellTheRest(text, runs, languages, latin, letters);
        }

        return (found, languages);
    }

    private static WrittenLanguage ByScript(string text, ReadOnlySpan<WordRun> runs, int at)
    {
        var run = runs[at];
        var words = text.AsSpan(run.Start..run.End);
        return run.Script switch
        {
            Script.Latin => WrittenLanguage.English,
            Script.HanAndKana => IsHanja(runs, at) ? WrittenLanguage.Korean : HanLanguage.Of(words, run),
            Script.Hangul => WrittenLanguage.Korean,
            Script.Cyrillic => CyrillicOf(words),
            Script.Arabic => words.ContainsAny(NotArabic) ? WrittenLanguage.OtherArabic : WrittenLanguage.Arabic,
            Script.Devanagari => WrittenLanguage.Hindi,
            Script.Thai => WrittenLanguage.Thai,
            Script.Greek => WrittenLanguage.Greek,
            Script.None => WrittenLanguage.None,
            _ => WrittenLanguage.Other,
        };
    }

    private static WrittenLanguage CyrillicOf(ReadOnlySpan<char> words) =>
        words.ContainsAny(Russian) ? WrittenLanguage.Russian
        : words.ContainsAny(Ukrainian) ? WrittenLanguage.Ukrainian
        : words.ContainsAny(NotRussian) ? WrittenLanguage.OtherCyrillic
        : WrittenLanguage.Russian;

    private static bool IsHanja(ReadOnlySpan<WordRun> runs, int at) =>
        runs[at].Kana == 0 && runs[at].Words <= LongestHanja && (IsHangul(runs, at, at - 1) || IsHangul(runs, at, at + 1));

    private static bool IsHangul(ReadOnlySpan<WordRun> runs, int at, int beside) =>
        beside >= 0 && beside < runs.Length && runs[beside].Script == Script.Hangul && runs[beside].Sentence == runs[at].Sentence;

    // First by the sentence, then by the text before, then by the text behind.
    private static void TellByNeighbours(ReadOnlySpan<WordRun> runs, WrittenLanguage[] languages)
    {
        foreach (var script in (ReadOnlySpan<Script>)[Script.HanAndKana, Script.Latin])
        {
            Spread(runs, languages, script, sameSentence: true, backwards: false);
            Spread(runs, languages, script, sameSentence: true, backwards: true);
            Spread(runs, languages, script, sameSentence: false, backwards: false);
            Spread(runs, languages, script, sameSentence: false, backwards: true);
        }
    }

    private static void TellTheRest(string text, ReadOnlySpan<WordRun> runs, WrittenLanguage[] languages, LatinDetector? latin, StringBuilder? letters)
    {
        var guess = WrittenLanguage.Untold;
        for (var i = 0; i < runs.Length; i++)
        {
            if (languages[i] == WrittenLanguage.Untold && runs[i].Script == Script.Latin)
            {
                guess = guess == WrittenLanguage.Untold ? latin!.Guess(letters!.ToString(0, Math.Min(letters.Length, LongestGuess))) : guess;
                languages[i] = guess;
            }
            else if (languages[i] is WrittenLanguage.Untold or WrittenLanguage.Chinese)
            {
                languages[i] = HanLanguage.ChineseOf(text.AsSpan(runs[i].Start..runs[i].End));
            }
        }
    }

    private static void Spread(ReadOnlySpan<WordRun> runs, WrittenLanguage[] languages, Script script, bool sameSentence, bool backwards)
    {
        var (told, sentence) = (WrittenLanguage.Untold, -1);
        for (var step = 0; step < runs.Length; step++)
        {
            var i = backwards ? runs.Length - 1 - step : step;
            if (runs[i].Script != script)
            {
                continue;
            }

            if (languages[i] == WrittenLanguage.Untold && (sameSentence ? sentence == runs[i].Sentence : IsHeading(runs[i])))
            {
                languages[i] = told;
            }

            if (languages[i] != WrittenLanguage.Untold)
            {
                (told, sentence) = (Language(languages[i]), runs[i].Sentence);
            }
        }
    }

    // What is told of Chinese is which characters a run has, and that is not its neighbour's.
    private static WrittenLanguage Language(WrittenLanguage language) =>
        language is WrittenLanguage.ChineseSimplified or WrittenLanguage.ChineseTraditional ? WrittenLanguage.Chinese : language;

    private static bool IsHeading(in WordRun run) => run.Script != Script.HanAndKana || run.Words <= LongestHeading;
}
