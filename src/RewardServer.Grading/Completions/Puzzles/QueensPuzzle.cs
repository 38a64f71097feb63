using System.Collections.Immutable;

namespace RewardServer.Grading.Completions.Puzzles;

/// <summary>As many queens as the board has rows are to be placed so that none attacks another.</summary>
/// <param name="Size">Rows of the board: from 1 to 32.</param>
public sealed record QueensPuzzle(int Size) : Puzzle
{
    private const int Largest = 32;

    /// <summary>Queens that already stand, as <c>[row, column]</c>, counted from 1.</summary>
    public ImmutableArray<ImmutableArray<int>> Placed { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<(string Member, string Error)> Errors()
    {
        if (Size is < 1 or > Largest)
        {
            yield return ("size", $"must be from 1 to {Largest}");
        }
        else if (!Placed.IsDefault && (Placed.Length > Size || Placed.Any(queen => queen.IsDefault || queen.Length != 2 || queen.Any(at => at < 1 || at > Size))))
        {
            yield return ("placed", $"must be at most {Size} pairs of a row and a column, from 1 to {Size}");
        }
    }
}
