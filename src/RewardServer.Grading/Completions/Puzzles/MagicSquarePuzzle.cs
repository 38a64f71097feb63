using System.Collections.Immutable;

namespace RewardServer.Grading.Completions.Puzzles;

/// <summary>A magic square: the numbers from 1 to the number of cells, once each, with the same sum in all rows, all columns and both diagonals.</summary>
/// <param name="Grid">The rows, with 0 for what is to be found: from 3 to 7.</param>
public sealed record MagicSquarePuzzle(ImmutableArray<ImmutableArray<int>> Grid) : Puzzle
{
    private const int Smallest = 3, Largest = 7;

    /// <summary>Cells of a side.</summary>
    internal int Size => Grid.Length;

    /// <inheritdoc/>
    public override IEnumerable<(string Member, string Error)> Errors() => (Grid.IsDefault ? 0 : Size) is < Smallest or > Largest
        ? [("grid", $"must have from {Smallest} to {Largest} rows")]
        : NumberGrid.Errors("grid", Grid, Size, 0, Size * Size);
}
