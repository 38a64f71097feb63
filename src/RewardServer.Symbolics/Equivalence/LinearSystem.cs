using RewardServer.Symbolics.Evaluation;
using RewardServer.Symbolics.Expressions;
using RewardServer.Symbolics.Rewriting;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>
/// A system of linear equations with rational coefficients, solved by Gaussian elimination. Two equations that give one name to two formulas (<c>y = 2x, y = −2x</c>)
/// are a list of lines and no system.
/// </summary>
internal static class LinearSystem
{
    private const int MostVariables = 8;

    /// <summary>The values of the variables by their names, where there is exactly one solution; null elsewhere.</summary>
    public static ElementsAnswer? Solve(ElementsAnswer equations, Budget budget)
    {
        if (equations is not { Kind: CollectionKind.List, Elements.Count: > 1 and <= MostVariables } || equations.Elements.Select(Names.Of).OfType<string>().GroupBy(n => n).Any(g => g.Count() > 1))
        {
            return null;
        }

        var (rows, variables) = (new List<Dictionary<string, Rational>>(), new SortedSet<string>(StringComparer.Ordinal));
        foreach (var element in equations.Elements)
        {
            if (RowOf(element, budget) is not { } row)
            {
                return null;
            }

            rows.Add(row);
            variables.UnionWith(row.Keys.Where(k => k.Length > 0));
        }

        return variables.Count is > 1 and <= MostVariables && Eliminate(rows, [.. variables], budget) is { } values
            ? new(CollectionKind.List, [.. variables.Zip(values).Select(pair => Equation(pair.First, pair.Second))]) : null;
    }

    // The coefficients by variable, and the constant by the empty name: a sum that is to be zero.
    private static Dictionary<string, Rational>? RowOf(Answer element, Budget budget)
    {
        if (element is not RelationAnswer { Operators: ['='], Operands: [ScalarAnswer { Unit: null } left, ScalarAnswer { Unit: null } right] } || Quotient.Subtract(left.Value, right.Value, budget) is not { IsPolynomial: true } difference)
        {
            return null;
        }

        var row = new Dictionary<string, Rational>();
        foreach (var term in difference.Numerator.Terms)
        {
            if (term.Monomial.Factors is not ([] or [{ Atom.Kind: AtomKind.Variable, Exponent.IsOne: true }]))
            {
                return null;
            }

            row[term.Monomial.IsOne ? string.Empty : term.Monomial.Factors[0].Atom.Key] = term.Coefficient;
        }

        return row;
    }

    private static List<Rational>? Eliminate(List<Dictionary<string, Rational>> rows, string[] variables, Budget budget)
    {
        var matrix = rows.Select(r => variables.Append(string.Empty).Select(v => r.GetValueOrDefault(v, Rational.Zero)).ToArray()).ToList();
        for (var column = 0; column < variables.Length; column++)
        {
            var pivot = matrix.FindIndex(column, r => !r[column].IsZero);
            if (pivot < 0 || matrix.Count <= column)
            {
                return null;
            }

            (matrix[column], matrix[pivot]) = (matrix[pivot], matrix[column]);
            foreach (var row in matrix.Where(r => !ReferenceEquals(r, matrix[column]) && !r[column].IsZero))
            {
                var factor = row[column] / matrix[column][column];
                for (var i = 0; i < row.Length && budget.SpendOnNumber(factor.Bits + row[i].Bits + matrix[column][i].Bits); i++)
                {
                    row[i] -= factor * matrix[column][i];
                }
            }

            if (budget.Exhausted)
            {
                return null;
            }
        }

        var unsolvable = matrix.Skip(variables.Length).Any(r => !r[^1].IsZero);
        return unsolvable ? null : [.. variables.Select((_, i) => -matrix[i][^1] / matrix[i][i])];
    }

    private static RelationAnswer Equation(string name, Rational value) => new(
        [new ScalarAnswer(Quotient.Of(Atom.Variable(name)), null, null, new Formula(new Symbol(name), 1)), new ScalarAnswer(Quotient.Of(value), null, null, new Formula(new Number(value), 1))],
        ['='], [name, null]);
}
