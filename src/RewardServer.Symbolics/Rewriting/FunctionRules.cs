using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Rewriting;

/// <summary>Functions by name; one that no rule evaluates stays as an atom over its canonical arguments.</summary>
internal static class FunctionRules
{
    public static Quotient Apply(string function, IReadOnlyList<Quotient> arguments, RewriteContext context) => function switch
    {
        "abs" => Absolute(arguments[0], context),
        "floor" => Round(function, arguments[0], context),
        "ceiling" => Round("floor", arguments[0].Negate(), context).Negate(),
        "factorial" => FactorialRules.Factorial(arguments[0], context),
        "Gamma" => FactorialRules.Factorial(context.Add(arguments[0], Quotient.One.Negate()), context),
        "binomial" => FactorialRules.Binomial(arguments[0], arguments[1], context),
        "exp" => PowerRules.Raise(Quotient.Of(Atom.Euler), arguments[0], context),
        "ln" => LogarithmRules.Natural(arguments[0], context),
        "log" => context.Divide(
            LogarithmRules.Natural(arguments[0], context),
            LogarithmRules.Natural(arguments.Count > 1 ? arguments[1] : Quotient.Of(10), context)),
        "sin" or "cos" or "tan" or "cot" or "sec" or "csc" => TrigonometricRules.Apply(function, arguments[0], context),
        "arcsin" or "arccos" or "arctan" or "arccot" or "arcsec" or "arccsc" => InverseRules.Apply(function, arguments[0], context),
        "sinh" or "cosh" or "tanh" or "coth" or "sech" or "csch" => HyperbolicRules.Apply(function, arguments[0], context),
        "arcsinh" or "arccosh" or "arctanh" => HyperbolicRules.ApplyInverse(function, arguments[0], context),
        "gcd" or "lcm" or "min" or "max" or "mod" => IntegerRules.Apply(function, arguments, context) ?? Quotient.Of(Opaque(function, arguments, context)),
        "re" or "im" or "overline" => ComplexRules.Apply(function, arguments[0], context) ?? Quotient.Of(Opaque(function, arguments, context)),
        "cis" => ComplexRules.Direction(arguments[0], context),
        _ => Quotient.Of(Opaque(function, arguments, context)),
    };

    /// <summary>A function left as it is.</summary>
    public static Atom Opaque(string function, IReadOnlyList<Quotient> arguments, RewriteContext context)
    {
        var key = $"{function}({string.Join(',', arguments.Select(a => a.Key))})";
        context.Budget.Spend(key.Length);
        return new(AtomKind.Application, key) { Function = function, Arguments = arguments };
    }

    private static Quotient Absolute(Quotient argument, RewriteContext context)
    {
        if (argument.IsRational)
        {
            return Quotient.Of(argument.Value.Abs());
        }

        if (ComplexRules.Apply("abs", argument, context) is { } size)
        {
            return size;
        }

        if (Enclosure.Sign(argument, context.Budget) is { } sign)
        {
            return sign < 0 ? argument.Negate() : sign > 0 ? argument : Quotient.Zero;
        }

        // |−x| and |x| are one.
        var positive = argument.Numerator.Terms is [{ Coefficient.Sign: < 0 }, ..] ? argument.Negate() : argument;
        return Quotient.Of(Opaque("abs", [positive], context));
    }

    private static Quotient Round(string function, Quotient argument, RewriteContext context)
    {
        var floor = argument.IsRational ? argument.Value.Floor() : Enclosure.Floor(argument, context.Budget);
        return floor is { } whole ? Quotient.Of((Rational)whole) : Quotient.Of(Opaque(function, [argument], context));
    }
}
