using RewardServer.Grading.Completions.Puzzles;

namespace RewardServer.Grading.Graders.Logic.Countdown;

/// <summary>Looks for an expression that makes the target: two numbers are replaced by what they make, until one is left.</summary>
internal sealed class CountdownSearch
{
    // Every puzzle of five numbers is decided in fewer; at most some hundred milliseconds.
    private const int MostSteps = 1_000_000;

    private readonly CountdownPuzzle puzzle;
    private readonly char[] operations;

    // In lowest terms, the denominators above 0.
    private readonly (long Top, long Bottom)[] numbers;
    private int steps = MostSteps;

    private CountdownSearch(CountdownPuzzle puzzle)
    {
        this.puzzle = puzzle;
        operations = [.. puzzle.Operations.Distinct().Select(operation => operation[0])];
        numbers = [.. puzzle.Numbers.Select(number => (number, 1L))];
    }

    /// <summary>Whether the target can be made; null where the steps did not suffice to tell.</summary>
    public static bool? CanReach(CountdownPuzzle puzzle)
    {
        var search = new CountdownSearch(puzzle);
        var given = Array.Exists(search.numbers, search.IsTarget) && (!puzzle.UseAll || search.numbers.Length == 1);
        return given || search.From(search.numbers.Length) ? true : search.steps < 0 ? null : false;
    }

    private bool IsTarget((long Top, long Bottom) number) => number == (puzzle.Target, 1L);

    // Of the first numbers, as many as are left.
    private bool From(int left)
    {
        for (var i = 0; i < left; i++)
        {
            for (var j = 0; j < left; j++)
            {
                if (i != j && Join(i, j, left))
                {
                    return true;
                }
            }
        }

        return false;
    }

    // What two make takes the place of the one, and the last the place of the other.
    private bool Join(int i, int j, int left)
    {
        var (one, other) = (numbers[i], numbers[j]);
        foreach (var operation in operations)
        {
            if (i > j && operation is '+' or '*')
            {
                continue;
            }

            if (--steps < 0)
            {
                return false;
            }

            if (Apply(operation, one, other) is { } result && !(puzzle.WholeSteps && result.Bottom != 1) && !(puzzle.NonNegativeSteps && result.Top < 0))
            {
                (numbers[i], numbers[j]) = (result, numbers[left - 1]);
                if (left - 1 == i)
                {
                    numbers[j] = result;
                }

                if ((IsTarget(result) && (!puzzle.UseAll || left == 2)) || From(left - 1))
                {
                    return true;
                }

                (numbers[i], numbers[j]) = (one, other);
            }
        }

        return false;
    }

    // A number that is too large for 64 bits leaves open whether there is a way: as where the steps are used up.
    private (long Top, long Bottom)? Apply(char operation, (long Top, long Bottom) left, (long Top, long Bottom) right)
    {
        try
        {
            checked
            {
                return operation switch
                {
                    '+' => Lowest((left.Top * right.Bottom) + (right.Top * left.Bottom), left.Bottom * right.Bottom),
                    '-' => Lowest((left.Top * right.Bottom) - (right.Top * left.Bottom), left.Bottom * right.Bottom),
                    '*' => Lowest(left.Top * right.Top, left.Bottom * right.Bottom),
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
        var (one, other) = (top, bottom);
        while (other != 0)
        {
            (one, other) = (other, one % other);
        }

        var divisor = (one < 0) == (bottom < 0) ? one : checked(-one);
        return (top / divisor, bottom / divisor);
    }
}
