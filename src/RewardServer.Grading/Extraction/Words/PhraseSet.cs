using System.Runtime.InteropServices;

namespace RewardServer.Grading.Extraction.Words;

/// <summary>Phrases that are looked for together, found by their first words.</summary>
internal sealed class PhraseSet
{
    // At least twice as many as there are first words, so that most words of a text meet an empty slot.
    private const int SlotBits = 10;

    private const int UnitsOfKey = sizeof(ulong) / sizeof(char);

    private readonly ulong[] keys = new ulong[1 << SlotBits];
    private readonly Phrase[]?[] phrases = new Phrase[]?[1 << SlotBits];

    /// <param name="written">The phrases, each as <see cref="Phrase"/> takes it.</param>
    public PhraseSet(params IEnumerable<string> written)
    {
        var byKey = written.Distinct().Select(text => new Phrase(text)).GroupBy(phrase => KeyOf(phrase.FirstWord, 0, phrase.FirstWord.Length)).ToArray();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(byKey.Length, keys.Length / 2, nameof(written));
        foreach (var group in byKey)
        {
            var slot = SlotOf(group.Key);
            keys[slot] = group.Key;
            phrases[slot] = [.. group.OrderByDescending(phrase => phrase.Length)];
        }
    }

    /// <summary>The longest phrase that stands at the start of a word; null where there is none.</summary>
    /// <param name="text">In lower case.</param>
    /// <param name="start">Where the word begins.</param>
    /// <param name="end">Where it ends.</param>
    public Phrase? At(ReadOnlySpan<char> text, int start, int end)
    {
        var candidates = phrases[SlotOf(KeyOf(text, start, end))];
        for (var i = 0; i < candidates?.Length; i++)
        {
            if (candidates[i].StandsAt(text, start))
            {
                return candidates[i];
            }
        }

        return null;
    }

    // The slot of a key, or the empty one where it would stand.
    private int SlotOf(ulong key)
    {
        var slot = (int)((key * 0x9E37_79B9_7F4A_7C15) >> (64 - SlotBits));
        while (keys[slot] != key && keys[slot] != 0)
        {
            slot = (slot + 1) & (keys.Length - 1);
        }

        return slot;
    }

    // Four characters tell most words apart, and are read at once: no branch that could be foretold wrongly at every other word.
    private static ulong KeyOf(ReadOnlySpan<char> text, int start, int end)
    {
        var length = Math.Min(end - start, UnitsOfKey);
        if (start + UnitsOfKey <= text.Length)
        {
            return MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(text[start..])) & (ulong.MaxValue >> (64 - (16 * length)));
        }

        var key = 0ul;
        for (var i = 0; i < length; i++)
        {
            key |= (ulong)text[start + i] << (16 * i);
        }

        return key;
    }
}
