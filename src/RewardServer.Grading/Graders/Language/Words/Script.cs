namespace RewardServer.Grading.Graders.Language.Words;

/// <summary>What the words of a run are written in, as far as one look at each character tells.</summary>
internal enum Script : byte
{
    /// <summary>Letters that make no word: of several scripts at once, or without an end.</summary>
    None,

    /// <summary>Latin words.</summary>
    Latin,

    /// <summary>Cyrillic words.</summary>
    Cyrillic,

    /// <summary>Greek words; a single letter is a symbol.</summary>
    Greek,

    /// <summary>Arabic words.</summary>
    Arabic,

    /// <summary>Devanagari words.</summary>
    Devanagari,

    /// <summary>Words of any other script that has words.</summary>
    Other,

    /// <summary>Han characters and kana.</summary>
    HanAndKana,

    /// <summary>Hangul syllables.</summary>
    Hangul,

    /// <summary>Thai characters.</summary>
    Thai,
}
