using System.Globalization;
using System.Text;
using System.Text.Json;
using RewardServer.Grading.Completions;

namespace RewardServer.Benchmarks.Grade;

/// <summary>
/// Rows like those of MATH with what a model wrote, each its own: the kinds of answers that MATH has, in about its shares; four of five completions are right, in another form
/// than the gold. The same number makes the same row.
/// </summary>
internal static class MathRows
{
    private const int RightOfFive = 4;

    private static readonly string[] Subjects = ["Algebra", "Counting & Probability", "Geometry", "Intermediate Algebra", "Number Theory", "Prealgebra", "Precalculus"];

    private static readonly string[] Steps =
    [
        "Let us write the given condition as an equation in one unknown and collect the terms on one side.",
        "Squaring both sides, we must check later that no root was added that does not solve the problem.",
        "By symmetry it is enough to look at the first case, and the second follows with the roles exchanged.",
        "The discriminant is positive, hence there are two real solutions, of which only one is in the given range.",
        "Substituting this back, the left side becomes a perfect square, and the remaining factor is linear.",
        "Since the two numbers have no common divisor, each prime power on the right divides exactly one of them.",
        "Wait, I should check this for small values: for 1 it gives what was expected, and so it does for 2.",
        "The area of the triangle is half the product of two sides and the sine of the angle between them.",
        "Counting the complement is easier here: we subtract those arrangements in which the two stand together.",
        "Adding the three equations and dividing by two gives the sum of all unknowns, from which each follows.",
    ];

    private static readonly string[] Words = ["Monday", "Alice", "east", "even", "ellipse", "hyperbola", "Evelyn", "navy blue", "neither", "infinitely many"];

    /// <summary>Whether the completion of a row is right.</summary>
    public static bool IsRight(long number) => number % 5 < RightOfFive;

    /// <summary>A row as a line of JSON, without its end.</summary>
    public static byte[] Line(long number)
    {
        var random = new Random(unchecked((int)(number * 2654435761)));
        var (gold, same, other) = Answer(number, random);
        var answer = IsRight(number) ? Styled(same, random) : Styled(other, random);
        return JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                id = $"math/{number}",
                prompt = $"Problem {number}. Find the value that satisfies the conditions with parameters {random.Next(2, 99)} and {random.Next(2, 99)}.",
                completion = Reasoning(number, answer, random),
                level = $"Level {1 + (number % 5)}",
                subject = Subjects[number % Subjects.Length],
                task = new { kind = "math", answer = gold },
            },
            ItemJson.Options);
    }

    private static string Reasoning(long number, string answer, Random random)
    {
        var text = new StringBuilder("<think>");
        for (var step = random.Next(3, 10); step > 0; step--)
        {
            text.Append(Steps[random.Next(Steps.Length)]).Append(CultureInfo.InvariantCulture, $" So $x_{step} = {random.Next(1000)}$ and $y = {random.Next(1000)} - {number % 1000}$.\n");
        }

        return text.Append("</think> <answer>Therefore the answer is $\\boxed{").Append(answer).Append("}$.</answer>").ToString();
    }

    // The gold, the same in another form, and something else. Two numbers of the row's own make answers of one kind differ.
    private static (string Gold, string Same, string Other) Answer(long number, Random random)
    {
        var (kind, own) = (number % 20, number / 20);
        var (a, b, c) = (2 + (own % 499), 3 + (own / 499), (long)random.Next(2, 40));
        return kind switch
        {
            < 8 => Integer(number, random),
            < 11 => ($@"\frac{{{a}}}{{{a + b}}}", $"{c * a}/{c * (a + b)}", $@"\frac{{{a + 1}}}{{{a + b + 1}}}"),
            11 => ($@"{a}\sqrt{{{b}}}", $@"\sqrt{{{a * a * b}}}", $@"{a + 1}\sqrt{{{b}}}"),
            12 => ($@"\frac{{{a}+\sqrt{{{b}}}}}{{{c}}}", $@"\frac{{{a}}}{{{c}}}+\frac{{1}}{{{c}}}\sqrt{{{b}}}", $@"\frac{{{a}-\sqrt{{{b}}}}}{{{c}}}"),
            13 => ($@"[{a}, {a + b}) \cup ({a + b + c}, \infty)", $@"\left[{a},{a + b}\right) \cup \left({a + b + c},\infty\right)", $@"[{a}, {a + b}] \cup ({a + b + c}, \infty)"),
            14 => ($"(x+{a})(x+{b})", $"x^2+{a + b}x+{a * b}", $"x^2+{a + b + 1}x+{a * b}"),
            15 => ($"({a}, {b}, -{c})", $@"\left({a}, {b}, -{c}\right)", $"({b}, {a + 1}, -{c})"),
            16 => ($@"\frac{{{a}\pi}}{{{b}}}", $@"\frac{{{a}}}{{{b}}}\pi", $@"\frac{{{a}\pi}}{{{b + 1}}}"),
            17 => ($"y = {a}x + {b}", $"{c}y = {a * c}x + {b * c}", $"y = {a}x - {b}"),
            18 => ($"{a}.{b:D3}", $@"\frac{{{(a * 1000) + b}}}{{1000}}", $"{a + 1}.{b:D3}"),
            _ => Text(own),
        };
    }

    private static (string Gold, string Same, string Other) Integer(long number, Random random) => (
        $"{number}",
        random.Next(4) switch { 0 => $"{number}.0", 1 => $@"\frac{{{2 * number}}}{{2}}", 2 => number.ToString("N0", CultureInfo.InvariantCulture).Replace(",", "{,}", StringComparison.Ordinal), _ => $@"{number}\text{{ units}}" },
        $"{number + random.Next(1, 9)}");

    private static (string Gold, string Same, string Other) Text(long own)
    {
        var (word, other) = (Words[own % Words.Length], Words[(own + 1) % Words.Length]);
        return ($@"\text{{{word}}}", $@"\textbf{{{word}}}", $@"\text{{{other}}}");
    }

    private static string Styled(string text, Random random) => random.Next(3) switch
    {
        0 => text.Replace(@"\frac", @"\dfrac", StringComparison.Ordinal),
        1 => $" {text} ",
        _ => $@"\displaystyle {text}",
    };
}
