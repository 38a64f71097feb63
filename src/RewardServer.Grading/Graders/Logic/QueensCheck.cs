using RewardServer.Grading.Completions.Puzzles;
using RewardServer.Grading.Graders.Logic.Constraints;
using RewardServer.Grading.Graders.Logic.Reading;

namespace RewardServer.Grading.Graders.Logic;

/// <summary>Queens on a board, one in each row, none of which attacks another. The variables are the columns of the rows' queens.</summary>
internal sealed class QueensCheck(QueensPuzzle puzzle) : ConstraintCheck(ProblemOf(puzzle))
{
    private readonly QueensReader reader = new(puzzle.Size);

    /// <inheritdoc/>
    public override Finding Read(string text)
    {
        if (reader.Read(text) is not { } queens)
        {
            return Finding.None($"the places of {puzzle.Size} queens cannot be read");
        }

        var shown = string.Join(", ", queens.Select(queen => $"({queen.Row + 1}, {queen.Column + 1})"));
        if (queens.Exists(queen => queen.Row < 0 || queen.Row >= puzzle.Size || queen.Column < 0 || queen.Column >= puzzle.Size))
        {
            return new(true, shown, ["a queen stands outside of the board"]);
        }

        var crowded = queens.GroupBy(queen => queen.Row).FirstOrDefault(row => row.Count() > 1);
        return crowded is not null
            ? new(true, shown, [$"row {crowded.Key + 1} holds {crowded.Count()} queens"])
            : Judge([.. queens.OrderBy(queen => queen.Row).Select(queen => queen.Column)], shown);
    }

    private static Problem ProblemOf(QueensPuzzle puzzle)
    {
        var placed = (puzzle.Placed.IsDefault ? [] : puzzle.Placed).Select(queen => new Rule(
            new Value(queen[0] - 1, queen[1] - 1), _ => $"the queen at row {queen[0]}, column {queen[1]} is given and not there"));
        var columns = new Different([.. Enumerable.Range(0, puzzle.Size)]);
        var pairs =
            from one in Enumerable.Range(0, puzzle.Size)
            from other in Enumerable.Range(one + 1, puzzle.Size - one - 1)
            select new Rule(
                new Test([one, other], at => Math.Abs(at[0] - at[1]) != other - one),
                _ => $"the queens in rows {one + 1} and {other + 1} attack each other");
        return new(
            [.. Enumerable.Range(0, puzzle.Size).Select(_ => Problem.Values(puzzle.Size))],
            [.. placed, new(columns, at => $"column {columns.Repeated(at)?.Value + 1} holds {columns.Repeated(at)?.Times} queens"), .. pairs]);
    }
}
