namespace RewardServer.Grading.Graders.Language.Telling;

/// <summary>A language that words can be found to be of.</summary>
internal enum WrittenLanguage : byte
{
    /// <summary>Not told yet.</summary>
    Untold,

    /// <summary>None: letters that make no word.</summary>
    None,

    /// <summary>Chinese in characters that both ways of writing share.</summary>
    Chinese,

    /// <summary>Chinese in simplified characters.</summary>
    ChineseSimplified,

    /// <summary>Chinese in traditional characters.</summary>
    ChineseTraditional,

    /// <summary>Japanese.</summary>
    Japanese,

    /// <summary>Korean.</summary>
    Korean,

    /// <summary>Russian, or another language that only Russian's letters are seen of.</summary>
    Russian,

    /// <summary>Ukrainian.</summary>
    Ukrainian,

    /// <summary>Another language in Cyrillic.</summary>
    OtherCyrillic,

    /// <summary>Arabic.</summary>
    Arabic,

    /// <summary>Persian, Urdu or another language in more than Arabic's letters.</summary>
    OtherArabic,

    /// <summary>Hindi, or another language in Devanagari.</summary>
    Hindi,

    /// <summary>Thai.</summary>
    Thai,

    /// <summary>Greek.</summary>
    Greek,

    /// <summary>A language in a script of its own that is no target.</summary>
    Other,

    /// <summary>English, or where no others are configured, any language in Latin letters.</summary>
    English,

    /// <summary>German.</summary>
    German,

    /// <summary>French.</summary>
    French,

    /// <summary>Spanish.</summary>
    Spanish,

    /// <summary>Italian.</summary>
    Italian,

    /// <summary>Portuguese.</summary>
    Portuguese,

    /// <summary>Dutch.</summary>
    Dutch,

    /// <summary>Polish.</summary>
    Polish,

    /// <summary>Czech.</summary>
    Czech,

    /// <summary>Swedish.</summary>
    Swedish,

    /// <summary>Danish.</summary>
    Danish,

    /// <summary>Norwegian (Bokmål).</summary>
    Norwegian,

    /// <summary>Finnish.</summary>
    Finnish,

    /// <summary>Hungarian.</summary>
    Hungarian,

    /// <summary>Romanian.</summary>
    Romanian,

    /// <summary>Turkish.</summary>
    Turkish,

    /// <summary>Vietnamese.</summary>
    Vietnamese,

    /// <summary>Indonesian.</summary>
    Indonesian,
}
