using System.Collections.Immutable;

namespace RewardServer.Grading.Completions.Puzzles;

/// <summary>A way through a grid from its start to its goal, around its walls: a maze.</summary>
/// <param name="Grid">The rows from top to bottom: <c>S</c> the start, <c>G</c> the goal, <c>#</c> a wall, <c>.</c> or a space a free cell.</param>
public sealed record PathPuzzle(ImmutableArray<string> Grid) : Puzzle
{
    private const int Largest = 64;

    /// <summary>Whether only a shortest way will do.</summary>
    public bool Shortest { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<(string Member, string Error)> Errors()
    {
        if (Grid.IsDefaultOrEmpty || Grid.Length > Largest || Grid.Any(row => row is null || row.Length != Grid[0]?.Length || row.Length is 0 or > Largest))
        {
            yield return ("grid", $"must be rows of one length, at most {Largest} of at most {Largest} cells");
        }
        else if (Grid.Any(row => row.AsSpan().ContainsAnyExcept("SG#. ")))
        {
            yield return ("grid", "must be made of 'S', 'G', '#', '.' and spaces");
        }
        else if (Grid.Sum(row => row.Count(cell => cell == 'S')) != 1 || Grid.Sum(row => row.Count(cell => cell == 'G')) != 1)
        {
            yield return ("grid", "must have one 'S' and one 'G'");
        }
    }
}
