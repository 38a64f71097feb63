using System.Text;
using System.Text.Json;
using RewardServer.Training.Tokens;

namespace RewardServer.Training.Tests.Tokens;

/// <summary>Byte pairs as they are defined, with Qwen's split by hand, slow and plain: what the tokenizer is compared with.</summary>
internal sealed class BytePairReference
{
    private readonly Dictionary<string, int> vocabulary = [];
    private readonly Dictionary<(string, string), int> ranks = [];

    public static BytePairReference Read(string folder)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "tokenizer.json")));
        var model = document.RootElement.GetProperty("model");
        var reference = new BytePairReference();
        foreach (var token in model.GetProperty("vocab").EnumerateObject())
        {
            reference.vocabulary.Add(token.Name, token.Value.GetInt32());
        }

        foreach (var merge in model.GetProperty("merges").EnumerateArray())
        {
            reference.ranks.Add((merge[0].GetString()!, merge[1].GetString()!), reference.ranks.Count);
        }

        return reference;
    }

    public int[] Encode(string text)
    {
        // The runes of form C; what that is has its own tests.
        var runes = RewardServer.Training.Tokens.Unicode.CanonicalComposition.Of(text).EnumerateRunes().ToArray();
        var tokens = new List<int>();
        for (var start = 0; start < runes.Length;)
        {
            var length = PartLength(runes.AsSpan(start));
            tokens.AddRange(Merge(string.Concat(runes[start..(start + length)])));
            start += length;
        }

        return [.. tokens];
    }

    private IEnumerable<int> Merge(string part)
    {
        var pieces = Encoding.UTF8.GetBytes(part).Select(value => ByteLetters.Of(value).ToString()).ToList();
        while (true)
        {
            var best = Enumerable.Range(0, Math.Max(pieces.Count - 1, 0))
                .Select(i => (Rank: ranks.GetValueOrDefault((pieces[i], pieces[i + 1]), int.MaxValue), Place: i))
                .DefaultIfEmpty((Rank: int.MaxValue, Place: 0))
                .Min();
            if (best.Rank == int.MaxValue)
            {
                return pieces.Select(piece => vocabulary[piece]);
            }

            pieces[best.Place] += pieces[best.Place + 1];
            pieces.RemoveAt(best.Place + 1);
        }
    }

    private static int PartLength(ReadOnlySpan<Rune> runes)
    {
        bool Space(Rune rune) => Rune.IsWhiteSpace(rune);
        bool Letter(Rune rune) => Rune.IsLetter(rune);
        bool Number(Rune rune) => Rune.IsNumber(rune);
        bool End(Rune rune) => rune.Value is '\r' or '\n';
        bool Other(Rune rune) => !Space(rune) && !Letter(rune) && !Number(rune);
        int Run(ReadOnlySpan<Rune> from, Func<Rune, bool> kind)
        {
            var count = 0;
            while (count < from.Length && kind(from[count]))
            {
                count++;
            }

            return count;
        }

        if (Contraction(runes) is var contraction && contraction > 0)
        {
            return contraction;
        }

        var lead = !End(runes[0]) && !Letter(runes[0]) && !Number(runes[0]) ? 1 : 0;
        if (Run(runes[lead..], Letter) is var letters && letters > 0)
        {
            return lead + letters;
        }

        if (Number(runes[0]))
        {
            return 1;
        }

        var space = runes[0].Value == ' ' ? 1 : 0;
        if (Run(runes[space..], Other) is var others && others > 0)
        {
            return space + others + Run(runes[(space + others)..], End);
        }

        var spaces = Run(runes, Space);
        for (var last = spaces - 1; last >= 0; last--)
        {
            if (End(runes[last]))
            {
                return last + 1;
            }
        }

        return spaces == runes.Length || spaces == 1 ? spaces : spaces - 1;
    }

    private static int Contraction(ReadOnlySpan<Rune> runes)
    {
        if (runes.Length < 2 || runes[0].Value != '\'')
        {
            return 0;
        }

        static char Lower(Rune rune) => rune.Value == 0x17F ? 's' : rune.IsAscii ? char.ToLowerInvariant((char)rune.Value) : '\0';
        var first = Lower(runes[1]);
        return first is 's' or 't' or 'm' or 'd' ? 2
            : runes.Length > 2 && (first, Lower(runes[2])) is ('r', 'e') or ('v', 'e') or ('l', 'l') ? 3
            : 0;
    }
}
