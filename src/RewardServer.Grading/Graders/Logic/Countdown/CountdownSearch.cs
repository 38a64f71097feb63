using RewardServer.Grading.Completions.Puzzles;

namespace RewardServer.Grading.Graders.Logic.Countdown;

/// <summary>Looks for an expression that makes the target: two numbers are replaced by what they make, until one is left.</summary>
internal sealed class CountdownSearch
{
    // A few tens of milliseconds; five numbers are decided in fewer, six in most cases.
    private const int MostSteps = 300_000;

    private readonly CountdownPuzzle puzzle;
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private int steps = MostSteps;

    private CountdownSearch(CountdownPuzzle puzzle) => this.puzzle = puzzle;

    /// <summary>Whether the target can be made; null where the steps did not suffice to tell.</summary>
    public static bool? CanReach(CountdownPuzzle puzzle)
    {
        var search = new CountdownSearch(puzzle);
        return search.From([.. puzzle.Numbers.Select(number => (number, 1L)).Order()]) ? true : search.steps < 0 ? null : false;
    }

    // Each number is a numerator and a denominator above 0, in lowest terms.
    private bool From((long Top, long Bottom)[] numbers)
    {
        if (puzzle.UseAll ? numbers is [var only] && only == (puzzle.Target, 1) : numbers.Contains((puzzle.Target, 1)))
        {
            return true;
        }

        for (var i = 0; i < numbers.Length; i++)
        {
            for (var j = 0; j < numbers.Length; j++)
            {
                if (i != j && Join(numbers, i, j))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool Join((long Top, long Bottom)[] numbers, int i, int j)
    {
        foreach (var operation in puzzle.Operations.Distinct())
        {
            if (i > j && operation is "+" or "*")
            {
                continue;
            }

            if (--steps < 0)
            {
                return false;
            }

            if (Apply(operation, numbers[i], numbers[j]) is { } result
                && !(puzzle.WholeSteps && result.Bottom != 1) && !(puzzle.NonNegativeSteps && result.Top < 0))
            {
                (long, long)[] next = [.. numbers.Where((_, at) => at != i && at != j).Append(result).Order()];
                if (seen.Add(string.Join(' ', next)) && From(next))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // A number that is too large for 64 bits leaves open whether there is a way: as where the steps are used up.
    private (long Top, long Bottom)? Apply(string operation, (long Top, long Bottom) left, (long Top, long Bottom) right)
    {
        try
        {
            checked
            {
                return operation switch
                {
                    "+" => Lowest((left.Top * right.Bottom) + (right.Top * left.Bottom), left.Bottom * right.Bottom),
                    "-" => Lowest((left.Top * right.Bottom) - (right.Top * left.Bottom), left.Bottom * right.Bottom),
                    "*" => Lowest(left.Top * right.Top, left.Bottom * right.Bottom),
                    _ => right.Top == 0 ? null : Lowest(left.Top * right.Bottom, left.Bottom * right.Top),
                };
            }
        }
        catch (OverflowException)
        {
            steps = -1;
            return null;
        }
    }

    private static (long, long) Lowest(long top, long bottom)
    {
        var (one, other) = (Math.Abs(top), Math.Abs(bottom));
        while (other != 0)
        {
            (one, other) = (other, one % other);
        }

        var divisor = bottom < 0 ? -one : one;
        return (top / divisor, bottom / divisor);
    }
}
