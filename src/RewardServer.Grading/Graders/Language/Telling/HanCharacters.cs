using System.Text;

namespace RewardServer.Grading.Graders.Language.Telling;

/// <summary>
/// Which Han characters are used where, read out of the national character sets that .NET can decode: GB 2312 (simplified
/// Chinese), Big5 (traditional Chinese) and JIS X 0208 (Japanese). Made once, when the first is asked for.
/// </summary>
internal static class HanCharacters
{
    private const char First = '\u4E00', Last = '\u9FFF';
    private static readonly HanUse[] Uses = Make();

    /// <summary>What a character tells; nothing for one outside of the first block of Han characters.</summary>
    public static HanUse Of(char c) => c is >= First and <= Last ? Uses[c - First] : HanUse.Any;

    private static HanUse[] Make()
    {
        var sets = new CharacterSets[Last - First + 1];

        // Rows 16 to 55 of GB 2312 and what comes before 0xC940 in Big5 are the common characters; so is level 1 of JIS X 0208.
        Add(sets, 936, 0xB0, 0xF7, 0xA1, 0xFE, lead => lead <= 0xD7 ? CharacterSets.Gb | CharacterSets.CommonGb : CharacterSets.Gb);
        Add(sets, 950, 0xA4, 0xF9, 0x40, 0xFE, lead => lead < 0xC9 ? CharacterSets.Big5 | CharacterSets.CommonBig5 : CharacterSets.Big5);
        Add(sets, 20932, 0xB0, 0xF4, 0xA1, 0xFE, lead => lead < 0xD0 ? CharacterSets.Jis | CharacterSets.CommonJis : CharacterSets.Jis);
        return Array.ConvertAll(sets, Told);
    }

    private static HanUse Told(CharacterSets sets)
    {
        var (simplified, traditional, japanese) = (sets.HasFlag(CharacterSets.Gb), sets.HasFlag(CharacterSets.Big5), sets.HasFlag(CharacterSets.Jis));
        var onlySimplified = (simplified && !traditional) || (sets.HasFlag(CharacterSets.CommonGb) && !sets.HasFlag(CharacterSets.CommonBig5));
        var onlyTraditional = sets.HasFlag(CharacterSets.CommonBig5) && !simplified;
        return (japanese ? HanUse.Japanese : HanUse.Any)
            | (sets.HasFlag(CharacterSets.CommonJis) ? HanUse.CommonJapanese : HanUse.Any)
            | (onlySimplified ? HanUse.Simplified : HanUse.Any)
            | (onlyTraditional ? HanUse.Traditional : HanUse.Any)
            | (japanese && !simplified && !traditional ? HanUse.OnlyJapanese : HanUse.Any);
    }

    private static void Add(CharacterSets[] sets, int codePage, int firstLead, int lastLead, int firstTrail, int lastTrail, Func<int, CharacterSets> set)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(codePage, EncoderFallback.ReplacementFallback, DecoderFallback.ReplacementFallback)!;
        Span<byte> bytes = stackalloc byte[2];
        Span<char> decoded = stackalloc char[4];
        for (var lead = firstLead; lead <= lastLead; lead++)
        {
            for (var trail = firstTrail; trail <= lastTrail; trail++)
            {
                (bytes[0], bytes[1]) = ((byte)lead, (byte)trail);
                if (encoding.GetChars(bytes, decoded) == 1 && decoded[0] is >= First and <= Last)
                {
                    sets[decoded[0] - First] |= set(lead);
                }
            }
        }
    }

    [Flags]
    private enum CharacterSets : byte
    {
        None = 0,
        Gb = 1,
        CommonGb = 2,
        Big5 = 4,
        CommonBig5 = 8,
        Jis = 16,
        CommonJis = 32,
    }
}

/// <summary>What a Han character tells of the language that it stands in.</summary>
[Flags]
internal enum HanUse : byte
{
    /// <summary>Nothing.</summary>
    Any = 0,

    /// <summary>It is in JIS X 0208.</summary>
    Japanese = 1,

    /// <summary>It is in level 1 of JIS X 0208, the characters of today's Japanese.</summary>
    CommonJapanese = 2,

    /// <summary>Simplified Chinese has it, and traditional Chinese hardly.</summary>
    Simplified = 4,

    /// <summary>Traditional Chinese has it, and simplified Chinese not.</summary>
    Traditional = 8,

    /// <summary>Japanese has it, and neither way of writing Chinese: a character simplified or made in Japan.</summary>
    OnlyJapanese = 16,
}
