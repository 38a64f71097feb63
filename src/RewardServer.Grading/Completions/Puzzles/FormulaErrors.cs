using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using RewardServer.Grading.Graders;

namespace RewardServer.Grading.Completions.Puzzles;

/// <summary>What a statement about the things of a puzzle takes.</summary>
/// <param name="Least">The fewest names.</param>
/// <param name="Most">The most names.</param>
/// <param name="Knows">Whether the name at a place, counted from 0, is one that may stand there.</param>
internal sealed record Atom(int Least, int Most, Func<int, string, bool> Knows);

/// <summary>What is wrong with formulas.</summary>
internal static class FormulaErrors
{
    private const int Largest = 10_000;

    private static readonly FrozenDictionary<string, (int Least, int Most)> Logical = new Dictionary<string, (int, int)>
    {
        ["and"] = (1, 1000), ["or"] = (1, 1000), ["not"] = (1, 1), ["xor"] = (2, 2), ["iff"] = (2, 1000), ["implies"] = (2, 2),
    }.ToFrozenDictionary();

    /// <summary>Operators that join others, by name; the last three count those that hold.</summary>
    public static FrozenSet<string> Operators { get; } = Logical.Keys.Concat(["exactly", "atLeast", "atMost"]).ToFrozenSet();

    /// <summary>Each formula of a list that is wrong, by its member.</summary>
    /// <param name="member">The member that holds the list.</param>
    /// <param name="formulas">The list.</param>
    /// <param name="atoms">What may be said of the puzzle's things, by its operator; "" for a bare name.</param>
    /// <param name="path">What stands in each element of the list before the formula; often empty.</param>
    public static IEnumerable<(string Member, string Error)> Of(
        string member, ImmutableArray<Formula> formulas, IReadOnlyDictionary<string, Atom> atoms, string path = "")
    {
        if (!formulas.IsDefault && formulas.Sum(formula => (long)(formula?.Size ?? 1)) > Largest)
        {
            return [(member, $"must hold at most {Largest} operators and names in all")];
        }

        return formulas.IsDefault ? [] : formulas.Select((formula, i) => ($"{member}[{i}]{path}", formula is null ? "must not be null" : Fault(formula, atoms)))
            .Where(error => error.Item2 is not null).Select(error => (error.Item1, error.Item2!));
    }

    private static string? Fault(Formula formula, IReadOnlyDictionary<string, Atom> atoms)
    {
        if (formula.IsName)
        {
            return atoms.TryGetValue("", out var name) && name.Knows(0, formula.Operator) ? null : $"'{Shown.Head(formula.Operator, 60)}' says nothing that could be true";
        }

        if (atoms.TryGetValue(formula.Operator, out var atom))
        {
            return FaultOfAtom(formula, atom);
        }

        var count = formula.Operator is "exactly" or "atLeast" or "atMost";
        return count && (formula.Parts.Length < 2 || !IsCount(formula.Parts[0])) ? $"{formula.Operator} takes a number and at least one statement"
            : count ? formula.Parts.Skip(1).Select(part => Fault(part, atoms)).FirstOrDefault(fault => fault is not null)
            : !Logical.TryGetValue(formula.Operator, out var takes) ? $"'{Shown.Head(formula.Operator, 60)}' is not an operator; there are: {string.Join(", ", Operators.Concat(atoms.Keys).Where(key => key.Length > 0).Order(StringComparer.Ordinal))}"
            : formula.Parts.Length < takes.Least || formula.Parts.Length > takes.Most ? $"{formula.Operator} takes {(takes.Least == takes.Most ? $"{takes.Least}" : $"from {takes.Least} to {takes.Most}")} statements"
            : formula.Parts.Select(part => Fault(part, atoms)).FirstOrDefault(fault => fault is not null);
    }

    private static bool IsCount(Formula part) => part.IsName && int.TryParse(part.Operator, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static string? FaultOfAtom(Formula formula, Atom atom)
    {
        if (formula.Parts.Length < atom.Least || formula.Parts.Length > atom.Most || !formula.Parts.All(part => part.IsName))
        {
            return $"{formula.Operator} takes {(atom.Least == atom.Most ? $"{atom.Least}" : $"from {atom.Least} to {atom.Most}")} names";
        }

        var unknown = formula.Parts.Select((part, i) => (part, i)).FirstOrDefault(at => !atom.Knows(at.i, at.part.Operator)).part;
        return unknown is null ? null : $"'{Shown.Head(unknown.Operator, 60)}' is no name that {formula.Operator} can be said of";
    }
}
