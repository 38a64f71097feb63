using System.Collections.Immutable;

namespace RewardServer.Training.Problems.Countdown;

/// <summary>One way to join three numbers.</summary>
/// <param name="Steps">Its two steps: <c>8-3=5,5*2=10</c>.</param>
/// <param name="Expression">It as one expression: <c>(8-3)*2</c>.</param>
/// <param name="Value">What it makes.</param>
internal sealed record CountdownTry(string Steps, string Expression, int Value)
{
    private const int Largest = 99;

    /// <summary>
    /// All ways to join three numbers by + - and *, of which every result is from 1 to 99. Of sums and products that differ in the order alone there
    /// is one: who tries (8+3)+2 and then (8+2)+3 tries the same again.
    /// </summary>
    /// <param name="numbers">Three numbers, the largest first.</param>
    /// <param name="operations">Which of + - and * may join them.</param>
    /// <returns>The ways, always in one order.</returns>
    public static ImmutableArray<CountdownTry> All(ReadOnlySpan<int> numbers, string operations)
    {
        var found = new OrderedDictionary<string, CountdownTry>();
        (int One, int Other, int Last)[] orders =
            [(numbers[0], numbers[1], numbers[2]), (numbers[0], numbers[2], numbers[1]), (numbers[1], numbers[2], numbers[0])];
        foreach (var (one, other, last) in orders)
        {
            foreach (var first in operations)
            {
                foreach (var second in Apply(first, one, other) is not null ? operations : "")
                {
                    Add(found, one, other, last, first, second, Apply(first, one, other)!.Value);
                }
            }
        }

        return [.. found.Values];
    }

    private static void Add(OrderedDictionary<string, CountdownTry> found, int one, int other, int last, char first, char second, int joined)
    {
        // What is taken away stands last.
        var turned = second == '-' && last > joined;
        var (left, right) = turned ? (last, joined) : (joined, last);
        if (Apply(second, left, right) is { } value)
        {
            var expression = turned ? $"{last}-({one}{first}{other})" : $"({one}{first}{other}){second}{last}";
            found.TryAdd(Key(one, other, last, first, second, turned) ?? expression, new($"{one}{first}{other}={joined},{left}{second}{right}={value}", expression, value));
        }
    }

    // What is the same for all orders of a sum or a product; null where there is one order alone.
    private static string? Key(int one, int other, int last, char first, char second, bool turned)
    {
        if (first == '*' || second == '*')
        {
            return first == second ? "*" : null;
        }

        var sign = turned ? -1 : 1;
        int[] signed = [sign * one, (first == '-' ? -sign : sign) * other, (second == '-' && !turned ? -1 : 1) * last];
        return string.Join(' ', signed.Order());
    }

    private static int? Apply(char operation, int left, int right)
    {
        var result = operation switch { '+' => left + right, '-' => left - right, _ => left * right };
        return result is >= 1 and <= Largest ? result : null;
    }
}
