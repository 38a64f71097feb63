using RewardServer.Symbolics.Equivalence;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Operations;

/// <summary>Derivatives by one variable, rule by rule, not simplified. Null where there is a function without a rule.</summary>
internal sealed class Differentiation(Symbol variable, Budget budget)
{
    private static readonly Number Zero = new(0);
    private static readonly Number One = new(1);
    private static readonly Number Two = new(2);

    public Expression? Of(Expression expression)
    {
        if (!budget.Spend())
        {
            return null;
        }

        if (!ExpressionTree.Any(expression, e => e == variable))
        {
            return Zero;
        }

        return expression switch
        {
            Symbol => One,
            Sum sum => All(sum.Terms) is { } terms ? new Sum(terms) : null,
            Product product => OfProduct(product.Factors),
            Fraction fraction => OfFraction(fraction),
            Power power => OfPower(power),
            Negation negation => Of(negation.Operand) is { } inner ? new Negation(inner) : null,
            Application { Arguments: [var argument] } application => Chain(Outer(application.Function, argument), argument),
            Application { Function: "log", Arguments: [var argument, var logarithmBase] } =>
                Of(new Fraction(Function("ln", argument), Function("ln", logarithmBase))),
            _ => null,
        };
    }

    private List<Expression>? All(IReadOnlyList<Expression> terms)
    {
        var derivatives = new List<Expression>(terms.Count);
        foreach (var term in terms)
        {
            if (Of(term) is not { } derivative)
            {
                return null;
            }

            derivatives.Add(derivative);
        }

        return derivatives;
    }

    private Sum? OfProduct(IReadOnlyList<Expression> factors)
    {
        if (All(factors) is not { } derivatives || !budget.Spend(factors.Count * factors.Count))
        {
            return null;
        }

        return new Sum([.. derivatives.Select((d, i) => new Product([d, .. factors.Where((_, j) => j != i)]))]);
    }

    private Fraction? OfFraction(Fraction fraction)
    {
        var (above, below) = (fraction.Numerator, fraction.Denominator);
        return Of(above) is { } left && Of(below) is { } right
            ? new Fraction(new Sum([new Product([left, below]), new Negation(new Product([above, right]))]), new Power(below, Two))
            : null;
    }

    private Product? OfPower(Power power)
    {
        var (below, exponent) = (power.Base, power.Exponent);
        if (exponent is Number { Value: var degree })
        {
            // Worked out, for x^(1 − 1) has no value at 0.
            return Chain(degree.IsOne ? One : degree == 2 ? new Product([exponent, below]) : new Product([exponent, new Power(below, new Number(degree - 1))]), below);
        }

        if (!ExpressionTree.Any(exponent, e => e == variable))
        {
            return Chain(new Product([exponent, new Power(below, new Sum([exponent, new Number(-1)]))]), below);
        }

        // (u^v)' = u^v·(v·ln u)'
        var logarithm = below is Constant { Kind: ConstantKind.Euler } ? exponent : new Product([exponent, Function("ln", below)]);
        return Of(logarithm) is { } inner ? new Product([power, inner]) : null;
    }

    private Product? Chain(Expression? outer, Expression argument) =>
        outer is not null && Of(argument) is { } inner ? new Product([outer, inner]) : null;

    private static Expression? Outer(string function, Expression u) => function switch
    {
        "sin" => Function("cos", u),
        "cos" => new Negation(Function("sin", u)),
        "tan" => new Power(Function("sec", u), Two),
        "cot" => new Negation(new Power(Function("csc", u), Two)),
        "sec" => new Product([Function("sec", u), Function("tan", u)]),
        "csc" => new Negation(new Product([Function("csc", u), Function("cot", u)])),
        "arcsin" => new Fraction(One, Root(Minus(One, Square(u)))),
        "arccos" => new Negation(new Fraction(One, Root(Minus(One, Square(u))))),
        "arctan" => new Fraction(One, new Sum([One, Square(u)])),
        "sinh" => Function("cosh", u),
        "cosh" => Function("sinh", u),
        "tanh" => new Fraction(One, Square(Function("cosh", u))),
        "arcsinh" => new Fraction(One, Root(new Sum([Square(u), One]))),
        "arccosh" => new Fraction(One, Root(Minus(Square(u), One))),
        "arctanh" => new Fraction(One, Minus(One, Square(u))),
        "ln" => new Fraction(One, u),
        "log" => new Fraction(One, new Product([u, Function("ln", new Number(10))])),
        "exp" => Function("exp", u),
        "abs" => new Fraction(u, Function("abs", u)),
        _ => null,
    };

    private static Application Function(string name, Expression argument) => new(name, [argument]);

    private static Power Square(Expression u) => new(u, Two);

    private static Power Root(Expression u) => new(u, new Number(Rational.Half));

    private static Sum Minus(Expression a, Expression b) => new([a, new Negation(b)]);
}
