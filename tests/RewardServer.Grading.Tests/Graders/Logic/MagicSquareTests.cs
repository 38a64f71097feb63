using RewardServer.Grading.Graders;

namespace RewardServer.Grading.Tests.Graders.Logic;

public sealed class MagicSquareTests
{
    private const string Three = """{"kind":"magic-square","grid":[[0,0,0],[0,5,0],[0,0,0]]}""";

    [Theory]
    [InlineData("2 7 6\n9 5 1\n4 3 8", 1)]
    [InlineData("[[8,1,6],[3,5,7],[4,9,2]]", 1)]
    [InlineData("276951438", 1)]
    [InlineData("2 7 6\n9 5 1\n4 8 3", 0)]
    [InlineData("5 5 5\n5 5 5\n5 5 5", 0)]
    [InlineData("2 7 6\n9 5 1\n4 3 0", 0)]
    public void A_square_is_read_as_a_sudoku_is(string answer, double score) => Assert.Equal(score, Puzzles.Score(Three, answer));

    [Fact]
    public void What_is_broken_is_named()
    {
        Assert.Equal("row 1 sums to 16, not to 15", Puzzles.Grade(Three, "<answer>2 8 6\n9 5 1\n4 3 7</answer>").Reason);
        Assert.Equal("5 stands more than once", Puzzles.Grade(Three, "<answer>5 5 5\n5 5 5\n5 5 5</answer>").Reason);
        Assert.Equal(Outcome.Skipped, Puzzles.Grade(Three.Replace("5", "4"), "<answer>1</answer>").Outcome);
    }

    [Fact]
    public void Four_rows_are_magic_with_numbers_of_two_digits() => Assert.Equal(1, Puzzles.Score(
        """{"kind":"magic-square","grid":[[16,0,0,0],[0,0,0,0],[0,0,0,0],[0,0,0,1]]}""", "| 16 | 3 | 2 | 13 |\n| 5 | 10 | 11 | 8 |\n| 9 | 6 | 7 | 12 |\n| 4 | 15 | 14 | 1 |"));

    [Fact]
    public void Turned_and_mirrored_squares_score_1_and_any_two_cells_swapped_0() => Puzzles.Hold(random =>
    {
        int[][] square = [[2, 7, 6], [9, 5, 1], [4, 3, 8]];
        for (var i = 0; i < random.Next(4); i++)
        {
            square = [.. Enumerable.Range(0, 3).Select(row => Enumerable.Range(0, 3).Select(column => square[2 - column][row]).ToArray())];
        }

        square = random.Next(2) == 0 ? square : [.. square.Reverse()];
        Assert.Equal(1, Puzzles.Score(Three, Puzzles.Json(square)));
        var (from, to) = (random.Next(9), random.Next(9));
        (square[from / 3][from % 3], square[to / 3][to % 3]) = (square[to / 3][to % 3], square[from / 3][from % 3]);
        Assert.Equal(from == to ? 1 : 0, Puzzles.Score(Three, Puzzles.Json(square)));
    });
}
