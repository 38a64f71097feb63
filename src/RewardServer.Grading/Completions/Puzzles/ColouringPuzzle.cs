using System.Collections.Immutable;

namespace RewardServer.Grading.Completions.Puzzles;

/// <summary>Each vertex of a graph (each country of a map) gets a colour, and neighbours different ones.</summary>
/// <param name="Vertices">Their names: from 1 to 200.</param>
/// <param name="Edges">Pairs of neighbours.</param>
/// <param name="Colours">The colours' names, or numbers as texts: from 1 to 32.</param>
public sealed record ColouringPuzzle(ImmutableArray<string> Vertices, ImmutableArray<ImmutableArray<string>> Edges, ImmutableArray<string> Colours) : Puzzle
{
    private const int MostVertices = 200, MostEdges = 5000, MostColours = 32;

    /// <summary>Colours that are given, by vertex.</summary>
    public ImmutableDictionary<string, string> Given { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <inheritdoc/>
    public override IEnumerable<(string Member, string Error)> Errors()
    {
        var errors = PuzzleNames.Errors("vertices", Vertices, 1, MostVertices).Concat(PuzzleNames.Errors("colours", Colours, 1, MostColours)).ToList();
        if (errors.Count > 0)
        {
            return errors;
        }

        var known = Vertices.ToHashSet(StringComparer.Ordinal);
        if (Edges.IsDefault || Edges.Length > MostEdges || Edges.Any(edge => edge.IsDefault || edge.Length != 2 || edge.Any(end => end is null || !known.Contains(end)) || edge[0] == edge[1]))
        {
            errors.Add(("edges", $"must be at most {MostEdges} pairs of different vertices"));
        }

        if (Given.Any(given => !known.Contains(given.Key) || !Colours.Contains(given.Value)))
        {
            errors.Add(("given", "must name vertices and their colours"));
        }

        return errors;
    }
}
