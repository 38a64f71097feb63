namespace RewardServer.Grading.Tests.Graders.Logic;

public sealed class QueensTests
{
    private const string Four = """{"kind":"queens","size":4,"placed":[[1,2]]}""";

    [Theory]
    [InlineData("[2, 4, 1, 3]", 1)]
    [InlineData("[1, 3, 0, 2]", 1)]
    [InlineData("2 4 1 3", 1)]
    [InlineData("(1,2), (2,4), (3,1), (4,3)", 1)]
    [InlineData("(0,1), (1,3), (2,0), (3,2)", 1)]
    [InlineData("Row 1: column 2\nRow 2: column 4\nRow 3: column 1\nRow 4: column 3", 1)]
    [InlineData("b1, d2, a3, c4", 1)]
    [InlineData(". Q . .\n. . . Q\nQ . . .\n. . Q .", 1)]
    [InlineData("[[0,1,0,0],[0,0,0,1],[1,0,0,0],[0,0,1,0]]", 1)]
    [InlineData("[3, 1, 4, 2]", 0)]
    [InlineData("[2, 4, 1, 3], [3, 1, 4, 2]", 0)]
    [InlineData("[2, 4, 1]", 0)]
    [InlineData("[2, 4, 1, 9]", 0)]
    [InlineData("(1,2), (1,4), (3,1), (4,3)", 0)]
    [InlineData("2413", 1)]
    [InlineData("2 or 4, 1, 3", 0)]
    [InlineData("2/4/1/3", 0)]
    [InlineData("2, maybe 4, 1, 3", 0)]
    [InlineData("2, 4, 1, not 3", 0)]
    [InlineData("-2 -4 -1 -3", 0)]
    [InlineData("[2,4,1,3] is wrong", 0)]
    [InlineData("2.0, 4.0, 1.0, 3.0", 0)]
    [InlineData("[2, 4, 1, 3]?", 0)]
    [InlineData("[2, 4, 1, 3]\nThis fails.", 0)]
    public void Places_are_read_in_many_notations(string answer, double score) => Assert.Equal(score, Puzzles.Score(Four, answer));

    [Fact]
    public void What_is_broken_is_named()
    {
        Assert.Equal("the queens in rows 1 and 2 attack each other", Puzzles.Grade("""{"kind":"queens","size":4}""", "<answer>[1,2,3,4]</answer>").Reason);
        Assert.Equal("column 1 holds 2 queens", Puzzles.Grade("""{"kind":"queens","size":4}""", "<answer>[1,1,3,4]</answer>").Reason);
        Assert.Equal("the queen at row 1, column 2 is given and not there", Puzzles.Grade(Four, "<answer>[3,1,4,2]</answer>").Reason);
        Assert.Equal("the puzzle has no solution", Puzzles.Grade("""{"kind":"queens","size":3}""", "<answer>[1,2,3]</answer>").Reason);
    }

    [Fact]
    public void Every_permutation_is_judged_as_queens_move() => Puzzles.Hold(random =>
    {
        int[] columns = [.. Enumerable.Range(1, random.Next(4, 7))];
        random.Shuffle(columns);
        var puzzle = $$"""{"kind":"queens","size":{{columns.Length}}}""";
        var right = columns.SelectMany((_, i) => Enumerable.Range(i + 1, columns.Length - i - 1).Select(j => (i, j))).All(pair => Math.Abs(columns[pair.i] - columns[pair.j]) != pair.j - pair.i);
        string[] notations =
        [
            Puzzles.Json(columns),
            string.Join(", ", columns.Select((column, row) => $"({row}, {column - 1})")),
            string.Join("\n", columns.Select(column => string.Concat(Enumerable.Range(1, columns.Length).Select(at => at == column ? 'Q' : '.')))),
            string.Join(' ', columns.Select((column, row) => $"{(char)('a' + column - 1)}{row + 1}")),
        ];
        Assert.All(notations, answer => Assert.Equal((answer, right ? 1.0 : 0.0), (answer, Puzzles.Score(puzzle, answer))));
    }, cases: 200);
}
