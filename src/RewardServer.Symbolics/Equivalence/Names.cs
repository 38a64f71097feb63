using RewardServer.Symbolics.Evaluation;
using RewardServer.Symbolics.Expressions;
using RewardServer.Symbolics.Rewriting;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>The names that equations give to values: <c>x = 5</c>, <c>f(x) = 2x</c>, <c>(x, y) = (1, 2)</c>.</summary>
internal static class Names
{
    /// <summary>The name that an equation gives a value; null where it gives none.</summary>
    public static string? Of(Answer answer) => answer is RelationAnswer { Operators: ['='], Labels: [var left, var right] } ? left ?? right : null;

    /// <summary>Whether cases give several names: "x = 1 or y = 2" is no list of two values, for one of them stays open.</summary>
    public static bool AreOpen(Answer answer) => answer is ElementsAnswer { Kind: CollectionKind.Alternatives } cases
        && cases.Elements.Select(Of).Where(n => n is not null).Distinct().Count() > 1;

    /// <summary>Whether all names are indices of one letter: x₁ and x₂ are the roots in some order.</summary>
    public static bool AreIndices(Answer answer) => answer is ElementsAnswer list
        && list.Elements.All(e => Of(e)?.Contains('_', StringComparison.Ordinal) == true) && list.Elements.Select(e => Of(e)!.Split('_')[0]).Distinct().Count() == 1;

    /// <summary>Whether the name occurs in the value that it is given: then it is an equation to be solved, and no value.</summary>
    public static bool OccursIn(string name, Answer value) => value switch
    {
        ScalarAnswer scalar => ExpressionTree.Any(scalar.Formula.Expression, e => IsNamed(e, name)),
        ElementsAnswer elements => elements.Elements.Any(e => OccursIn(name, e)),
        IntervalAnswer interval => OccursIn(name, interval.Low) || OccursIn(name, interval.High),
        MatrixAnswer matrix => matrix.Rows.Any(r => r.Any(e => OccursIn(name, e))),
        _ => false,
    };

    /// <summary>"(x, y) = (1, 2)" as "x = 1, y = 2"; null where the answer is nothing of the kind.</summary>
    public static ElementsAnswer? Spread(Answer answer)
    {
        if (answer is not RelationAnswer { Operators: ['='], Labels: [['(', .. var names, ')'], _], Operands: [_, ElementsAnswer { Kind: CollectionKind.Tuple, Elements: var values }] }
            || names.Split(',') is not { } each || each.Length != values.Count)
        {
            return null;
        }

        return new(CollectionKind.List, [.. each.Zip(values).Select(pair => new RelationAnswer([Variable(pair.First), pair.Second], ['='], [pair.First, null]))]);
    }

    private static ScalarAnswer Variable(string name) => new(Quotient.Of(Atom.Variable(name)), null, null, new Formula(new Symbol(name), 1));

    private static bool IsNamed(Expression part, string name) => part switch
    {
        Symbol symbol => symbol.Name == name || (name[0] == '(' && name.Trim('(', ')').Split(',').Contains(symbol.Name)),
        Application application => name.StartsWith(application.Function + "(", StringComparison.Ordinal),
        _ => false,
    };
}
