using System.Collections.Immutable;

namespace RewardServer.Grading.Completions.Puzzles;

/// <summary>A sudoku: each number once in every row, column and box.</summary>
/// <param name="Grid">The rows, with 0 for what is to be found; as many as the largest number.</param>
public sealed record SudokuPuzzle(ImmutableArray<ImmutableArray<int>> Grid) : Puzzle
{
    private const int Smallest = 2, Largest = 16;

    /// <summary>Which box each cell is in, as a square of numbers from 1; where silent, boxes of 2×2, 2×3, 3×3 or 4×4 cells for the sizes 4, 6, 9 and 16.</summary>
    public ImmutableArray<ImmutableArray<int>>? Boxes { get; init; }

    /// <summary>Cells of a side.</summary>
    internal int Size => Grid.Length;

    /// <inheritdoc/>
    public override IEnumerable<(string Member, string Error)> Errors()
    {
        var size = Grid.IsDefault ? 0 : Size;
        if (size is < Smallest or > Largest || (Boxes is null && size is not (4 or 6 or 9 or 16)))
        {
            return [("grid", "must have 4, 6, 9 or 16 rows, or with boxes from 2 to 16")];
        }

        var errors = NumberGrid.Errors("grid", Grid, size, 0, size).ToList();
        if (Boxes is { } boxes)
        {
            errors.AddRange(NumberGrid.Errors("boxes", boxes, size, 1, size));
            if (errors.Count == 0 && boxes.SelectMany(row => row).GroupBy(box => box).Any(box => box.Count() != size))
            {
                errors.Add(("boxes", $"must be boxes of {size} cells each"));
            }
        }

        return errors;
    }

    /// <summary>The box of a cell, from 0.</summary>
    internal int BoxOf(int row, int column)
    {
        if (Boxes is { } boxes)
        {
            return boxes[row][column] - 1;
        }

        var (height, width) = Size switch { 4 => (2, 2), 6 => (2, 3), 9 => (3, 3), _ => (4, 4) };
        return (row / height * height) + (column / width);
    }
}
