using System.Globalization;

namespace RewardServer.Grading.Extraction.Words;

/// <summary>What a character is to those who count or look for words.</summary>
internal enum CharKind : byte
{
    /// <summary>White space, or a control character.</summary>
    Space,

    /// <summary>Punctuation, a sign, half of a pair of surrogates.</summary>
    Symbol,

    /// <summary>A letter or digit, or what is written above or below one.</summary>
    Letter,

    /// <summary>A character of a script without spaces: Han, kana, Hangul, Thai, Lao, Khmer, Burmese. Each is a word.</summary>
    Alone,
}

/// <summary>Tells the kind of a character.</summary>
internal static class CharKinds
{
    // One byte for each UTF-16 unit: a text in one script uses a few lines of the cache.
    private static readonly CharKind[] All = [.. Enumerable.Range(0, char.MaxValue + 1).Select(unit => Classify((char)unit))];

    /// <summary>The kind of a UTF-16 unit.</summary>
    public static CharKind Of(char unit) => All[unit];

    private static CharKind Classify(char unit) =>
        char.IsWhiteSpace(unit) || char.IsControl(unit) ? CharKind.Space
        : IsAlone(unit) ? CharKind.Alone
        : char.IsLetterOrDigit(unit) || IsMark(unit) ? CharKind.Letter
        : CharKind.Symbol;

    // The first halves of the pairs that are Han; the second halves count as symbols, which belong to what they follow.
    private static bool IsAlone(char unit) =>
        unit is (>= '\u3041' and <= '\u30ff' and not '・') or (>= '\u31f0' and <= '\u31ff') or (>= '\uff66' and <= '\uff9f') // kana
            or (>= '\u4e00' and <= '\u9fff') or (>= '\u3400' and <= '\u4dbf') or (>= '\uf900' and <= '\ufaff') or (>= '\ud840' and <= '\ud8bf') or '々' or '〇'
            or (>= '\uac00' and <= '\ud7a3') or (>= '\u1100' and <= '\u11ff') or (>= '\u3131' and <= '\u318e') // Hangul
            or (>= '\u0e01' and <= '\u0e3a') or (>= '\u0e40' and <= '\u0e4e') // Thai
            or (>= '\u0e81' and <= '\u0ecd') or (>= '\u0edc' and <= '\u0edf') // Lao
            or (>= '\u1780' and <= '\u17d3') or '\u17d7' or '\u17dc' or '\u17dd' // Khmer
            or (>= '\u1000' and <= '\u103f') or (>= '\u1050' and <= '\u108f') or (>= '\u109a' and <= '\u109d'); // Burmese

    private static bool IsMark(char unit) =>
        char.GetUnicodeCategory(unit) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
