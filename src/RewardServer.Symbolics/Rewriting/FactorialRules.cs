using System.Numerics;
using RewardServer.Symbolics.Equivalence;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Rewriting;

/// <summary>
/// Factorials and binomial coefficients. Of integers they are worked out; of halves by (1/2)! = √π/2 (DLMF 5.4.6); of formulas one
/// factorial stands for all that differ by integers, by u! = u·(u − 1)! (DLMF 5.5.1), so that (n + 2)!/n! is (n + 1)(n + 2).
/// </summary>
internal static class FactorialRules
{
    // How many factors the numerator of a binomial may have, and how many may come out of the factorial of a formula.
    private const int MostFactors = 32;
    private const int MostShift = 8;

    public static Quotient Factorial(Quotient argument, RewriteContext context)
    {
        if (!argument.IsRational || argument.Value.Denominator > 2)
        {
            return OfFormula(argument, context);
        }

        if (!argument.Value.IsInteger)
        {
            return OfHalf(argument, context);
        }

        var number = argument.Value.Numerator;
        return number.Sign < 0 ? context.HasNoValue("it has the factorial of a negative number")
            : number > Limits.NumberBits ? OverBudget(context)
            : FallingProduct(number, (int)number, context);
    }

    public static Quotient Binomial(Quotient from, Quotient choose, RewriteContext context)
    {
        if (from.IsRational && choose.IsRational && choose.Value.IsInteger && from.Value.IsInteger)
        {
            return OfIntegers(from.Value.Numerator, choose.Value.Numerator, context);
        }

        if (choose.IsRational && choose.Value is { IsInteger: true, Sign: >= 0 } few && few <= MostFactors)
        {
            return context.Divide(Falling(from, (int)few.Numerator, context), Factorial(choose, context));
        }

        // What has no factorial, such as −1, may still have a binomial coefficient.
        return from.IsRational || choose.IsRational
            ? Quotient.Of(FunctionRules.Opaque("binomial", [from, choose], context))
            : OfFormulas(from, choose, context.Add(from, choose.Negate()), context);
    }

    private static Quotient OfFormulas(Quotient from, Quotient choose, Quotient left, RewriteContext context) =>
        left.IsRational && left.Value.Sign < 0
            ? Quotient.Of(FunctionRules.Opaque("binomial", [from, choose], context))
            : context.Divide(Factorial(from, context), context.Multiply(Factorial(choose, context), Factorial(left, context)));

    private static Quotient OfIntegers(BigInteger n, BigInteger k, RewriteContext context)
    {
        k = n.Sign >= 0 && n - k < k ? n - k : k;
        return k.Sign < 0 ? Quotient.Zero
            : k > Limits.NumberBits ? OverBudget(context)
            : context.Divide(FallingProduct(n, (int)k, context), FallingProduct(k, (int)k, context));
    }

    // The factorial of what is left without whole ones, times the factors between.
    private static Quotient OfFormula(Quotient argument, RewriteContext context)
    {
        var constant = argument.Numerator.Terms is [.., { Monomial.IsOne: true, Coefficient: var c }] ? c.Floor() : BigInteger.Zero;
        if (!argument.IsPolynomial || BigInteger.Abs(constant) > MostShift)
        {
            return Quotient.Of(FunctionRules.Opaque("factorial", [argument], context));
        }

        var rest = context.Add(argument, Quotient.Of((Rational)(-constant)));
        var factorial = Quotient.Of(FunctionRules.Opaque("factorial", [rest], context));
        return constant.Sign >= 0
            ? context.Multiply(factorial, Falling(argument, (int)constant, context))
            : context.Divide(factorial, Falling(rest, (int)-constant, context));
    }

    private static Quotient OfHalf(Quotient argument, RewriteContext context)
    {
        // (−1/2)! = Γ(1/2) = √π
        var steps = (argument.Value + Rational.Half).Numerator;
        if (BigInteger.Abs(steps) > MostFactors)
        {
            return Quotient.Of(FunctionRules.Opaque("factorial", [argument], context));
        }

        var root = Quotient.Of(Polynomial.Of(Rational.One, Monomial.Of(Atom.Pi, Rational.Half)));
        return steps.Sign >= 0
            ? context.Multiply(root, Falling(argument, (int)steps, context))
            : context.Divide(root, Falling(Quotient.Of(-Rational.Half), (int)-steps, context));
    }

    // u(u − 1)(u − 2)…
    private static Quotient Falling(Quotient from, int count, RewriteContext context)
    {
        var product = Quotient.One;
        for (var i = 0; i < count && !context.Budget.Exhausted; i++)
        {
            product = context.Multiply(product, context.Add(from, Quotient.Of(-i)));
        }

        return product;
    }

    private static Quotient FallingProduct(BigInteger from, int count, RewriteContext context)
    {
        var product = BigInteger.One;
        for (var i = 0; i < count && context.Budget.SpendOnGrowth(product.GetBitLength()); i++)
        {
            product *= from - i;
        }

        return Quotient.Of((Rational)product);
    }

    private static Quotient OverBudget(RewriteContext context)
    {
        context.Budget.Exhaust();
        return Quotient.Zero;
    }
}
