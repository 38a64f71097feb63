using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Rewriting;

/// <summary>
/// Circular functions as sine and cosine: exact at multiples of π/12, odd and even, turned by quarters of the circle, and bound by
/// sin² = 1 − cos².
/// </summary>
internal static class TrigonometricRules
{
    public static Quotient Apply(string function, Quotient angle, RewriteContext context) => function switch
    {
        "sin" => Sine(angle, context),
        "cos" => Cosine(angle, context),
        "tan" => context.Divide(Sine(angle, context), Cosine(angle, context)),
        "cot" => context.Divide(Cosine(angle, context), Sine(angle, context)),
        "sec" => context.Divide(Quotient.One, Cosine(angle, context)),
        _ => context.Divide(Quotient.One, Sine(angle, context)),
    };

    private static Quotient Cosine(Quotient angle, RewriteContext context)
    {
        // cos a = sin(a + π/2) wherever a is a known part of the circle; else cosine is even.
        return TurnsOf(angle) is { } turns ? SineOfTurns(turns + Rational.Create(1, 4), context) : Quotient.Of(OpaqueCosine(Positive(angle).Angle, context));
    }

    private static Quotient Sine(Quotient angle, RewriteContext context)
    {
        if (TurnsOf(angle) is { } turns)
        {
            return SineOfTurns(turns, context);
        }

        var (positive, negated) = Positive(angle);
        var sine = Quotient.Of(OpaqueSine(positive, context));
        return negated ? sine.Negate() : sine;
    }

    private static (Quotient Angle, bool Negated) Positive(Quotient angle) =>
        angle.Numerator.Terms is [{ Coefficient.Sign: < 0 }, ..] ? (angle.Negate(), true) : (angle, false);

    private static Atom OpaqueCosine(Quotient angle, RewriteContext context) => FunctionRules.Opaque("cos", [angle], context);

    private static Atom OpaqueSine(Quotient angle, RewriteContext context)
    {
        var square = Polynomial.Of(OpaqueCosine(angle, context)).Pow(2, context.Budget).Negate();
        return new(AtomKind.Application, FunctionRules.Opaque("sin", [angle], context).Key)
        {
            Degree = 2,
            Replacement = Polynomial.Add(Polynomial.One, square, context.Budget),
            Function = "sin",
            Arguments = [angle],
        };
    }

    // The angle in full turns, where it is a rational part of one.
    private static Rational? TurnsOf(Quotient angle) => angle switch
    {
        { IsZero: true } => Rational.Zero,
        { IsPolynomial: true, Numerator.Terms: [{ Monomial.Factors: [{ Atom: var atom, Exponent.IsOne: true }], Coefficient: var halves }] }
            when ReferenceEquals(atom, Atom.Pi) => halves * Rational.Half,
        _ => null,
    };

    private static Quotient SineOfTurns(Rational turns, RewriteContext context)
    {
        turns -= turns.Floor();
        if (turns > Rational.Half)
        {
            return SineOfTurns(turns - Rational.Half, context).Negate();
        }

        turns = turns > Rational.Create(1, 4) ? Rational.Half - turns : turns;
        var twentyFourths = turns * 24;
        return twentyFourths.IsInteger ? FirstQuarter((int)twentyFourths.Numerator, context) : OfOtherTurns(turns, context);
    }

    // Of a sine and the cosine of the other half of the right angle, only one is used, so that they need no relation.
    private static Quotient OfOtherTurns(Rational turns, RewriteContext context)
    {
        var angle = new Quotient(Polynomial.Of(turns * 2, Monomial.Of(Atom.Pi, Rational.One)), Polynomial.One);
        return turns < Rational.Create(1, 8)
            ? Quotient.Of(OpaqueSine(angle, context))
            : Quotient.Of(OpaqueCosine(new Quotient(Polynomial.Of(Rational.Half - (turns * 2), Monomial.Of(Atom.Pi, Rational.One)), Polynomial.One), context));
    }

    private static Quotient FirstQuarter(int twentyFourths, RewriteContext context) => twentyFourths switch
    {
        0 => Quotient.Zero,
        1 => context.Add(Surd(6, 4, context), Surd(2, -4, context)),
        2 => Quotient.Of(Rational.Half),
        3 => Surd(2, 2, context),
        4 => Surd(3, 2, context),
        5 => context.Add(Surd(6, 4, context), Surd(2, 4, context)),
        _ => Quotient.One,
    };

    private static Quotient Surd(int radicand, int divisor, RewriteContext context) => context.Multiply(
        PowerRules.Raise(Quotient.Of(radicand), Quotient.Of(Rational.Half), context), Quotient.Of(Rational.Create(1, divisor)));
}
