using System.Collections.Immutable;
using RewardServer.Grading.Completions.Puzzles;
using RewardServer.Grading.Graders.Logic.Constraints;

namespace RewardServer.Grading.Graders.Logic;

/// <summary>A sudoku: the givens are kept, and no row, column or box holds a number twice.</summary>
internal sealed class SudokuCheck(SudokuPuzzle puzzle) : NumberSquareCheck(ProblemOf(puzzle), new(puzzle.Size, puzzle.Size))
{
    private static Problem ProblemOf(SudokuPuzzle puzzle)
    {
        var size = puzzle.Size;
        ImmutableArray<int> all = [.. Enumerable.Range(0, size * size)];
        var rows = all.GroupBy(cell => cell / size).Select(row => Once($"row {row.Key + 1}", row));
        var columns = all.GroupBy(cell => cell % size).Select(column => Once($"column {column.Key + 1}", column));
        var boxes = all.GroupBy(cell => puzzle.BoxOf(cell / size, cell % size)).OrderBy(box => box.Key).Select(box => Once($"box {box.Key + 1}", box));
        return new([.. all.Select(_ => Problem.Values(size))], [.. Givens(puzzle.Grid), .. rows, .. columns, .. boxes]);
    }

    /// <summary>That the numbers which are given are kept.</summary>
    public static IEnumerable<Rule> Givens(ImmutableArray<ImmutableArray<int>> grid) =>
        from row in Enumerable.Range(0, grid.Length)
        from column in Enumerable.Range(0, grid.Length)
        where grid[row][column] > 0
        let cell = (row * grid.Length) + column
        select new Rule(new Value(cell, grid[row][column] - 1), values => $"row {row + 1}, column {column + 1} holds {values[cell] + 1}, but {grid[row][column]} is given");

    private static Rule Once(string where, IEnumerable<int> cells)
    {
        var once = new Different([.. cells]);
        return new(once, values => once.Repeated(values) is var (value, times) ? $"{where} holds {Times(times)} {value + 1}s" : "");
    }

    private static string Times(int times) => times == 2 ? "two" : times == 3 ? "three" : $"{times}";
}
