using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using RewardServer.Grading.Completions.Puzzles;

namespace RewardServer.Grading.Graders.Logic.Countdown;

/// <summary>Whether expressions keep the rules of a puzzle.</summary>
internal sealed class ExpressionJudge(CountdownPuzzle puzzle)
{
    /// <summary>The most steps to a target.</summary>
    public const int MostSteps = 40;

    private const int MostDigits = 20;

    /// <summary>What is wrong with an equation of which one side is the answer, and all others say what it makes; empty where nothing is.</summary>
    public ImmutableArray<string> Fault(List<Expression> sides)
    {
        var answer = sides.Find(side => side is Operation) ?? sides[0];
        var available = Available();
        return First(
            FaultOfNumbers(answer, available),
            () => puzzle.UseAll && available.Count > 0 ? $"does not use {available.Keys.First()}" : null,
            () => FaultOfValue(answer, Ratio.Of(puzzle.Target)),
            () => sides.Where(side => side != answer).Select(FaultOfWorking).FirstOrDefault(fault => fault is not null));
    }

    /// <summary>Whether equations are steps: each an operation on numbers of which it tells the result, a number or a fraction.</summary>
    public static bool AreSteps(IEnumerable<List<Expression>> steps) => steps.All(sides => sides is [Operation, Number or Operation { IsFraction: true }]);

    /// <summary>What is wrong with steps, each of which may use the results of earlier ones in place of numbers; empty where nothing is.</summary>
    public ImmutableArray<string> FaultOfSteps(IEnumerable<List<Expression>> steps)
    {
        var (available, last) = (Available(), Ratio.Of(0));
        foreach (var sides in steps)
        {
            if (ResultOf(sides[1]) is not { } result)
            {
                return ["a number is too large, or a division by 0"];
            }

            var fault = First(FaultOfNumbers(sides[0], available), () => FaultOfValue(sides[0], result));
            if (!fault.IsEmpty)
            {
                return fault;
            }

            last = result;
            available[last] = available.GetValueOrDefault(last) + 1;
        }

        Spend(available, last);
        return First(
            last == Ratio.Of(puzzle.Target) ? null : $"makes {last}, not {puzzle.Target}",
            () => puzzle.UseAll && available.Count > 0 ? $"does not use {available.Keys.First()}" : null);
    }

    private SortedDictionary<Ratio, int> Available()
    {
        var available = new SortedDictionary<Ratio, int>();
        foreach (var number in puzzle.Numbers.Select(number => Ratio.Of(number)))
        {
            available[number] = available.GetValueOrDefault(number) + 1;
        }

        return available;
    }

    private static Ratio? ResultOf(Expression side) => side switch
    {
        Number number => TryValue(number, out var value) ? value : null,
        Operation { Left: Number above, Right: Number below } => TryValue(above, out var top) && TryValue(below, out var bottom) ? Ratio.Apply('/', top, bottom) : null,
        _ => null,
    };

    // Spends what the expression uses, and of a fraction the result of an earlier step where it is one, else both its numbers.
    private static string? FaultOfNumbers(Expression expression, SortedDictionary<Ratio, int> available) => expression switch
    {
        Number number => FaultOfNumber(number, available),
        Operation { IsFraction: true } when SpendFraction(expression, available) => null,
        // "2 * 8/3" is twice the fraction, read from left to right or not.
        Operation { Sign: '/', Left: Operation { Sign: '*', Right: Number above } product, Right: Number below } when SpendFraction(new Operation('/', above, below), available) =>
            FaultOfNumbers(product.Left, available),
        Operation operation => FaultOfNumbers(operation.Left, available) ?? FaultOfNumbers(operation.Right, available),
        _ => null,
    };

    private static string? FaultOfNumber(Number number, SortedDictionary<Ratio, int> available) =>
        !TryValue(number, out var value) ? $"uses {Shown.Head(number.Digits, MostDigits)}, which is not given"
        : !Spend(available, value) ? $"uses {value} more often than it is given, or it is not given"
        : null;

    // What is not whole is the result of a step, for no such number is given.
    private static bool SpendFraction(Expression fraction, SortedDictionary<Ratio, int> available) => ResultOf(fraction) is { IsWhole: false } value && Spend(available, value);

    private static bool Spend(SortedDictionary<Ratio, int> available, Ratio number)
    {
        if (!available.TryGetValue(number, out var times))
        {
            return false;
        }

        if (times == 1)
        {
            available.Remove(number);
        }
        else
        {
            available[number] = times - 1;
        }

        return true;
    }

    // Evaluated only where its numbers are known to be few.
    private string? FaultOfValue(Expression expression, Ratio wanted)
    {
        var value = Evaluate(expression, puzzle.Operations, puzzle.WholeSteps, puzzle.NonNegativeSteps, out var fault);
        return fault ?? (value == wanted ? null : $"makes {value}, not {wanted}");
    }

    private string? FaultOfWorking(Expression side) =>
        side.Numbers.Count() > puzzle.Numbers.Length || side.Numbers.Any(number => !TryValue(number, out _)) ? "another side of the equation is no working of it"
        : Evaluate(side, ["+", "-", "*", "/"], false, false, out _) is { } value && value == Ratio.Of(puzzle.Target) ? null
        : "another side of the equation is not the target";

    private static Ratio? Evaluate(Expression expression, ImmutableArray<string> operations, bool whole, bool positive, out string? fault)
    {
        fault = null;
        if (expression is Number number)
        {
            return TryValue(number, out var given) ? given : null;
        }

        var operation = (Operation)expression;
        if (!operations.Contains($"{operation.Sign}"))
        {
            fault = $"uses the operation {operation.Sign}, which is not allowed";
            return null;
        }

        if (Evaluate(operation.Left, operations, whole, positive, out fault) is not { } left || Evaluate(operation.Right, operations, whole, positive, out fault) is not { } right)
        {
            return null;
        }

        var result = Ratio.Apply(operation.Sign, left, right);
        fault = result is null ? "divides by 0"
            : whole && !result.Value.IsWhole ? $"has {result} on the way, which is no whole number"
            : positive && result.Value.Numerator.Sign < 0 ? $"has {result} on the way, which is negative"
            : null;
        return fault is null ? result : null;
    }

    private static bool TryValue(Number number, out Ratio value)
    {
        var read = number.Digits.Length <= MostDigits;
        value = Ratio.Of(read ? BigInteger.Parse(number.Digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0);
        return read;
    }

    private static ImmutableArray<string> First(string? fault, params Func<string?>[] others) =>
        fault is not null ? [fault] : others.Select(other => other()).FirstOrDefault(found => found is not null) is { } next ? [next] : [];
}
