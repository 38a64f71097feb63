using System.Collections.Immutable;

namespace RewardServer.Grading.Completions.Puzzles;

/// <summary>Variables are to be made true or false so that everything holds: clauses, formulas, or both.</summary>
/// <param name="Variables">Their names: from 1 to 500.</param>
public sealed record SatisfiabilityPuzzle(ImmutableArray<string> Variables) : Puzzle
{
    private const int MostVariables = 500, MostClauses = 5000, MostLiterals = 20_000;

    /// <summary>Clauses as DIMACS has them: 1 is the first variable, -1 says that it is false; in each of them one must hold.</summary>
    public ImmutableArray<ImmutableArray<int>> Clauses { get; init; } = [];

    /// <summary>Formulas over the variables' names, all of which must hold.</summary>
    public ImmutableArray<Formula> Formulas { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<(string Member, string Error)> Errors()
    {
        var errors = PuzzleNames.Errors("variables", Variables, 1, MostVariables).ToList();
        if (errors.Count > 0)
        {
            return errors;
        }

        if (Clauses.IsDefault || Clauses.Length > MostClauses || Clauses.Any(clause => clause.IsDefaultOrEmpty) || Clauses.Sum(clause => clause.Length) > MostLiterals)
        {
            errors.Add(("clauses", $"must be at most {MostClauses}, none empty, of at most {MostLiterals} literals in all"));
        }
        else if (Clauses.Any(clause => clause.Any(literal => literal == 0 || literal < -Variables.Length || literal > Variables.Length)))
        {
            errors.Add(("clauses", $"must hold numbers from 1 to {Variables.Length}, or below 0 for what is false"));
        }

        var known = Variables.ToHashSet(StringComparer.Ordinal);
        return errors.Concat(FormulaErrors.Of("formulas", Formulas, new Dictionary<string, Atom> { [""] = new(0, 0, (_, name) => known.Contains(name)) }));
    }
}
