using System.Collections.Immutable;
using System.Globalization;
using RewardServer.Grading.Completions.Puzzles;
using RewardServer.Grading.Graders.Logic.Constraints;
using RewardServer.Grading.Graders.Logic.Reading;

namespace RewardServer.Grading.Graders.Logic;

/// <summary>A logic grid: each value's position keeps the constraints.</summary>
internal sealed class GridCheck(GridPuzzle puzzle) : ConstraintCheck(ProblemOf(puzzle))
{
    private readonly GridReader reader = new(puzzle.Positions, Values(puzzle));

    /// <inheritdoc/>
    public override Finding Read(string text)
    {
        var said = reader.Read(text);
        return said.Fault is null ? Judge(said.Values, reader.Show(said.Values))
            : new(said.IsHedged && said.IsComplete, said.IsComplete ? reader.Show(said.Values) : "", [said.Fault]) { IsHedged = said.IsHedged };
    }

    /// <inheritdoc/>
    protected override string? Remarks(string text) => null;

    // A category's values one after the other; the categories in the order of their names.
    private static ImmutableArray<string> Values(GridPuzzle puzzle) => [.. Categories(puzzle).SelectMany(category => category.Value)];

    private static IEnumerable<KeyValuePair<string, ImmutableArray<string>>> Categories(GridPuzzle puzzle) =>
        puzzle.Categories.OrderBy(category => category.Key, StringComparer.Ordinal);

    private static Problem ProblemOf(GridPuzzle puzzle)
    {
        var values = Values(puzzle);
        var size = puzzle.Positions.Length;
        var categories = Categories(puzzle).Select((_, i) => new Different([.. Enumerable.Range(i * size, size)])).Select(category => new Rule(category, at => Shared(category, at, values, puzzle)));
        var compiler = new FormulaCompiler(formula => Atom(formula, values, puzzle));
        var constraints = (puzzle.Constraints.IsDefault ? [] : puzzle.Constraints).Select((formula, i) =>
            new Rule(compiler.Compile(formula), _ => $"constraint {i + 1} does not hold: {Shown.Head(formula.ToString(), 200)}"));
        return new([.. values.Select(_ => Problem.Values(size))], [.. categories, .. constraints]);
    }

    private static string Shared(Different category, int[] at, ImmutableArray<string> values, GridPuzzle puzzle)
    {
        var position = category.Repeated(at)!.Value.Value;
        return $"{string.Join(" and ", category.Variables.Where(value => at[value] == position).Select(value => values[value]))} are both at position {puzzle.Positions[position]}";
    }

    private static Condition Atom(Formula formula, ImmutableArray<string> values, GridPuzzle puzzle)
    {
        if (formula.Operator == "at")
        {
            return new Value(values.IndexOf(formula.Parts[0].Operator), puzzle.Positions.IndexOf(formula.Parts[1].Operator));
        }

        var apart = formula.Operator == "apart" ? int.Parse(formula.Parts[2].Operator, CultureInfo.InvariantCulture) : 0;
        var last = puzzle.Positions.Length - 1;
        Func<int[], bool> holds = formula.Operator switch
        {
            "same" => at => at.Distinct().Count() == 1,
            "different" => at => at.Distinct().Count() == at.Length,
            "leftOf" => at => at[0] < at[1],
            "rightOf" => at => at[0] > at[1],
            "directlyLeftOf" => at => at[0] + 1 == at[1],
            "directlyRightOf" => at => at[0] == at[1] + 1,
            "nextTo" => at => Math.Abs(at[0] - at[1]) == 1,
            "apart" => at => Math.Abs(at[0] - at[1]) == apart,
            "between" => at => (at[0] < at[1] && at[1] < at[2]) || (at[0] > at[1] && at[1] > at[2]),
            _ => at => at[0] == 0 || at[0] == last,
        };
        return new Test([.. formula.Parts.Take(apart > 0 ? 2 : formula.Parts.Length).Select(part => values.IndexOf(part.Operator))], holds);
    }
}
