namespace RewardServer.Grading.Graders.Language.Words;

/// <summary>What a character is to the counting of words.</summary>
internal enum CharacterClass : byte
{
    /// <summary>Ends a word and counts nothing: white space, digits, punctuation, symbols.</summary>
    Blank,

    /// <summary>Belongs to the word around it and is none itself: combining marks, joiners, soft hyphens, marks of direction, nothing to see.</summary>
    Joined,

    /// <summary>Ends a sentence.</summary>
    Stop,

    /// <summary>A full stop, which ends a sentence only before white space.</summary>
    Dot,

    /// <summary>Ends a clause: a comma, a colon, a quotation mark, a bracket.</summary>
    Pause,

    /// <summary>May open what is not counted.</summary>
    Mark,

    /// <summary>Half of a character beyond the first plane.</summary>
    Surrogate,

    /// <summary>A Latin letter.</summary>
    Latin,

    /// <summary>A Cyrillic letter.</summary>
    Cyrillic,

    /// <summary>A Greek letter.</summary>
    Greek,

    /// <summary>An Arabic letter.</summary>
    Arabic,

    /// <summary>A Devanagari letter.</summary>
    Devanagari,

    /// <summary>A letter of another script.</summary>
    Other,

    /// <summary>A Han character: a word.</summary>
    Han,

    /// <summary>A kana: a word.</summary>
    Kana,

    /// <summary>A Hangul syllable, or the letter that begins one: a word.</summary>
    Hangul,

    /// <summary>A Thai character: a word.</summary>
    Thai,

    /// <summary>A Lao, Khmer or Burmese character: a word.</summary>
    Unspaced,
}
