using System.Collections.Immutable;
using RewardServer.Grading.Completions.Puzzles;
using RewardServer.Grading.Graders.Logic.Constraints;

namespace RewardServer.Grading.Graders.Logic;

/// <summary>Knights and knaves: everyone's role must fit what they say.</summary>
internal sealed class KnightsCheck(KnightsPuzzle puzzle)
    : AssignmentCheck(ProblemOf(puzzle), new(puzzle.People, Roles(puzzle), plurals: true) { Complements = puzzle.Roles.Length == 2 })
{
    private static ImmutableArray<string> Roles(KnightsPuzzle puzzle) => [.. puzzle.Roles.Select(role => role.Name)];

    private static Problem ProblemOf(KnightsPuzzle puzzle)
    {
        var roles = Roles(puzzle);
        var compiler = new FormulaCompiler(formula => Atom(formula, puzzle, roles));
        var statements = puzzle.Statements.Select((statement, i) => RuleOf(i + 1, statement, puzzle, compiler.Compile(statement.Says)));
        var facts = puzzle.Facts.IsDefault ? [] : puzzle.Facts.Select(fact => new Rule(compiler.Compile(fact), _ => $"{Shown.Head(fact.ToString(), 200)} does not hold"));
        return new([.. puzzle.People.Select(_ => Problem.Values(roles.Length))], [.. statements, .. facts]);
    }

    private static Condition Atom(Formula formula, KnightsPuzzle puzzle, ImmutableArray<string> roles)
    {
        ImmutableArray<int> people = [.. formula.Parts.Select(part => puzzle.People.IndexOf(part.Operator))];
        var role = roles.IndexOf(formula.Operator);
        return role >= 0 ? new Count(people.Length, people.Length, [.. people.Select(person => (Condition)new Value(person, role))])
            : formula.Operator == "same" ? new Test(people, values => values.Distinct().Count() == 1)
            : new Test(people, values => values.Distinct().Count() == values.Length);
    }

    private static Rule RuleOf(int number, Statement statement, KnightsPuzzle puzzle, Condition says)
    {
        var speaker = puzzle.People.IndexOf(statement.Speaker);
        var roles = puzzle.Roles.Select((role, i) => (role, Is: (Condition)new Value(speaker, i))).ToArray();
        ImmutableArray<Condition> all =
        [
            .. roles.Where(at => at.role.Speaks == Speech.Truth).Select(at => new Count(2, 2, [at.Is, says])),
            .. roles.Where(at => at.role.Speaks == Speech.Lies).Select(at => new Count(2, 2, [at.Is, FormulaCompiler.Not(says)])),
            .. roles.Where(at => at.role.Speaks == Speech.Either).Select(at => at.Is),
        ];
        return new(new Count(1, all.Length, all), values =>
            $"statement {number}: {statement.Speaker}, a {puzzle.Roles[values[speaker]].Name}, says what is {(puzzle.Roles[values[speaker]].Speaks == Speech.Truth ? "false" : "true")}");
    }
}
