using System.Runtime.InteropServices;

namespace RewardServer.Grading.Extraction.Words;

/// <summary>Hashes of words: the same in every process, as verdicts must be, and not meant to withstand anyone who looks for collisions.</summary>
internal static class WordHash
{
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;
    private const int UnitsAtOnce = sizeof(ulong) / sizeof(char);

    /// <summary>The hash of a word.</summary>
    public static ulong Of(ReadOnlySpan<char> word)
    {
        var hash = (ulong)word.Length;
        for (; word.Length >= UnitsAtOnce; word = word[UnitsAtOnce..])
        {
            hash = Mixed(hash ^ MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(word)));
        }

        var rest = 0ul;
        foreach (var unit in word)
        {
            rest = (rest << 16) | unit;
        }

        return Mixed(hash ^ rest);
    }

    /// <summary>The hash of a sequence that one more is added to.</summary>
    public static ulong Join(ulong sequence, ulong next) => Mixed(sequence + Multiplier) ^ next;

    private static ulong Mixed(ulong hash)
    {
        hash *= Multiplier;
        return hash ^ (hash >> 32);
    }
}
