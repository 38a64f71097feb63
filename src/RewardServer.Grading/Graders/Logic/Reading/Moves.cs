using System.Collections.Frozen;

namespace RewardServer.Grading.Graders.Logic.Reading;

/// <summary>Reads steps on a grid: "right, down", <c>RRDD</c>, <c>EESS</c>, arrows.</summary>
internal static class Moves
{
    private static readonly FrozenDictionary<string, (int Down, int Right)> Known = new (string Words, (int, int) Step)[]
    {
        ("up north ↑ ⬆", (-1, 0)), ("down south ↓ ⬇", (1, 0)), ("left west ← ⬅", (0, -1)), ("right east → ➡ ->", (0, 1)),
    }.SelectMany(row => row.Words.Split(' ').Select(word => (word, row.Step))).ToFrozenDictionary(row => row.word, row => row.Step, StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<char, (int, int)> Compass = new Dictionary<char, (int, int)> { ['N'] = (-1, 0), ['S'] = (1, 0), ['W'] = (0, -1), ['E'] = (0, 1) }.ToFrozenDictionary();

    private static readonly FrozenDictionary<char, (int, int)> Sides = new Dictionary<char, (int, int)> { ['U'] = (-1, 0), ['D'] = (1, 0), ['L'] = (0, -1), ['R'] = (0, 1) }.ToFrozenDictionary();

    private static readonly System.Buffers.SearchValues<char> Arrows = System.Buffers.SearchValues.Create("↑↓⬆⬇⬅➡");

    private static readonly FrozenSet<string> Filling = new[] { "then", "and", "go", "move" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Arrows as words, which nothing takes for the mark at the end of a proof.</summary>
    public static string InWords(string text) => text.AsSpan().ContainsAny(Arrows)
        ? text.Replace("↑", " up ", StringComparison.Ordinal).Replace("↓", " down ", StringComparison.Ordinal).Replace("⬆", " up ", StringComparison.Ordinal)
            .Replace("⬇", " down ", StringComparison.Ordinal).Replace("⬅", " left ", StringComparison.Ordinal).Replace("➡", " right ", StringComparison.Ordinal)
            .Replace("←", " left ", StringComparison.Ordinal).Replace("→", " right ", StringComparison.Ordinal).Replace("\uFE0F", "", StringComparison.Ordinal)
        : text;

    /// <summary>The steps of a text that holds nothing else, but for what ends with its last colon; null where it does not. Linear in it.</summary>
    public static List<(int Down, int Right)>? Read(string plain)
    {
        var (steps, words) = (new List<(int, int)>(), Word.All(plain[(plain.LastIndexOf(':') + 1)..]));
        // Between words an arrow only shows what comes next.
        var spelled = words.Exists(word => word.IsWord);
        foreach (var word in words)
        {
            if (Known.TryGetValue(word.Text, out var step) && (word.IsWord || !spelled))
            {
                steps.Add(step);
            }
            else if (word.IsWord && !Filling.Contains(word.Text))
            {
                if ((Letters(word.Text, Sides) ?? Letters(word.Text, Compass)) is not { } letters)
                {
                    return null;
                }

                steps.AddRange(letters);
            }
        }

        return steps.Count > 0 ? steps : null;
    }

    private static List<(int, int)>? Letters(string word, FrozenDictionary<char, (int, int)> steps) =>
        word.All(letter => steps.ContainsKey(char.ToUpperInvariant(letter))) ? [.. word.Select(letter => steps[char.ToUpperInvariant(letter)])] : null;
}
