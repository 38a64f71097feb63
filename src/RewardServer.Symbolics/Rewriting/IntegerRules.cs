using System.Numerics;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Rewriting;

/// <summary>Greatest common divisors, least common multiples, remainders, least and greatest of rational numbers.</summary>
internal static class IntegerRules
{
    /// <summary>The value; null where not all arguments are numbers of the kind.</summary>
    public static Quotient? Apply(string function, IReadOnlyList<Quotient> arguments, RewriteContext context)
    {
        if (!arguments.All(a => a.IsRational) || (function is "gcd" or "lcm" && !arguments.All(a => a.Value.IsInteger)))
        {
            return null;
        }

        var values = arguments.Select(a => a.Value);
        context.Budget.SpendOnNumber(values.Sum(v => v.Bits));
        return function switch
        {
            "gcd" => Quotient.Of((Rational)values.Select(v => v.Numerator).Aggregate(BigInteger.GreatestCommonDivisor)),
            "lcm" => Quotient.Of((Rational)values.Select(v => v.Numerator).Aggregate(LeastCommonMultiple)),
            "min" => Quotient.Of(values.Min()),
            "max" => Quotient.Of(values.Max()),
            _ => Remainder(arguments[0].Value, arguments[1].Value, context),
        };
    }

    private static BigInteger LeastCommonMultiple(BigInteger a, BigInteger b) =>
        a.IsZero || b.IsZero ? BigInteger.Zero : BigInteger.Abs(a / BigInteger.GreatestCommonDivisor(a, b) * b);

    private static Quotient Remainder(Rational a, Rational b, RewriteContext context) => b.IsZero
        ? context.HasNoValue("it divides by zero")
        : Quotient.Of(a - (b * (Rational)(a / b).Floor()));
}
