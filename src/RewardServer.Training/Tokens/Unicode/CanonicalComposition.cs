using System.Text;

namespace RewardServer.Training.Tokens.Unicode;

/// <summary>
/// Unicode's normalization form C (UAX 15), in which the tokenizers of Qwen read texts. The platform's own does nothing where globalization is
/// invariant, as it is here.
/// </summary>
internal static class CanonicalComposition
{
    private const int Syllables = 0xAC00;
    private const int Leads = 0x1100;
    private const int Vowels = 0x1161;
    private const int Trails = 0x11A7;
    private const int VowelCount = 21;
    private const int TrailCount = 28;
    private const int SyllableCount = 19 * VowelCount * TrailCount;

    private static readonly CanonicalTable Table = CanonicalTable.Read();

    /// <summary>The text in form C. It must be well-formed UTF-16.</summary>
    public static string Of(string text)
    {
        // Nothing below U+0300 combines, and no two of them compose.
        if (!text.AsSpan().ContainsAnyInRange('\u0300', '\uFFFF'))
        {
            return text;
        }

        var parts = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            Decompose(rune.Value, parts);
        }

        Order(parts);
        var composed = new StringBuilder(text.Length);
        foreach (var part in Compose(parts))
        {
            composed.Append(char.ConvertFromUtf32(part));
        }

        return composed.ToString();
    }

    private static void Decompose(int character, List<int> parts)
    {
        if (character is >= Syllables and < Syllables + SyllableCount)
        {
            var index = character - Syllables;
            parts.Add(Leads + index / (VowelCount * TrailCount));
            parts.Add(Vowels + index / TrailCount % VowelCount);
            if (index % TrailCount > 0)
            {
                parts.Add(Trails + index % TrailCount);
            }
        }
        else if (Table.Decompositions.TryGetValue(character, out var pieces))
        {
            foreach (var piece in pieces)
            {
                Decompose(piece, parts);
            }
        }
        else
        {
            parts.Add(character);
        }
    }

    // Marks between two starters stand by their class; those of one class stay in their order.
    private static void Order(List<int> parts)
    {
        for (var start = 0; start < parts.Count; start++)
        {
            var end = start;
            while (end < parts.Count && Table.Class(parts[end]) > 0)
            {
                end++;
            }

            if (end - start > 1)
            {
                var sorted = parts.GetRange(start, end - start).OrderBy(Table.Class).ToArray();
                parts.RemoveRange(start, end - start);
                parts.InsertRange(start, sorted);
            }

            start = end;
        }
    }

    private static List<int> Compose(List<int> parts)
    {
        var result = new List<int>(parts.Count);
        var starter = -1;
        var last = 0;
        foreach (var part in parts)
        {
            var kind = Table.Class(part);
            // A character composes with the last starter unless one of its class, or another starter, stands between.
            var adjacent = starter == result.Count - 1;
            if (starter >= 0 && (adjacent || last < kind) && Pair(result[starter], part) is { } pair)
            {
                result[starter] = pair;
                continue;
            }

            result.Add(part);
            starter = kind == 0 ? result.Count - 1 : starter;
            last = kind;
        }

        return result;
    }

    private static int? Pair(int first, int second)
    {
        if (first is >= Leads and < Leads + 19 && second is >= Vowels and < Vowels + VowelCount)
        {
            return Syllables + ((first - Leads) * VowelCount + second - Vowels) * TrailCount;
        }

        if (first is >= Syllables and < Syllables + SyllableCount && (first - Syllables) % TrailCount == 0 && second is > Trails and < Trails + TrailCount)
        {
            return first + second - Trails;
        }

        return Table.Compositions.TryGetValue((first, second), out var pair) ? pair : null;
    }
}
