using System.Numerics;
using RewardServer.Symbolics.Equivalence;
using RewardServer.Symbolics.Expressions;
using RewardServer.Symbolics.Rewriting;

namespace RewardServer.Symbolics.Operations;

/// <summary>
/// Carries out sums, products, derivatives, integrals and limits, the innermost first. What cannot be carried out stays as a function without
/// a rule, so that it equals itself and nothing else.
/// </summary>
internal sealed class OperationRules(Budget budget)
{
    private const int MostOrders = 8;

    /// <summary>The expression without the operations that could be carried out.</summary>
    public Expression CarryOut(Expression expression)
    {
        if (!ExpressionTree.Any(expression, e => e is Operation) || !budget.Spend(1 + ExpressionTree.Count(expression)))
        {
            return expression;
        }

        var inner = ExpressionTree.Map(expression, CarryOut);
        return inner is Operation operation ? Apply(operation) ?? Opaque(operation) : inner;
    }

    private Expression? Apply(Operation operation) => operation.Kind switch
    {
        OperationKind.Sum or OperationKind.Product => OverRange(operation),
        OperationKind.Derivative => Derivative(operation),
        OperationKind.Integral => Integral(operation),
        _ => new LimitRules(budget).Of(operation.Parts[0], operation.Variable, operation.Parts[1]),
    };

    private static Application Opaque(Operation operation) =>
        new($"{operation.Kind} over {operation.Variable.Name}", operation.Parts);

    // A series whose members have one rational ratio r, |r| < 1, sums to its first member by 1 − r.
    private Fraction? Geometric(Operation operation, System.Numerics.BigInteger low)
    {
        var (body, index) = (operation.Parts[0], operation.Variable);
        var ratio = Canonicalizer.Canonicalize(
            new Fraction(ExpressionTree.Replace(body, index, new Sum([index, new Number(1)])), body), new RewriteContext(budget));
        return ratio.IsRational && !ratio.IsZero && ratio.Value.Abs() < 1 && !budget.Exhausted
            ? new Fraction(ExpressionTree.Replace(body, index, new Number(low)), new Number(1 - ratio.Value)) : null;
    }

    private Expression? OverRange(Operation operation)
    {
        if (operation is { Kind: OperationKind.Sum, Parts: [_, var first, Constant { Kind: ConstantKind.Infinity }] } && AsInteger(first) is { } start)
        {
            return Geometric(operation, start);
        }

        if (AsInteger(operation.Parts[1]) is not { } low || AsInteger(operation.Parts[2]) is not { } high)
        {
            return null;
        }

        if (high < low)
        {
            return new Number(operation.Kind == OperationKind.Sum ? 0 : 1);
        }

        var body = operation.Parts[0];
        var size = ExpressionTree.Count(body);
        if (high - low >= Limits.Terms || !budget.Spend((long)(high - low + 1) * size))
        {
            budget.Exhaust();
            return null;
        }

        var members = new List<Expression>();
        for (var index = low; index <= high; index++)
        {
            members.Add(ExpressionTree.Replace(body, operation.Variable, new Number(index)));
        }

        return operation.Kind == OperationKind.Sum ? new Sum(members) : new Product(members);
    }

    private Expression? Derivative(Operation operation)
    {
        if (AsInteger(operation.Parts[1]) is not { } order || order.Sign <= 0 || order > MostOrders)
        {
            return null;
        }

        Expression? derivative = operation.Parts[0];
        for (var i = 0; i < order && derivative is not null; i++)
        {
            derivative = new Differentiation(operation.Variable, budget).Of(derivative);
        }

        return derivative;
    }

    private Sum? Integral(Operation operation)
    {
        var (body, variable) = (operation.Parts[0], operation.Variable);
        var integration = new Integration(variable, budget);
        if (integration.Antiderivative(body) is not { } antiderivative)
        {
            return null;
        }

        if (operation.Parts.Count == 1)
        {
            return new Sum([antiderivative, new Symbol("C")]);
        }

        var (low, high) = (operation.Parts[1], operation.Parts[2]);
        return integration.IsContinuous(low, high)
            ? new Sum([ExpressionTree.Replace(antiderivative, variable, high), new Negation(ExpressionTree.Replace(antiderivative, variable, low))])
            : null;
    }

    private BigInteger? AsInteger(Expression expression)
    {
        var context = new RewriteContext(budget);
        var value = Canonicalizer.Canonicalize(expression, context);
        return context.Undefined is null && !budget.Exhausted && value.IsRational && value.Value.IsInteger ? value.Value.Numerator : null;
    }
}
