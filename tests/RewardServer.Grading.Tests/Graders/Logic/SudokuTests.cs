using RewardServer.Grading.Graders;

namespace RewardServer.Grading.Tests.Graders.Logic;

public sealed class SudokuTests
{
    private const string Four = """{"kind":"sudoku","grid":[[1,0,0,0],[0,0,1,0],[0,0,0,0],[0,0,0,1]]}""";

    [Theory]
    [InlineData("1 2 3 4\n3 4 1 2\n2 1 0 0\n4 3 2 1", "no complete grid of numbers can be read")]
    [InlineData("1 1 3 4\n3 4 1 2\n2 1 4 3\n4 3 2 1", "row 1 holds two 1s")]
    [InlineData("2 1 3 4\n3 4 1 2\n2 1 4 3\n4 3 2 1", "row 1, column 1 holds 2, but 1 is given")]
    [InlineData("I cannot", "no complete grid of numbers can be read")]
    public void A_wrong_grid_scores_0_with_what_it_breaks(string answer, string reason)
    {
        var verdict = Puzzles.Grade(Four, $"<answer>{answer}</answer>");
        Assert.Equal((0.0, reason), (verdict.Score, verdict.Reason));
    }

    [Theory]
    [InlineData("GRID", 1)]
    [InlineData("GRID\n\nNo row has a number twice, and there are no repeats.", 1)]
    [InlineData("Not:\nGRID", 0)]
    [InlineData("GRID\nThis is not a solution.", 0)]
    [InlineData("-1 -2 -3 -4\n-3 -4 -1 -2\n-2 -1 -4 -3\n-4 -3 -2 -1", 0)]
    public void A_grid_that_is_denied_is_no_answer(string answer, double score) =>
        Assert.Equal(score, Puzzles.Score(Four, answer.Replace("GRID", "1 2 3 4\n3 4 1 2\n2 1 4 3\n4 3 2 1")));

    [Fact]
    public void Two_grids_in_one_answer_are_a_hedge()
    {
        var verdict = Puzzles.Grade(Four, "<answer>1 2 3 4\n3 4 1 2\n2 1 4 3\n4 3 2 1\n\nor\n\n1 3 2 4\n2 4 1 3\n3 1 4 2\n4 2 3 1</answer>");
        Assert.Equal((0, Signal.HedgedAnswer), (verdict.Score, Assert.Single(verdict.Signals)));
    }

    [Theory]
    [InlineData("""{"kind":"sudoku","grid":[[1,1,0,0],[0,0,0,0],[0,0,0,0],[0,0,0,0]]}""", "the puzzle has no solution")]
    [InlineData("""{"kind":"sudoku","grid":[[5,0,0,0],[0,0,0,0],[0,0,0,0],[0,0,0,0]]}""", "task.puzzle.grid must hold numbers from 0 to 4 alone")]
    [InlineData("""{"kind":"sudoku","grid":[[1,0],[0,0]]}""", "task.puzzle.grid must have 4, 6, 9 or 16 rows, or with boxes from 2 to 16")]
    [InlineData("""{"kind":"sudoku","grid":[[0,0,0],[0,0,0],[0,0,0]],"boxes":[[1,1,1],[2,2,2],[2,3,3]]}""", "task.puzzle.boxes must be boxes of 3 cells each")]
    public void What_cannot_be_judged_is_skipped(string puzzle, string reason)
    {
        var verdict = Puzzles.Grade(puzzle, "<answer>1 2\n2 1</answer>");
        Assert.Equal((Outcome.Skipped, reason), (verdict.Outcome, verdict.Reason));
    }

    [Fact]
    public void Boxes_can_be_given()
    {
        const string Puzzle = """{"kind":"sudoku","grid":[[0,0,0],[0,0,0],[0,0,0]],"boxes":[[1,1,1],[2,2,2],[3,3,3]]}""";
        Assert.Equal(1, Puzzles.Score(Puzzle, "1 2 3\n2 3 1\n3 1 2"));
    }

    [Theory]
    [InlineData(4, 2, 2)]
    [InlineData(6, 2, 3)]
    [InlineData(9, 3, 3)]
    [InlineData(16, 4, 4)]
    public void A_made_grid_scores_1_in_every_notation_and_a_changed_one_0(int size, int height, int width) => Puzzles.Hold(random =>
    {
        var solved = Make(size, height, width, random);
        var given = solved.Select(row => row.Select(cell => random.Next(2) == 0 ? cell : 0).ToArray()).ToArray();
        var puzzle = $$"""{"kind":"sudoku","grid":{{Puzzles.Json(given)}}}""";
        Assert.All(Notations(solved, height, width), answer => Assert.Equal((answer, 1.0), (answer, Puzzles.Score(puzzle, answer))));
        Assert.Equal(1, Puzzles.Grade(puzzle, $"The puzzle is\n\n{Notations(given, height, width)[1]}\n\nand this is its solution:\n\n{Notations(solved, height, width)[1]}\n\nIt was hard.").Score);
        Assert.Equal(1, Puzzles.Score("""{"kind":"sudoku","grid":EMPTY}""".Replace("EMPTY", Puzzles.Json(solved.Select(row => new int[row.Length]))), Notations(solved, height, width)[0]));

        var changed = solved.Select(row => row.ToArray()).ToArray();
        var (at, column) = (random.Next(size), random.Next(size));
        changed[at][column] = (changed[at][column] % size) + 1;
        Assert.All(Notations(changed, height, width), answer => Assert.Equal((answer, 0.0), (answer, Puzzles.Score(puzzle, answer))));
        Assert.Equal(0, Puzzles.Score(puzzle, $"{Notations(solved, height, width)[1]}\n\nor\n\n{Notations(changed, height, width)[1]}"));
    }, cases: 12);

    private static string[] Notations(int[][] rows, int height, int width)
    {
        string[] all =
        [
            string.Join("\n", rows.Select(row => string.Join(' ', row))),
            string.Join("\n", rows.Select((row, at) => (at > 0 && at % height == 0 ? $"{new string('-', 20)}\n" : "") + string.Join(" | ", row.Chunk(width).Select(part => string.Join(' ', part))))),
            Puzzles.Json(rows),
            $$"""{"solution": {{Puzzles.Json(rows)}}}""",
            string.Join("\n", rows.Select((row, at) => $"Row {at + 1}: {string.Join(", ", row)}")),
            string.Join("\n", rows.Select(row => $"| {string.Join(" | ", row)} |")),
            $@"\begin{{array}}{{cccc}}{string.Join(@" \\ ", rows.Select(row => string.Join(" & ", row)))}\end{{array}}",
            string.Join("\n\n", rows.Chunk(height).Select(band => string.Join("\n", band.Select(row => string.Join(' ', row))))),
        ];
        return rows.Length > 9 ? all :
            [.. all, string.Join("\n", rows.Select(row => string.Concat(row))), string.Concat(rows.SelectMany(row => row)), string.Join("\n", rows.Select(row => string.Join(' ', row.Chunk(width).Select(part => string.Concat(part)))))];
    }

    // The pattern that every size has, with its rows, columns and numbers shuffled.
    private static int[][] Make(int size, int height, int width, Random random)
    {
        int[] Lines(int bands, int lines) => [.. Order(bands, random).SelectMany(band => Order(lines, random).Select(line => (band * lines) + line))];
        var (rows, columns, numbers) = (Lines(size / height, height), Lines(size / width, width), Order(size, random));
        return [.. rows.Select(row => columns.Select(column => numbers[((row % height * width) + (row / height) + column) % size] + 1).ToArray())];
    }

    private static int[] Order(int count, Random random)
    {
        int[] all = [.. Enumerable.Range(0, count)];
        random.Shuffle(all);
        return all;
    }
}
