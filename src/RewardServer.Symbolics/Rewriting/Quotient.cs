using RewardServer.Symbolics.Equivalence;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Rewriting;

/// <summary>
/// The canonical form of a scalar: one polynomial over another. A denominator of one term is folded into the numerator as negative
/// exponents. Two quotients are equal when cross-multiplied they are, so that common factors need not be found.
/// </summary>
internal sealed record Quotient(Polynomial Numerator, Polynomial Denominator)
{
    public static Quotient Zero { get; } = new(Polynomial.Zero, Polynomial.One);

    public static Quotient One { get; } = new(Polynomial.One, Polynomial.One);

    public bool IsZero => Numerator.IsZero;

    public bool IsPolynomial => Denominator.IsOne;

    /// <summary>Whether it is a rational number.</summary>
    public bool IsRational => IsPolynomial && Numerator.IsConstant;

    /// <summary>The rational number that it is.</summary>
    public Rational Value => Numerator.Value;

    /// <summary>Spells it; one way only for polynomials.</summary>
    public string Key => IsPolynomial ? Numerator.Key : $"{Numerator.Key}:{Denominator.Key}";

    public static Quotient Of(Polynomial polynomial) => new(polynomial, Polynomial.One);

    public static Quotient Of(Rational value) => Of(Polynomial.Constant(value));

    public static Quotient Of(Atom atom) => Of(Polynomial.Of(atom));

    public Quotient Negate() => this with { Numerator = Numerator.Negate() };

    public static Quotient Add(Quotient a, Quotient b, Budget budget)
    {
        if (a.Denominator.SameAs(b.Denominator))
        {
            return Create(Polynomial.Add(a.Numerator, b.Numerator, budget), a.Denominator, budget);
        }

        var left = Polynomial.Multiply(a.Numerator, b.Denominator, budget);
        var right = Polynomial.Multiply(b.Numerator, a.Denominator, budget);
        return Create(Polynomial.Add(left, right, budget), Polynomial.Multiply(a.Denominator, b.Denominator, budget), budget);
    }

    public static Quotient Subtract(Quotient a, Quotient b, Budget budget) => Add(a, b.Negate(), budget);

    public static Quotient Multiply(Quotient a, Quotient b, Budget budget) => Create(
        Polynomial.Multiply(a.Numerator, b.Numerator, budget), Polynomial.Multiply(a.Denominator, b.Denominator, budget), budget);

    /// <summary>The reciprocal; the value must not be zero.</summary>
    public Quotient Invert(Budget budget) => Create(Denominator, Numerator, budget);

    /// <summary>Whether the two have the same value (where both are defined).</summary>
    public static bool AreEqual(Quotient a, Quotient b, Budget budget) => Subtract(a, b, budget).IsZero;

    private static Quotient Create(Polynomial numerator, Polynomial denominator, Budget budget)
    {
        if (numerator.IsZero || denominator.IsZero)
        {
            return Zero;
        }

        if (denominator.IsOne || numerator.SameAs(denominator))
        {
            return denominator.IsOne ? new(numerator, denominator) : One;
        }

        if (denominator.Terms is [var only])
        {
            return DividedByTerm(numerator, only, budget);
        }

        // A leading coefficient of one, and for numbers a positive denominator, leave fewer forms for one value.
        var leading = denominator.Terms[0].Coefficient;
        leading = Enclosure.RoughSign(denominator, budget) is { } sign && sign < 0 != leading.Sign < 0 ? -leading : leading;
        return leading.IsOne ? new(numerator, denominator)
            : new(numerator.Scale(leading.Invert(), budget), denominator.Scale(leading.Invert(), budget));
    }

    private static Quotient DividedByTerm(Polynomial numerator, Term divisor, Budget budget)
    {
        var above = new List<Factor>();
        var below = new List<Factor>();
        foreach (var factor in divisor.Monomial.Factors)
        {
            (factor.Atom.ReducesToSum ? below : above).Add(factor);
        }

        var inverse = new Monomial([.. above.Select(f => f with { Exponent = -f.Exponent })]);
        return new(
            Polynomial.Multiply(numerator, Relations.Reduce(divisor.Coefficient.Invert(), inverse, budget), budget),
            Polynomial.Of(Rational.One, new Monomial(below)));
    }
}
