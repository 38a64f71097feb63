using System.Collections.Immutable;
using System.Globalization;
using RewardServer.Grading.Completions.Puzzles;

namespace RewardServer.Grading.Graders.Logic.Constraints;

/// <summary>Makes conditions of formulas that have been found right.</summary>
/// <param name="atom">Makes the condition of what is said of the puzzle's own things.</param>
internal sealed class FormulaCompiler(Func<Formula, Condition> atom)
{
    /// <summary>The condition that a formula states.</summary>
    public Condition Compile(Formula formula)
    {
        if (formula.IsName || !FormulaErrors.Operators.Contains(formula.Operator))
        {
            return atom(formula);
        }

        var counts = formula.Operator is "exactly" or "atLeast" or "atMost";
        var number = counts ? int.Parse(formula.Parts[0].Operator, CultureInfo.InvariantCulture) : 0;
        ImmutableArray<Condition> parts = [.. formula.Parts.Skip(counts ? 1 : 0).Select(Compile)];
        return formula.Operator switch
        {
            "and" => new Count(parts.Length, parts.Length, parts),
            "or" => new Count(1, parts.Length, parts),
            "not" => Not(parts[0]),
            "xor" => new Count(1, 1, parts),
            "iff" => new Alike(parts),
            "implies" => new Count(1, 2, [Not(parts[0]), parts[1]]),
            "exactly" => new Count(number, number, parts),
            "atLeast" => new Count(number, int.MaxValue, parts),
            _ => new Count(0, number, parts),
        };
    }

    /// <summary>That a condition does not hold.</summary>
    public static Condition Not(Condition condition) => new Count(0, 0, [condition]);
}
