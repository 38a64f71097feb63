using RewardServer.Symbolics.Equivalence;
using RewardServer.Symbolics.Expressions;
using RewardServer.Symbolics.Rewriting;

namespace RewardServer.Symbolics.Operations;

/// <summary>
/// Antiderivatives of sums of constants times powers, exponentials and circular functions of linear arguments. Polynomials may be written
/// in any way; the rest must be plain to see.
/// </summary>
internal sealed class Integration(Symbol variable, Budget budget)
{
    private readonly List<Expression> _mayNotVanish = [];
    private readonly List<Expression> _periodic = [];

    /// <summary>An antiderivative; null where no rule finds one.</summary>
    public Expression? Antiderivative(Expression body)
    {
        if (!budget.Spend())
        {
            return null;
        }

        return body switch
        {
            _ when IsConstant(body) => new Product([body, variable]),
            Symbol => PowerOf(variable, Rational.One, new Number(1)),
            Sum sum => OfSum(sum),
            Negation negation => Antiderivative(negation.Operand) is { } inner ? new Negation(inner) : null,
            Product product => OfProduct(product),
            Fraction fraction => OfFraction(fraction),
            Power power => OfPower(power),
            Application { Arguments: [var argument] } application => OfFunction(application.Function, argument),
            _ => null,
        } ?? OfPolynomial(body);
    }

    /// <summary>Whether nothing in the antiderivative breaks between the bounds: what may not vanish has one sign at both, and is linear.</summary>
    public bool IsContinuous(Expression low, Expression high) =>
        _periodic.Count == 0 && _mayNotVanish.All(u => SignAt(u, low) is { } sign and not 0 && sign == SignAt(u, high));

    private int? SignAt(Expression expression, Expression value) =>
        Enclosure.Sign(Canonicalizer.Canonicalize(ExpressionTree.Replace(expression, variable, value), new RewriteContext(budget)), budget);

    private bool IsConstant(Expression expression) => !ExpressionTree.Any(expression, e => e == variable);

    private Sum? OfSum(Sum sum)
    {
        var terms = sum.Terms.Select(Antiderivative).ToList();
        return terms.All(t => t is not null) ? new Sum(terms!) : null;
    }

    // Constants stand before the integral; one factor that is left has a rule of its own.
    private Product? OfProduct(Product product)
    {
        var variables = product.Factors.Where(f => !IsConstant(f)).ToList();
        return variables.Count == 1 && variables.Count < product.Factors.Count && Antiderivative(variables[0]) is { } inner
            ? new Product([.. product.Factors.Where(IsConstant), inner])
            : null;
    }

    private Expression? OfFraction(Fraction fraction)
    {
        var (above, below) = (fraction.Numerator, fraction.Denominator);
        if (IsConstant(below))
        {
            return Antiderivative(above) is { } inner ? new Fraction(inner, below) : null;
        }

        // ∫ k/(1 + x²) and ∫ k/u^n; a sum above is taken apart.
        return !IsConstant(above) ? above is Sum sum ? OfSum(new Sum([.. sum.Terms.Select(t => new Fraction(t, below))])) : null
            : IsOneAndSquare(below) ? new Product([above, new Application("arctan", [variable])])
            : Antiderivative(below is Power power ? power with { Exponent = new Negation(power.Exponent) } : new Power(below, new Number(-1))) is { } result
                ? new Product([above, result])
                : null;
    }

    private bool IsOneAndSquare(Expression expression)
    {
        var value = Canonical(expression);
        var square = new Sum([new Number(1), new Power(variable, new Number(2))]);
        return Quotient.AreEqual(value, Canonical(square), budget);
    }

    private Fraction? OfPower(Power power)
    {
        if (IsConstant(power.Base) && Slope(power.Exponent) is { } slope)
        {
            // ∫ b^(mx + c) = b^(mx + c)/(m·ln b)
            return new Fraction(power, new Product([slope, new Application("ln", [power.Base])]));
        }

        var exponent = Canonical(power.Exponent);
        if (!exponent.IsRational || Slope(power.Base) is not { } inner)
        {
            return power is { Base: Application { Function: "sec" or "csc", Arguments: [var angle] } squared } && exponent.IsRational && exponent.Value == 2
                ? OfSquare(squared.Function, angle) : null;
        }

        return PowerOf(power.Base, exponent.Value, inner);
    }

    private Fraction? OfSquare(string function, Expression angle)
    {
        _periodic.Add(angle);
        return Slope(angle) is not { } slope ? null
            : new Fraction(function == "sec" ? Apply("tan", angle) : new Negation(Apply("cot", angle)), slope);
    }

    private Fraction PowerOf(Expression linear, Rational exponent, Expression slope)
    {
        if (exponent.Sign < 0)
        {
            _mayNotVanish.Add(linear);
        }

        if (exponent == -1)
        {
            return new Fraction(Apply("ln", new Application("abs", [linear])), slope);
        }

        var next = new Number(exponent + 1);
        return new Fraction(new Power(linear, next), new Product([next, slope]));
    }

    private Fraction? OfFunction(string function, Expression argument)
    {
        if (Slope(argument) is not { } slope)
        {
            return null;
        }

        Expression? outer = function switch
        {
            "sin" => new Negation(Apply("cos", argument)),
            "cos" => Apply("sin", argument),
            "exp" => Apply("exp", argument),
            "sinh" => Apply("cosh", argument),
            "cosh" => Apply("sinh", argument),
            "ln" => new Product([argument, new Sum([Apply("ln", argument), new Number(-1)])]),
            _ => null,
        };
        if (function == "ln")
        {
            _mayNotVanish.Add(argument);
        }

        return outer is null ? null : new Fraction(outer, slope);
    }

    // The constant m where the expression is m·x + c, m not zero.
    private Number? Slope(Expression expression)
    {
        var value = Canonical(expression);
        var rise = Quotient.Subtract(Canonical(ExpressionTree.Replace(expression, variable, new Sum([variable, new Number(1)]))), value, budget);
        return rise.IsRational && !rise.IsZero && value.IsPolynomial && value.Numerator.Terms.All(t => t.Monomial.IsOne || IsLinearOrFree(t.Monomial))
            ? new Number(rise.Value) : null;
    }

    private bool IsLinearOrFree(Monomial monomial) =>
        monomial.Factors is [{ Exponent.IsOne: true, Atom: { Kind: AtomKind.Variable } atom }] && atom.Key == variable.Name
        || monomial.Factors.All(f => f.Atom is { Kind: AtomKind.Variable or AtomKind.Prime or AtomKind.Constant } && f.Atom.Key != variable.Name);

    // A polynomial in the variable with constants for coefficients, expanded.
    private Sum? OfPolynomial(Expression body)
    {
        var value = Canonical(body);
        if (!value.IsPolynomial || value.IsZero || !value.Numerator.IsFree || value.Numerator.Terms.Count > Limits.Terms / 10)
        {
            return null;
        }

        return new Sum([.. value.Numerator.Terms.Select(OfTerm)]);
    }

    private Product OfTerm(Term term)
    {
        var factors = new List<Expression> { new Number(term.Coefficient) };
        var exponent = Rational.Zero;
        foreach (var factor in term.Monomial.Factors)
        {
            if (factor.Atom.Kind == AtomKind.Variable && factor.Atom.Key == variable.Name)
            {
                exponent = factor.Exponent;
            }
            else
            {
                factors.Add(new Power(Expressed(factor.Atom), new Number(factor.Exponent)));
            }
        }

        factors.Add(PowerOf(variable, exponent, new Number(1)));
        return new Product(factors);
    }

    private static Expression Expressed(Atom atom) => atom.Kind switch
    {
        AtomKind.Prime => new Number(atom.Replacement!.Value),
        AtomKind.Imaginary => new Constant(ConstantKind.Imaginary),
        AtomKind.Constant => new Constant(ReferenceEquals(atom, Atom.Pi) ? ConstantKind.Pi : ConstantKind.Euler),
        _ => new Symbol(atom.Key),
    };

    private Quotient Canonical(Expression expression) => Canonicalizer.Canonicalize(expression, new RewriteContext(budget));

    private static Application Apply(string function, Expression argument) => new(function, [argument]);
}
