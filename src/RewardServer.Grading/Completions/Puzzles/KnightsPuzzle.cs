using System.Collections.Immutable;

namespace RewardServer.Grading.Completions.Puzzles;

/// <summary>Who is a knight, who says what is true, and who a knave, who says what is false? Other roles can be named.</summary>
/// <param name="People">Their names: from 1 to 32.</param>
/// <param name="Statements">What they say; what is said of people has their role for operator: <c>{"knave": "B"}</c>.</param>
public sealed record KnightsPuzzle(ImmutableArray<string> People, ImmutableArray<Statement> Statements) : Puzzle
{
    private const int MostPeople = 32, MostStatements = 200, MostRoles = 6;

    /// <summary>The roles that each of the people may have.</summary>
    public ImmutableArray<Role> Roles { get; init; } = [new("knight", Speech.Truth), new("knave", Speech.Lies)];

    /// <summary>What is known to be true, whoever says it: "exactly one is a spy".</summary>
    public ImmutableArray<Formula> Facts { get; init; } = [];

    /// <inheritdoc/>
    public override IEnumerable<(string Member, string Error)> Errors()
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var roles = Roles.IsDefault ? [] : Roles.Select(role => role?.Name!).ToImmutableArray();
        var names = PuzzleNames.Errors("people", People, 1, MostPeople, taken).Concat(PuzzleNames.Errors("roles", roles, 2, MostRoles, taken)).ToList();
        if (roles.Any(role => role is not null && (FormulaErrors.Operators.Contains(role) || role is "same" or "different")))
        {
            names.Add(("roles", "must not have the name of an operator"));
        }

        if (Statements.IsDefault || Statements.Length > MostStatements || Statements.Any(statement => statement is null))
        {
            names.Add(("statements", $"must be at most {MostStatements}, and none null"));
        }

        return names.Count > 0 ? names : ErrorsOfStatements(roles);
    }

    private IEnumerable<(string Member, string Error)> ErrorsOfStatements(ImmutableArray<string> roles)
    {
        var person = new Atom(1, MostPeople, (_, name) => People.Contains(name));
        var atoms = roles.Concat(["same", "different"]).ToDictionary(name => name, name => name is "same" or "different" ? person with { Least = 2 } : person);
        var speakers = Statements.Select((statement, i) => (statement, i)).Where(at => !People.Contains(at.statement.Speaker))
            .Select(at => ($"statements[{at.i}].speaker", "must be one of people"));
        return speakers
            .Concat(FormulaErrors.Of("statements", [.. Statements.Select(statement => statement.Says)], atoms, ".says"))
            .Concat(FormulaErrors.Of("facts", Facts, atoms));
    }
}

/// <summary>What one of the people says.</summary>
/// <param name="Speaker">Who.</param>
/// <param name="Says">What.</param>
public sealed record Statement(string Speaker, Formula Says);

/// <summary>What somebody may be.</summary>
/// <param name="Name">"knight".</param>
/// <param name="Speaks">Whether they tell the truth.</param>
public sealed record Role(string Name, Speech Speaks);

/// <summary>Whether somebody tells the truth.</summary>
public enum Speech
{
    /// <summary>Always.</summary>
    Truth,

    /// <summary>Never.</summary>
    Lies,

    /// <summary>As they like.</summary>
    Either,
}
