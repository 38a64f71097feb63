using System.Collections.Immutable;

namespace RewardServer.Grading.Graders.Logic.Reading;

/// <summary>
/// Reads at which position each value stands: "House 1: red, dog", a table with a row or a column for each position, JSON, or for each
/// category its values in the order of the positions. A text is read in one of these ways, whole.
/// </summary>
internal sealed class GridReader
{
    private readonly Vocabulary positionWords = new(), valueWords = new();
    private readonly ImmutableArray<string> positions, values;

    /// <summary>A reader of those positions and values.</summary>
    /// <param name="positions">The positions, in order.</param>
    /// <param name="values">The values, as many of each category as there are positions, one category after the other.</param>
    public GridReader(ImmutableArray<string> positions, ImmutableArray<string> values)
    {
        (this.positions, this.values) = (positions, values);
        for (var i = 0; i < positions.Length; i++)
        {
            positionWords.Add(positions[i], i);
        }

        for (var i = 0; i < values.Length; i++)
        {
            valueWords.Add(values[i], i);
        }
    }

    /// <summary>Reads a text. Linear in it.</summary>
    public Assignment Read(string text)
    {
        var pieces = Piece.All(PlainText.Of(text), positionWords, valueWords);
        var things = pieces.Where(piece => piece.Kind is PieceKind.Name or PieceKind.Value).ToList();
        var (said, twice) = (Enumerable.Repeat(-1, values.Length).ToArray(), -1);
        var pairs = Pairs(things);
        foreach (var (value, position) in pairs ?? [])
        {
            twice = said[value] >= 0 && said[value] != position && twice < 0 ? value : twice;
            said[value] = position;
        }

        bool Holds(PieceKind kind) => pieces.Exists(piece => piece.Kind == kind);
        var missing = Array.IndexOf(said, -1);
        var reasons = Holds(PieceKind.Reasoning);
        var hedged = pairs is { Count: > 0 } && (Holds(PieceKind.Hedge) || (twice >= 0 && !reasons));
        var fault = pairs is null or { Count: 0 } ? "no answer of the puzzle's form can be read"
            : twice >= 0 ? $"{values[twice]} is said to be at two positions"
            : hedged ? "the answer leaves a choice"
            : reasons ? "it reasons, and settles nothing"
            : Holds(PieceKind.Not) ? "it says what is not so"
            : missing >= 0 ? $"nothing is said of {values[missing]}"
            : null;
        return new(said, fault, hedged);
    }

    /// <summary>The values of each position as a text.</summary>
    public string Show(int[] said) => string.Join("; ", positions.Select((position, i) => $"{position}: {string.Join(", ", values.Where((_, value) => said[value] == i))}"));

    // Which value stands where; null where the order of the things tells nothing.
    private List<(int Value, int Position)>? Pairs(List<Piece> things)
    {
        var names = things.Count(thing => thing.Kind == PieceKind.Name);
        var header = names == positions.Length && things.Take(names).Select((thing, i) => thing.Kind == PieceKind.Name && thing.Entity == i).All(isNext => isNext);
        return names == 0 ? ByCategory(things)
            : header && names > 1 ? ByCategory([.. things.Skip(names)])
            : things[0].Kind == PieceKind.Name ? PositionFirst(things)
            : PositionLast(things);
    }

    private List<(int, int)>? ByCategory(List<Piece> things)
    {
        var size = positions.Length;
        return things.Where((thing, i) => thing.Entity / size != things[i / size * size].Entity / size).Any() || things.Count % size != 0
            ? null
            : [.. things.Select((thing, i) => (thing.Entity, i % size))];
    }

    private static List<(int, int)> PositionFirst(List<Piece> things)
    {
        var (pairs, position) = (new List<(int, int)>(), -1);
        foreach (var thing in things)
        {
            position = thing.Kind == PieceKind.Name ? thing.Entity : position;
            if (thing.Kind == PieceKind.Value)
            {
                pairs.Add((thing.Entity, position));
            }
        }

        return pairs;
    }

    private static List<(int, int)>? PositionLast(List<Piece> things)
    {
        var (pairs, open) = (new List<(int, int)>(), 0);
        for (var i = 0; i < things.Count; i++)
        {
            for (; things[i].Kind == PieceKind.Name && open < i; open++)
            {
                pairs.Add((things[open].Entity, things[i].Entity));
            }

            open = things[i].Kind == PieceKind.Name ? i + 1 : open;
        }

        return open == things.Count ? pairs : null;
    }
}
