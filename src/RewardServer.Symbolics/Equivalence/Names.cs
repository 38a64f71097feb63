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

    /// <summary>
    /// An equation whose left sides say what is asked for, as in "AB = 3", "f(2) = 3" and "m + n = 113": they name the number at the right. A
    /// formula in several variables does so only in a prediction (x + y = 1 is a line, and no gold for 1), and one in a single variable never
    /// does: "2x = 3" is an equation to be solved. Nor does one brought to zero.
    /// </summary>
    public static RelationAnswer WithQuantities(RelationAnswer relation, bool isGold)
    {
        if (relation.Operators.Any(o => o is not '=') || relation.Labels.Any(l => l is not null) || relation.Operands[^1] is not ScalarAnswer { Formula.HasVariables: false } value)
        {
            return relation;
        }

        var labels = relation.Operands.Select(o => o is ScalarAnswer { Formula.Expression: var side } && (IsQuantity(side) || (!isGold && HasSeveralVariables(side) && !(value.Value.IsZero && HasConstantTerm(o)))) ? Printer.Plain(side) : null);
        return relation with { Labels = [.. labels] };
    }

    // The names of segments, triangles, angles, probabilities; values of functions.
    private static bool IsQuantity(Expression side) => side switch
    {
        Product product => product.Factors.All(f => f is Symbol { Name: [>= 'A' and <= 'Z', ..] or "m" } || IsFigure(f)),
        Application { Function: "abs" or "overline", Arguments: [var inside] } => IsQuantity(inside),
        Application { Function: [>= 'f' and <= 'h', ..] function } => function.Length == 1 || function[1] == '\'',
        Application { Function: "sin" or "cos" or "tan" or "cot" or "sec" or "csc", Arguments: [Symbol] } => true,
        _ => IsFigure(side),
    };

    private static bool IsFigure(Expression side) => side is Symbol { Name: var name } && (name.StartsWith("angle_", StringComparison.Ordinal) || name.StartsWith("triangle_", StringComparison.Ordinal));

    private static bool HasSeveralVariables(Expression side)
    {
        var first = string.Empty;
        return ExpressionTree.Any(side, part => part is Symbol symbol && (first.Length == 0 ? (first = symbol.Name).Length == 0 : symbol.Name != first));
    }

    // "10x − 4y − 20 = 0" is an equation brought to zero, which says nothing of what is asked for.
    private static bool HasConstantTerm(Answer side) => side is ScalarAnswer { Value.Numerator.Terms: var terms } && terms.Any(t => t.Monomial.Factors.All(f => f.Atom.Kind is AtomKind.Prime or AtomKind.Constant));

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
