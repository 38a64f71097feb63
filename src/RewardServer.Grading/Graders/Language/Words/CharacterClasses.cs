using System.Globalization;

namespace RewardServer.Grading.Graders.Language.Words;

/// <summary>The class of every character (Unicode's Scripts.txt, as far as it matters here), as a table that is made once.</summary>
internal static class CharacterClasses
{
    private const string Stops = "!?;\n\r\u2028\u2029…‼⁇⁈⁉。！？；．｡।॥؟۔؛";
    private const string Pauses = ",:()[]{}\"«»„“”‘‚‹›—–、，：､《》〈〉「」『』【】〔〕（）［］｛｝｢｣・،\t";
    private const string Marks = "$\\`<";

    // Letters that are the names of sets and units, not parts of words.
    private const char FirstLetterlike = '\u2100', LastLetterlike = '\u214F';

    // In the order in which they are tried.
    private static readonly (char First, char Last, CharacterClass Class)[] Ranges =
    [
        ('A', 'Z', CharacterClass.Latin), ('a', 'z', CharacterClass.Latin), ('\u00C0', '\u024F', CharacterClass.Latin),
        ('\u0250', '\u02AF', CharacterClass.Latin), ('\u1E00', '\u1EFF', CharacterClass.Latin), ('\u2C60', '\u2C7F', CharacterClass.Latin),
        ('\uA722', '\uA7FF', CharacterClass.Latin), ('\uAB30', '\uAB64', CharacterClass.Latin), ('ª', 'ª', CharacterClass.Latin), ('º', 'º', CharacterClass.Latin), ('\uFB00', '\uFB06', CharacterClass.Latin),
        ('Ａ', 'Ｚ', CharacterClass.Latin), ('ａ', 'ｚ', CharacterClass.Latin), ('\u1D00', '\u1D25', CharacterClass.Latin),
        ('\u00B5', '\u00B5', CharacterClass.Greek), ('\u0370', '\u03FF', CharacterClass.Greek), ('\u1F00', '\u1FFF', CharacterClass.Greek),
        ('\u0400', '\u052F', CharacterClass.Cyrillic), ('\u1C80', '\u1C8F', CharacterClass.Cyrillic), ('\uA640', '\uA69D', CharacterClass.Cyrillic),
        ('\u0620', '\u077F', CharacterClass.Arabic), ('\u08A0', '\u08FF', CharacterClass.Arabic), ('\uFB50', '\uFDFF', CharacterClass.Arabic),
        ('\uFE70', '\uFEFE', CharacterClass.Arabic), ('\u0900', '\u097F', CharacterClass.Devanagari), ('\uA8F2', '\uA8FF', CharacterClass.Devanagari),
        ('\u0E01', '\u0E4E', CharacterClass.Thai), 
        ('\u0E81', '\u0ECD', CharacterClass.Unspaced), ('\u0EDC', '\u0EDF', CharacterClass.Unspaced),
        ('\u1000', '\u103F', CharacterClass.Unspaced), ('\u1050', '\u108F', CharacterClass.Unspaced), ('\u109A', '\u109D', CharacterClass.Unspaced),
        ('\u1780', '\u17D3', CharacterClass.Unspaced), ('\u17D7', '\u17D7', CharacterClass.Unspaced), ('\u17DC', '\u17DD', CharacterClass.Unspaced),
        ('\u3041', '\u309F', CharacterClass.Kana), ('\u30A1', '\u30FF', CharacterClass.Kana),
        ('\u31F0', '\u31FF', CharacterClass.Kana), ('\uFF66', '\uFF9D', CharacterClass.Kana), ('\u1100', '\u115E', CharacterClass.Hangul),
        ('\u3131', '\u318E', CharacterClass.Hangul), ('\uA960', '\uA97C', CharacterClass.Hangul), ('\uAC00', '\uD7A3', CharacterClass.Hangul),
        ('\uFFA1', '\uFFDC', CharacterClass.Hangul), ('\u3005', '\u3007', CharacterClass.Han), ('\u3021', '\u3029', CharacterClass.Han),
        ('\u3400', '\u4DBF', CharacterClass.Han), ('\u4E00', '\u9FFF', CharacterClass.Han), ('\uF900', '\uFAFF', CharacterClass.Han),
    ];

    // Symbols that look like letters or Han characters and are used for them.
    private static readonly (char First, char Last, CharacterClass Class)[] LookAlikes =
        [('\u24B6', '\u24E9', CharacterClass.Latin), ('\u2E80', '\u2FDF', CharacterClass.Han)];

    // Letters that nothing is seen of, the second and third letters of a syllable written apart, voicing marks of narrow kana,
    // raised and lowered letters.
    private static readonly (char First, char Last)[] Unseen =
        [('\u115F', '\u11FF'), ('\u3164', '\u3164'), ('\uFFA0', '\uFFA0'), ('\uD7B0', '\uD7FB'), ('\uFF9E', '\uFF9F'), ('\u02B0', '\u02FF'), ('\u0640', '\u0640'),
        ('\u1D2C', '\u1D6A'), ('\u2071', '\u207F'), ('\u2090', '\u209C')];

    private static readonly CharacterClass[] Table = Make();

    /// <summary>The class of each character of the first plane.</summary>
    public static ReadOnlySpan<CharacterClass> All => Table;

    /// <summary>The class of a character beyond the first plane.</summary>
    public static CharacterClass OfPair(char high, char low)
    {
        var code = char.ConvertToUtf32(high, low);
        return code switch
        {
            >= 0x20000 and <= 0x3FFFF => CharacterClass.Han,
            // Letters in the shapes of mathematics, in which whole sentences can be written.
            >= 0x1D400 and <= 0x1D6A5 or >= 0x1F130 and <= 0x1F189 => CharacterClass.Latin,
            >= 0x1D6A6 and <= 0x1D7CB => CharacterClass.Greek,
            >= 0x1AFF0 and <= 0x1B16F => CharacterClass.Kana,
            _ => OfCategory(CharUnicodeInfo.GetUnicodeCategory(code)),
        };
    }

    private static CharacterClass[] Make()
    {
        var table = new CharacterClass[char.MaxValue + 1];
        for (var c = 0; c < table.Length; c++)
        {
            table[c] = Of((char)c);
        }

        return table;
    }

    private static CharacterClass Of(char c) =>
        Marks.Contains(c) ? CharacterClass.Mark
        : c == '.' ? CharacterClass.Dot
        : Stops.Contains(c) ? CharacterClass.Stop
        : Pauses.Contains(c) ? CharacterClass.Pause
        : char.IsSurrogate(c) ? CharacterClass.Surrogate
        : Array.Exists(Unseen, range => c >= range.First && c <= range.Last) ? CharacterClass.Joined
        : Find(LookAlikes, c) is { } alike ? alike
        : OfCategory(char.GetUnicodeCategory(c)) is var other && other != CharacterClass.Other && !char.IsBetween(c, '\u3007', '\u3029') ? other
        : c is >= FirstLetterlike and <= LastLetterlike ? CharacterClass.Blank
        : Find(Ranges, c) ?? other;

    private static CharacterClass? Find((char First, char Last, CharacterClass Class)[] ranges, char c)
    {
        foreach (var (first, last, found) in ranges)
        {
            if (c >= first && c <= last)
            {
                return found;
            }
        }

        return null;
    }

    private static CharacterClass OfCategory(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => CharacterClass.Other,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.Format => CharacterClass.Joined,
        _ => CharacterClass.Blank,
    };
}
