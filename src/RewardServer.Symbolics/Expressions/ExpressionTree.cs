namespace RewardServer.Symbolics.Expressions;

/// <summary>Walks over scalar expressions; the compound answers (sets, relations and the like) count as leaves.</summary>
internal static class ExpressionTree
{
    /// <summary>The parts directly below.</summary>
    public static IReadOnlyList<Expression> Children(Expression expression) => expression switch
    {
        Sum sum => sum.Terms,
        Product product => product.Factors,
        Fraction fraction => [fraction.Numerator, fraction.Denominator],
        Power power => [power.Base, power.Exponent],
        Negation negation => [negation.Operand],
        PlusMinus both => [both.Operand],
        Application application => application.Arguments,
        Quantity quantity => [quantity.Value],
        Operation operation => operation.Parts,
        _ => [],
    };

    /// <summary>The same expression over other parts.</summary>
    public static Expression Map(Expression expression, Func<Expression, Expression> map) => expression switch
    {
        Sum sum => new Sum([.. sum.Terms.Select(map)]),
        Product product => new Product([.. product.Factors.Select(map)]),
        Fraction fraction => new Fraction(map(fraction.Numerator), map(fraction.Denominator)),
        Power power => new Power(map(power.Base), map(power.Exponent)),
        Negation negation => new Negation(map(negation.Operand)),
        PlusMinus both => both with { Operand = map(both.Operand) },
        Application application => application with { Arguments = [.. application.Arguments.Select(map)] },
        Quantity quantity => quantity with { Value = map(quantity.Value) },
        Operation operation => operation with { Parts = [.. operation.Parts.Select(map)] },
        _ => expression,
    };

    /// <summary>The expression with one leaf put in the place of another; inside an operation over a variable, that variable is its own.</summary>
    public static Expression Replace(Expression expression, Expression leaf, Expression replacement) =>
        expression == leaf ? replacement
        : expression is Operation operation && operation.Variable == leaf ? expression
        : Children(expression).Count == 0 ? expression
        : Map(expression, part => Replace(part, leaf, replacement));

    /// <summary>How many nodes it has.</summary>
    public static long Count(Expression expression) => 1 + Children(expression).Sum(Count);

    /// <summary>Whether the condition holds of the expression or of something in it.</summary>
    public static bool Any(Expression expression, Func<Expression, bool> condition)
    {
        if (condition(expression))
        {
            return true;
        }

        var children = Children(expression);
        for (var i = 0; i < children.Count; i++)
        {
            if (Any(children[i], condition))
            {
                return true;
            }
        }

        return false;
    }
}
