using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace RewardServer.Grading.Graders.Texts;

/// <summary>
/// Unicode's compatibility decomposition (normalisation form KD; Unicode Standard Annex 15). Two texts have the same one where they
/// have the same form KC. The runtime's own is that of its host, and none where globalization is invariant, as here.
/// </summary>
internal static class UnicodeDecomposition
{
    // Hangul syllables (Unicode 14.0, section 3.12).
    private const int FirstSyllable = 0xAC00, Syllables = 11_172, FirstLead = 0x1100, FirstVowel = 0x1161, BeforeFirstTail = 0x11A7, Tails = 28, VowelsAndTails = 21 * Tails;

    private static readonly Lazy<(FrozenDictionary<int, string> Mappings, FrozenDictionary<int, byte> Classes)> Table = new(Read);

    /// <summary>The decomposition; the text itself where it is ASCII. Half characters become U+FFFD. Nearly linear in the text.</summary>
    public static string Of(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        var (mappings, classes) = Table.Value;
        var result = new StringBuilder(text.Length);
        var marks = new List<(byte Class, int Order, Rune Mark)>();
        foreach (var rune in text.EnumerateRunes())
        {
            foreach (var part in Parts(rune, mappings).EnumerateRunes())
            {
                if (classes.TryGetValue(part.Value, out var order))
                {
                    marks.Add((order, marks.Count, part));
                    continue;
                }

                Flush(marks, result);
                result.Append(part);
            }
        }

        Flush(marks, result);
        return result.ToString();
    }

    // Marks above and below a letter come in the order of their classes, those of one class as they stood.
    private static void Flush(List<(byte Class, int Order, Rune Mark)> marks, StringBuilder result)
    {
        marks.Sort((one, other) => one.Class != other.Class ? one.Class.CompareTo(other.Class) : one.Order.CompareTo(other.Order));
        foreach (var (_, _, mark) in marks)
        {
            result.Append(mark);
        }

        marks.Clear();
    }

    private static string Parts(Rune rune, FrozenDictionary<int, string> mappings)
    {
        if (rune.Value is < FirstSyllable or >= FirstSyllable + Syllables)
        {
            return mappings.TryGetValue(rune.Value, out var parts) ? parts : rune.ToString();
        }

        var index = rune.Value - FirstSyllable;
        var (lead, vowel, tail) = (FirstLead + (index / VowelsAndTails), FirstVowel + (index % VowelsAndTails / Tails), BeforeFirstTail + (index % Tails));
        return tail == BeforeFirstTail ? $"{(char)lead}{(char)vowel}" : $"{(char)lead}{(char)vowel}{(char)tail}";
    }

    private static (FrozenDictionary<int, string> Mappings, FrozenDictionary<int, byte> Classes) Read()
    {
        using var stream = typeof(UnicodeDecomposition).Assembly.GetManifestResourceStream("unicode/compatibility.txt")!;
        using var reader = new StreamReader(stream);
        var mappings = new Dictionary<int, string>();
        var classes = new Dictionary<int, byte>();
        while (reader.ReadLine() is { } line)
        {
            foreach (var entry in line.StartsWith('#') ? [] : line.Split(' '))
            {
                if (entry.Split('=') is [var code, var parts])
                {
                    mappings.Add(Code(code), string.Concat(parts.Split('+').Select(part => char.ConvertFromUtf32(Code(part)))));
                }
                else if (entry.Split('-', ':') is [var first, var last, var order])
                {
                    for (var mark = Code(first); mark <= Code(last); mark++)
                    {
                        classes.Add(mark, byte.Parse(order, CultureInfo.InvariantCulture));
                    }
                }
            }
        }

        return (mappings.ToFrozenDictionary(), classes.ToFrozenDictionary());
    }

    private static int Code(string hexadecimal) => int.Parse(hexadecimal, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
