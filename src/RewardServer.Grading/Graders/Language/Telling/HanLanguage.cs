using RewardServer.Grading.Graders.Language.Words;

namespace RewardServer.Grading.Graders.Language.Telling;

/// <summary>Whether Han characters and kana are Japanese or Chinese, and which Chinese.</summary>
internal static class HanLanguage
{
    // So many Han characters without a kana are no Japanese sentence.
    private const int LongestKanji = 12;

    // One in so many characters that today's Japanese has not is more than Japanese has.
    private const int RareInJapanese = 8;

    /// <summary>The language of a run; untold where it could be of either.</summary>
    public static WrittenLanguage Of(ReadOnlySpan<char> text, in WordRun run)
    {
        var (han, notJapanese, notCommon, onlyJapanese, simplified, traditional) = (0, 0, 0, 0, 0, 0);
        foreach (var c in text)
        {
            if (CharacterClasses.All[c] == CharacterClass.Han)
            {
                var use = HanCharacters.Of(c);
                han++;
                notJapanese += (use & HanUse.Japanese) == 0 ? 1 : 0;
                notCommon += (use & HanUse.CommonJapanese) == 0 ? 1 : 0;
                onlyJapanese += (use & HanUse.OnlyJapanese) != 0 ? 1 : 0;
                simplified += (use & HanUse.Simplified) != 0 ? 1 : 0;
                traditional += (use & HanUse.Traditional) != 0 ? 1 : 0;
            }
        }

        var chinese = simplified > traditional ? WrittenLanguage.ChineseSimplified
            : traditional > simplified ? WrittenLanguage.ChineseTraditional
            : WrittenLanguage.Chinese;
        if (run.Kana > 0)
        {
            // A kana or two do not make a Chinese sentence Japanese.
            return notJapanese > run.Kana || notCommon > 2 * run.Kana ? chinese : WrittenLanguage.Japanese;
        }

        return notJapanese > onlyJapanese || notCommon * RareInJapanese > han ? chinese
            : onlyJapanese > 0 ? WrittenLanguage.Japanese
            : han > LongestKanji ? chinese
            : WrittenLanguage.Untold;
    }

    /// <summary>Which Chinese a run is that turned out to be Chinese.</summary>
    public static WrittenLanguage ChineseOf(ReadOnlySpan<char> text)
    {
        var told = 0;
        foreach (var c in text)
        {
            var use = HanCharacters.Of(c);
            told += (use & HanUse.Simplified) != 0 ? 1 : (use & HanUse.Traditional) != 0 ? -1 : 0;
        }

        return told > 0 ? WrittenLanguage.ChineseSimplified : told < 0 ? WrittenLanguage.ChineseTraditional : WrittenLanguage.Chinese;
    }
}
