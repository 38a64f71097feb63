namespace RewardServer.Grading.Tests.Graders.Logic;

public sealed class CryptarithmTests
{
    private const string Money = """{"kind":"cryptarithm","equation":"SEND + MORE = MONEY"}""";

    [Theory]
    [InlineData("S=9, E=5, N=6, D=7, M=1, O=0, R=8, Y=2", 1)]
    [InlineData("""{"S":9,"E":5,"N":6,"D":7,"M":1,"O":0,"R":8,"Y":2}""", 1)]
    [InlineData("9567 + 1085 = 10652", 1)]
    [InlineData(@"\boxed{9567 + 1085 = 10652}", 1)]
    [InlineData("S = 9, E = 5, N = 6, D = 7, M = 1, O = 0, R = 8, Y = 2, so 9567 + 1085 = 10652.", 1)]
    [InlineData("9567 + 1085 = 10653", 0)]
    [InlineData("9567 + 1085 = 10652 or 9567 + 1085 = 10653", 0)]
    [InlineData("S=9, E=5, N=6, D=7, M=1, O=0, R=8", 0)]
    [InlineData("S=0, E=0, N=0, D=0, M=0, O=0, R=0, Y=0", 0)]
    [InlineData("S=9 or 8, E=5, N=6, D=7, M=1, O=0, R=8, Y=2", 0)]
    [InlineData("10652", 0)]
    [InlineData("SEND = 9567, MORE = 1085, MONEY = 10652", 1)]
    [InlineData("9,567 + 1,085 = 10,652", 1)]
    [InlineData("not 9567 + 1085 = 10652", 0)]
    [InlineData("9567 + 1085 = 10652 is wrong", 0)]
    [InlineData("maybe 9567 + 1085 = 10652", 0)]
    [InlineData("S=9, E=5, N=6, D=7, M=-1, O=0, R=8, Y=2", 0)]
    [InlineData("S<=9, E=5, N=6, D=7, M=1, O=0, R=8, Y>=2", 0)]
    [InlineData("S>9, E=5, N=6, D=7, M=1, O=0, R=8, Y<2", 0)]
    public void Digits_are_read_as_letters_or_as_the_equation(string answer, double score) => Assert.Equal(score, Puzzles.Score(Money, answer));

    [Theory]
    [InlineData("S=0, E=5, N=6, D=7, M=1, O=9, R=8, Y=2", "S is 0, and begins a number")]
    [InlineData("S=9, E=5, N=6, D=7, M=1, O=1, R=8, Y=2", "several letters are 1")]
    [InlineData("S=9, E=5, N=6, D=7, M=1, O=0, R=2, Y=8", "9567 + 1025 = 10658 is false")]
    [InlineData("9567 + 1085 = 10623", "E stands for both 5 and 2")]
    public void What_is_broken_is_named(string answer, string reason) => Assert.Equal(reason, Puzzles.Grade(Money, $"<answer>{answer}</answer>").Reason);

    [Theory]
    [InlineData("A = B", "the puzzle has no solution")]
    [InlineData("A + B", "task.puzzle.equation must be sums or differences of words of capital letters on both sides of one '='")]
    [InlineData("ABCDEF + GHIJK = LMNOP", "task.puzzle.equation must have words of at most 12 letters, and at most 10 different ones")]
    public void What_cannot_be_judged_is_skipped(string equation, string reason) =>
        Assert.Equal(reason, Puzzles.Grade($$"""{"kind":"cryptarithm","equation":"{{equation}}"}""", "<answer>1 = 1</answer>").Reason);

    [Fact]
    public void A_made_sum_scores_1_and_with_two_digits_changed_only_where_it_stays_true() => Puzzles.Hold(random =>
    {
        var (one, other) = (random.Next(10, 9999), random.Next(10, 9999));
        int[] letters = [.. Enumerable.Range(0, 10)];
        random.Shuffle(letters);
        string Word(int number) => string.Concat($"{number}".Select(digit => (char)('A' + letters[digit - '0'])));
        var (equation, used) = ($"{Word(one)} + {Word(other)} = {Word(one + other)}", $"{one}{other}{one + other}".Distinct().ToArray());
        var puzzle = $$"""{"kind":"cryptarithm","equation":"{{equation}}"}""";
        var digits = used.ToDictionary(digit => (char)('A' + letters[digit - '0']), digit => digit - '0');
        string Say() => string.Join(", ", digits.Select(pair => $"{pair.Key} = {pair.Value}"));
        Assert.Equal(1, Puzzles.Score(puzzle, Say()));
        Assert.Equal(1, Puzzles.Score(puzzle, $"{one} + {other} = {one + other}"));

        var (a, b) = (digits.Keys.First(), digits.Keys.Last());
        (digits[a], digits[b]) = (digits[b], digits[a]);
        var words = equation.Split(' ').Where(word => word.Length > 1).ToArray();
        var numbers = words.Select(word => word.Aggregate(0L, (sum, letter) => (sum * 10) + digits[letter])).ToArray();
        Assert.Equal(numbers[0] + numbers[1] == numbers[2] && words.All(word => digits[word[0]] != 0) ? 1 : 0, Puzzles.Score(puzzle, Say()));
    });
}
