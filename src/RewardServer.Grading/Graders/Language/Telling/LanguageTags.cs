using System.Collections.Frozen;
using System.Collections.Immutable;
using LinguaLanguage = Lingua.Language;

namespace RewardServer.Grading.Graders.Language.Telling;

/// <summary>What languages are called in options, results and reasons: by BCP 47 and in English.</summary>
internal static class LanguageTags
{
    private static readonly ImmutableArray<Entry> Entries =
    [
        new(WrittenLanguage.Chinese, "zh", "Chinese"),
        new(WrittenLanguage.ChineseSimplified, "zh-Hans", "simplified Chinese"),
        new(WrittenLanguage.ChineseTraditional, "zh-Hant", "traditional Chinese"),
        new(WrittenLanguage.English, "en", "English", LinguaLanguage.English),
        new(WrittenLanguage.Japanese, "ja", "Japanese"),
        new(WrittenLanguage.Korean, "ko", "Korean"),
        new(WrittenLanguage.Russian, "ru", "Russian"),
        new(WrittenLanguage.Arabic, "ar", "Arabic"),
        new(WrittenLanguage.Hindi, "hi", "Hindi"),
        new(WrittenLanguage.Thai, "th", "Thai"),
        new(WrittenLanguage.German, "de", "German", LinguaLanguage.German),
        new(WrittenLanguage.French, "fr", "French", LinguaLanguage.French),
        new(WrittenLanguage.Spanish, "es", "Spanish", LinguaLanguage.Spanish),
        new(WrittenLanguage.Italian, "it", "Italian", LinguaLanguage.Italian),
        new(WrittenLanguage.Portuguese, "pt", "Portuguese", LinguaLanguage.Portuguese),
        new(WrittenLanguage.Dutch, "nl", "Dutch", LinguaLanguage.Dutch),
        new(WrittenLanguage.Polish, "pl", "Polish", LinguaLanguage.Polish),
        new(WrittenLanguage.Czech, "cs", "Czech", LinguaLanguage.Czech),
        new(WrittenLanguage.Swedish, "sv", "Swedish", LinguaLanguage.Swedish),
        new(WrittenLanguage.Danish, "da", "Danish", LinguaLanguage.Danish),
        new(WrittenLanguage.Norwegian, "nb", "Norwegian", LinguaLanguage.Bokmal),
        new(WrittenLanguage.Finnish, "fi", "Finnish", LinguaLanguage.Finnish),
        new(WrittenLanguage.Hungarian, "hu", "Hungarian", LinguaLanguage.Hungarian),
        new(WrittenLanguage.Romanian, "ro", "Romanian", LinguaLanguage.Romanian),
        new(WrittenLanguage.Turkish, "tr", "Turkish", LinguaLanguage.Turkish),
        new(WrittenLanguage.Vietnamese, "vi", "Vietnamese", LinguaLanguage.Vietnamese),
        new(WrittenLanguage.Indonesian, "id", "Indonesian", LinguaLanguage.Indonesian),
    ];

    // What words can be found to be of and no target can be.
    private static readonly ImmutableArray<Entry> Others =
    [
        new(WrittenLanguage.Ukrainian, "uk", "Ukrainian"),
        new(WrittenLanguage.OtherCyrillic, "und-Cyrl", "another language in Cyrillic"),
        new(WrittenLanguage.OtherArabic, "und-Arab", "another language in Arabic letters"),
        new(WrittenLanguage.Greek, "el", "Greek"),
        new(WrittenLanguage.Other, "und", "another language"),
        new(WrittenLanguage.None, "zxx", "no language"),
    ];

    private static readonly FrozenDictionary<string, Entry> ByTag = Entries.ToFrozenDictionary(entry => entry.Tag, StringComparer.Ordinal);
    private static readonly FrozenDictionary<WrittenLanguage, Entry> All = Entries.AddRange(Others).ToFrozenDictionary(entry => entry.Language);

    /// <summary>How many languages there are, told and untold.</summary>
    public const int Count = (int)WrittenLanguage.Indonesian + 1;

    /// <summary>The tags that options can name.</summary>
    public static IEnumerable<string> Known => Entries.Select(entry => entry.Tag);

    /// <summary>The language of a tag; null where no option can name it.</summary>
    public static WrittenLanguage? Find(string? tag) => tag is not null && ByTag.TryGetValue(tag, out var entry) ? entry.Language : null;

    /// <summary>A language's tag.</summary>
    public static string Of(WrittenLanguage language) => All[language].Tag;

    /// <summary>A language's name in English.</summary>
    public static string Name(WrittenLanguage language) => All[language].Name;

    /// <summary>Lingua's name of a language in Latin letters; null for one in other letters.</summary>
    public static LinguaLanguage? Lingua(WrittenLanguage language) => All[language].Lingua;

    private sealed record Entry(WrittenLanguage Language, string Tag, string Name, LinguaLanguage? Lingua = null);
}
