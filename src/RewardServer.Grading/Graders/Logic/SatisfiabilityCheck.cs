using RewardServer.Grading.Completions.Puzzles;
using RewardServer.Grading.Graders.Logic.Constraints;
using RewardServer.Grading.Graders.Logic.Reading;

namespace RewardServer.Grading.Graders.Logic;

/// <summary>Boolean satisfiability. Read as values of variables, or as the literals that hold: <c>x1, ¬x2</c>, <c>1 -2 0</c>.</summary>
internal sealed class SatisfiabilityCheck(SatisfiabilityPuzzle puzzle) : AssignmentCheck(ProblemOf(puzzle), ReaderOf(puzzle))
{
    private const int False = 0, True = 1;

    private readonly Literals literals = new(puzzle.Variables);
    private readonly AssignmentReader reader = ReaderOf(puzzle);

    /// <inheritdoc/>
    public override Finding Read(string text)
    {
        var said = reader.Read(text);
        return said.Values.All(value => value < 0) && literals.Read(text) is { } read ? Judge(read, reader.Show(read)) : Judge(said);
    }

    // 1 and 0, T and F are values where they are no names.
    private static AssignmentReader ReaderOf(SatisfiabilityPuzzle puzzle)
    {
        var reader = new AssignmentReader(puzzle.Variables, ["false", "true"]);
        foreach (var (word, value) in new[] { ("0", False), ("1", True), ("F", False), ("T", True) })
        {
            if (!puzzle.Variables.Contains(word, StringComparer.OrdinalIgnoreCase) && !(char.IsDigit(word[0]) && puzzle.Variables.Any(name => int.TryParse(name, out _))))
            {
                reader.AddValue(word, value);
            }
        }

        return reader;
    }

    private static Problem ProblemOf(SatisfiabilityPuzzle puzzle)
    {
        var names = puzzle.Variables.Select((name, i) => (name, i)).ToDictionary(at => at.name, at => at.i, StringComparer.Ordinal);
        var compiler = new FormulaCompiler(formula => new Value(names[formula.Operator], True));
        var clauses = puzzle.Clauses.Select((clause, i) => new Rule(
            new Count(1, clause.Length, [.. clause.Select(literal => (Condition)new Value(Math.Abs(literal) - 1, literal > 0 ? True : False))]),
            _ => $"clause {i + 1} does not hold: {Shown.Head(string.Join(" or ", clause.Select(literal => $"{(literal < 0 ? "not " : "")}{puzzle.Variables[Math.Abs(literal) - 1]}")), 200)}"));
        var formulas = (puzzle.Formulas.IsDefault ? [] : puzzle.Formulas).Select((formula, i) =>
            new Rule(compiler.Compile(formula), _ => $"formula {i + 1} does not hold: {Shown.Head(formula.ToString(), 200)}"));
        return new([.. puzzle.Variables.Select(_ => Problem.Values(2))], [.. clauses, .. formulas]);
    }
}
