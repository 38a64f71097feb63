using System.Buffers;
using System.Numerics;

namespace RewardServer.Grading.Graders.Repetition;

/// <summary>Counts how many of some hashes differ.</summary>
public static class DistinctHashes
{
    // Hashes of ordinary texts are found in two probes or so; what takes more was made to.
    private const int ProbesEach = 16;

    /// <summary>How many differ. In time proportional to their number, and for hashes that were chosen to collide to its product with its logarithm.</summary>
    /// <param name="hashes">The hashes; in the end in any order.</param>
    public static int Count(Span<ulong> hashes)
    {
        var bits = BitOperations.Log2((uint)hashes.Length | 1) + 2;
        var table = ArrayPool<ulong>.Shared.Rent(1 << bits);
        try
        {
            table.AsSpan(0, 1 << bits).Clear();
            return Count(hashes, table.AsSpan(0, 1 << bits), 64 - bits) ?? CountSorted(hashes);
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(table);
        }
    }

    // Null where it would take too long.
    private static int? Count(ReadOnlySpan<ulong> hashes, Span<ulong> table, int shift)
    {
        var (distinct, zero, probes) = (0, 0, ProbesEach * (long)hashes.Length);
        foreach (var hash in hashes)
        {
            // 0 is what an empty slot holds.
            if (hash == 0)
            {
                zero = 1;
                continue;
            }

            var slot = (int)((hash * 0x9E37_79B9_7F4A_7C15) >> shift);
            for (; table[slot] != 0 && table[slot] != hash && probes > 0; probes--)
            {
                slot = (slot + 1) & (table.Length - 1);
            }

            if (probes == 0)
            {
                return null;
            }

            distinct += table[slot] == 0 ? 1 : 0;
            table[slot] = hash;
        }

        return distinct + zero;
    }

    private static int CountSorted(Span<ulong> hashes)
    {
        hashes.Sort();
        var distinct = hashes.IsEmpty ? 0 : 1;
        for (var i = 1; i < hashes.Length; i++)
        {
            distinct += hashes[i] == hashes[i - 1] ? 0 : 1;
        }

        return distinct;
    }
}
