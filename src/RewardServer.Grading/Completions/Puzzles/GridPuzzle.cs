using System.Collections.Immutable;

namespace RewardServer.Grading.Completions.Puzzles;

/// <summary>A logic grid, such as the zebra puzzle: each value of each category stands at one position, and no two of a category at the same.</summary>
/// <param name="Positions">The names of the positions in their order: <c>["1", "2", "3"]</c>, the days of the week, people.</param>
/// <param name="Categories">The values of each category, as many as there are positions. No two values are the same, in whatever category.</param>
/// <param name="Constraints">What is known: logic over <c>same</c>, <c>at</c>, <c>leftOf</c> and their like (docs/logic.md).</param>
public sealed record GridPuzzle(
    ImmutableArray<string> Positions, ImmutableDictionary<string, ImmutableArray<string>> Categories, ImmutableArray<Formula> Constraints) : Puzzle
{
    private const int MostPositions = 16, MostCategories = 16;

    /// <inheritdoc/>
    public override IEnumerable<(string Member, string Error)> Errors()
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var errors = PuzzleNames.Errors("positions", Positions, 2, MostPositions, taken).ToList();
        if (errors.Count > 0)
        {
            return errors;
        }

        if (Categories.Count is < 1 or > MostCategories)
        {
            errors.Add(("categories", $"must be from 1 to {MostCategories}"));
        }

        foreach (var (name, values) in Categories.OrderBy(category => category.Key, StringComparer.Ordinal))
        {
            errors.AddRange(PuzzleNames.Errors($"categories.{Graders.Shown.Head(name, 60)}", values, Positions.Length, Positions.Length, taken));
        }

        return errors.Count > 0 ? errors : FormulaErrors.Of("constraints", Constraints, Atoms());
    }

    private Dictionary<string, Atom> Atoms()
    {
        var known = Categories.Values.SelectMany(values => values).ToHashSet(StringComparer.Ordinal);
        bool Value(int _, string name) => known.Contains(name);
        var (two, three) = (new Atom(2, 2, Value), new Atom(3, 3, Value));
        return new()
        {
            ["same"] = new(2, MostCategories, Value),
            ["different"] = new(2, MostCategories, Value),
            ["at"] = new(2, 2, (i, name) => i == 0 ? known.Contains(name) : Positions.Contains(name)),
            ["leftOf"] = two,
            ["rightOf"] = two,
            ["directlyLeftOf"] = two,
            ["directlyRightOf"] = two,
            ["nextTo"] = two,
            ["between"] = three,
            ["apart"] = new(3, 3, (i, name) => i < 2 ? known.Contains(name) : int.TryParse(name, out var apart) && apart > 0 && apart < Positions.Length),
            ["atEnd"] = new(1, 1, Value),
        };
    }
}
