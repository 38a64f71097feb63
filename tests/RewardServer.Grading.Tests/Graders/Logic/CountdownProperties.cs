namespace RewardServer.Grading.Tests.Graders.Logic;

public sealed class CountdownProperties
{
    private sealed record Made(string Text, string Latex, (long Top, long Bottom) Value, List<string> Steps);

    [Fact]
    public void A_made_expression_scores_1_in_every_notation_and_a_changed_one_0() => Puzzles.Hold(random =>
    {
        var numbers = Enumerable.Range(0, random.Next(2, 6)).Select(_ => (long)random.Next(1, 26)).ToArray();
        var made = Make(numbers, random);
        if (made is not { Value: var (target, bottom) } || bottom != 1 || Math.Abs(target) > 100_000)
        {
            return;
        }

        var puzzle = $$"""{"kind":"countdown","numbers":{{Puzzles.Json(numbers)}},"target":{{target}},"useAll":true}""";
        string[] right =
        [
            made.Text, $"{made.Text} = {target}", $"{target} = {made.Text}", made.Text.Replace('*', '×').Replace('/', '÷').Replace('-', '−'), $@"\boxed{{{made.Latex}}}", $"${made.Latex}$",
            made.Text.Replace(" ", ""), $"The answer is {made.Text}.", .. made.Steps.Count == numbers.Length - 1 ? (string[])[string.Join(", ", made.Steps), string.Join("\n", made.Steps)] : [],
        ];
        Assert.All(right.Where(answer => target >= 0 || !answer.Contains('=')), answer => Assert.Equal(1, Puzzles.Score(puzzle, answer)));

        string[] wrong = [$"{made.Text} + {numbers[0]}", $"{made.Text} + 0", $"{made.Text} - 1", $"({made.Text})!", $"({made.Text})^1", $"-({made.Text})", $"{made.Text} = {target + 1}", $"{target}", $"{made.Text} or {numbers[0]} + {numbers[1]}"];
        Assert.All(wrong, answer => Assert.Equal(0, Puzzles.Score(puzzle, answer)));
    }, cases: 150);

    // Some expression of the numbers, with the steps to it where all of them are whole and none is negative.
    private static Made? Make(ReadOnlySpan<long> numbers, Random random)
    {
        if (numbers.Length == 1)
        {
            return new($"{numbers[0]}", $"{numbers[0]}", (numbers[0], 1), []);
        }

        var cut = random.Next(1, numbers.Length);
        if (Make(numbers[..cut], random) is not { } left || Make(numbers[cut..], random) is not { } right)
        {
            return null;
        }

        var sign = "+-*/"[random.Next(4)];
        var (a, b, c, d) = (left.Value.Top, left.Value.Bottom, right.Value.Top, right.Value.Bottom);
        if (sign == '/' && c == 0)
        {
            return null;
        }

        var value = Lowest(sign switch { '+' => ((a * d) + (c * b), b * d), '-' => ((a * d) - (c * b), b * d), '*' => (a * c, b * d), _ => (a * d, b * c) });
        var whole = b == 1 && d == 1 && value.Bottom == 1 && a >= 0 && c >= 0 && value.Top >= 0;
        var latex = sign == '/' ? $@"\frac{{{left.Latex}}}{{{right.Latex}}}" : $@"\left({left.Latex}\right){(sign == '*' ? @"\times" : sign)}\left({right.Latex}\right)";
        return new($"({left.Text} {sign} {right.Text})", latex, value, [.. left.Steps, .. right.Steps, .. whole ? (string[])[$"{a} {sign} {c} = {value.Top}"] : []]);
    }

    private static (long Top, long Bottom) Lowest((long Top, long Bottom) value)
    {
        var divisor = (long)System.Numerics.BigInteger.GreatestCommonDivisor(value.Top, value.Bottom) * Math.Sign(value.Bottom);
        return (value.Top / divisor, value.Bottom / divisor);
    }
}
