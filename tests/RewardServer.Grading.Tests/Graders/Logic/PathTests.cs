namespace RewardServer.Grading.Tests.Graders.Logic;

public sealed class PathTests
{
    private const string Maze = """{"kind":"path","grid":["S.#","#..","..G"]}""";

    [Theory]
    [InlineData("RDRD", 1)]
    [InlineData("right, down, right, down", 1)]
    [InlineData("Right → Down → Down → Right", 1)]
    [InlineData("→ ↓ → ↓", 1)]
    [InlineData("ESES", 1)]
    [InlineData("Path: R, D, D, R", 1)]
    [InlineData("(0,0) -> (0,1) -> (1,1) -> (1,2) -> (2,2)", 1)]
    [InlineData("[(1,1), (1,2), (2,2), (2,3), (3,3)]", 1)]
    [InlineData("[[0,0],[0,1],[1,1],[2,1],[2,2]]", 1)]
    [InlineData("RDRD or RDDR", 0)]
    [InlineData("RDR", 0)]
    [InlineData("DDRR", 0)]
    [InlineData("(0,0), (2,2)", 0)]
    [InlineData("(0,1), (1,1), (1,2), (2,2)", 0)]
    [InlineData("the way is right there", 0)]
    [InlineData("1. right\n2. down\n3. right\n4. down", 1)]
    [InlineData("1) right\n2) down\n3) right\n4) down", 1)]
    [InlineData("Step 1: right\nStep 2: down\nStep 3: right\nStep 4: down", 1)]
    [InlineData("(0,0) -> (0,1) -> (1,1) -> (1,2) -> (2,2) is wrong", 0)]
    public void A_way_is_read_in_many_notations(string answer, double score) => Assert.Equal(score, Puzzles.Score(Maze, answer));

    [Fact]
    public void Arrows_at_the_end_of_a_response_count() => Assert.Equal(1, Puzzles.Grade(Maze, "→ ↓ → ↓").Score);

    [Theory]
    [InlineData("D", "step 1 goes into a wall at row 2, column 1")]
    [InlineData("LR", "step 1 leaves the grid")]
    [InlineData("RD", "the way ends at row 2, column 2, which is not the goal")]
    [InlineData("(0,0), (2,2)", "step 1 does not go to a neighbour")]
    [InlineData("RLRDRD", "the way has 6 steps, and a shortest one 4")]
    public void What_is_broken_is_named(string answer, string reason) =>
        Assert.Equal(reason, Puzzles.Grade(Maze.Replace("\"grid\"", "\"shortest\":true,\"grid\""), $"<answer>{answer}</answer>").Reason);

    [Theory]
    [InlineData("""["S#G"]""", "the puzzle has no solution: no way leads to the goal")]
    [InlineData("""["S.."]""", "task.puzzle.grid must have one 'S' and one 'G'")]
    [InlineData("""["S.","G"]""", "task.puzzle.grid must be rows of one length, at most 64 of at most 64 cells")]
    public void What_cannot_be_judged_is_skipped(string grid, string reason) =>
        Assert.Equal(reason, Puzzles.Grade($$"""{"kind":"path","grid":{{grid}}}""", "<answer>RR</answer>").Reason);

    [Fact]
    public void A_walk_is_judged_step_by_step() => Puzzles.Hold(random =>
    {
        var cells = Enumerable.Range(0, 6).Select(_ => Enumerable.Range(0, 6).Select(_ => random.Next(4) == 0 ? '#' : '.').ToArray()).ToArray();
        var (row, column) = (random.Next(6), random.Next(6));
        var (walk, at) = (new List<char>(), (Row: row, Column: column));
        var places = new List<(int Row, int Column)> { at };
        for (var i = 0; i < random.Next(1, 20); i++)
        {
            var (letter, next) = random.Next(4) switch { 0 => ('U', (at.Row - 1, at.Column)), 1 => ('D', (at.Row + 1, at.Column)), 2 => ('L', (at.Row, at.Column - 1)), _ => ('R', (at.Row, Column: at.Column + 1)) };
            if (next.Item1 is >= 0 and < 6 && next.Item2 is >= 0 and < 6)
            {
                (at, _) = (next, 0);
                cells[at.Row][at.Column] = '.';
                walk.Add(letter);
                places.Add(at);
            }
        }

        if (at == (row, column))
        {
            return;
        }

        (cells[row][column], cells[at.Row][at.Column]) = ('S', 'G');
        var puzzle = $$"""{"kind":"path","grid":{{Puzzles.Json(cells.Select(line => new string(line)))}}}""";
        Assert.Equal(1, Puzzles.Score(puzzle, string.Concat(walk)));
        Assert.Equal(1, Puzzles.Score(puzzle, string.Join(", ", walk)));
        Assert.Equal(1, Puzzles.Score(puzzle, string.Join(" -> ", places.Select(place => $"({place.Row}, {place.Column})"))));
        Assert.Equal(1, Puzzles.Score(puzzle, string.Join(" -> ", places.Select(place => $"({place.Row + 1}, {place.Column + 1})"))));
        Assert.Equal(0, Puzzles.Score(puzzle, string.Concat(walk.SkipLast(1)) + (walk[^1] is 'U' or 'D' ? 'L' : 'U')));
    });
}
