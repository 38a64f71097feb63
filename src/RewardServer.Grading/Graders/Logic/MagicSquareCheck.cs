using System.Collections.Immutable;
using RewardServer.Grading.Completions.Puzzles;
using RewardServer.Grading.Graders.Logic.Constraints;

namespace RewardServer.Grading.Graders.Logic;

/// <summary>A magic square: every number once, and one sum in all rows, columns and both diagonals.</summary>
internal sealed class MagicSquareCheck(MagicSquarePuzzle puzzle) : NumberSquareCheck(ProblemOf(puzzle), new(puzzle.Size, puzzle.Size * puzzle.Size))
{
    private static Problem ProblemOf(MagicSquarePuzzle puzzle)
    {
        var (size, cells) = (puzzle.Size, puzzle.Size * puzzle.Size);
        ImmutableArray<int> all = [.. Enumerable.Range(0, cells)];
        var once = new Different(all);
        var lines = all.GroupBy(cell => cell / size).Select(row => Sum($"row {row.Key + 1}", row, size))
            .Concat(all.GroupBy(cell => cell % size).Select(column => Sum($"column {column.Key + 1}", column, size)))
            .Append(Sum("the falling diagonal", Enumerable.Range(0, size).Select(i => (i * size) + i), size))
            .Append(Sum("the rising diagonal", Enumerable.Range(0, size).Select(i => (i * size) + size - 1 - i), size));
        return new(
            [.. all.Select(_ => Problem.Values(cells))],
            [.. SudokuCheck.Givens(puzzle.Grid), new(once, values => $"{once.Repeated(values)?.Value + 1} stands more than once"), .. lines]);
    }

    private static Rule Sum(string where, IEnumerable<int> line, int size)
    {
        var sum = size * ((size * size) + 1) / 2;
        ImmutableArray<int> cells = [.. line];
        return new(
            new Linear(cells, [.. cells.Select(_ => 1L)], sum - size, (size * size) - 1),
            values => $"{where} sums to {cells.Sum(cell => values[cell] + 1)}, not to {sum}");
    }
}
