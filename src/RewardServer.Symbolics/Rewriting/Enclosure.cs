using System.Numerics;
using RewardServer.Symbolics.Equivalence;
using RewardServer.Symbolics.Evaluation;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Rewriting;

/// <summary>
/// Signs and integer parts of canonical forms, by balls that enclose their values: first at few bits, then at more. What has variables, and what the
/// last precision leaves open, is not decided; nothing here is ever guessed.
/// </summary>
internal static class Enclosure
{
    private const int RoughBits = 64;

    private const int MostProofBits = 1_536;

    private static readonly int[] Precisions = [RoughBits, 256, 1_024];

    /// <summary>The sign of a real number; 0 where it is zero in its form, null where it cannot be told.</summary>
    public static int? Sign(Quotient value, Budget budget) => value.IsZero ? 0
        : value.IsRational ? value.Value.Sign
        : Decide(value, budget, v => v.IsReal && v.Real.IsNonZero ? v.Real.Middle.Sign : (int?)null) ?? (IsProvenZero(value.Numerator, budget) ? 0 : null);

    /// <summary>
    /// The order of two real numbers; 0 also where nothing but their values says that they are equal: their difference is enclosed around 0 as closely as
    /// <see cref="NumericComparison"/> asks for. Null where it cannot be told.
    /// </summary>
    public static int? Order(Quotient a, Quotient b, Budget budget)
    {
        if (a.IsRational && b.IsRational)
        {
            return a.Value.CompareTo(b.Value);
        }

        var difference = Quotient.Subtract(a, b, budget);
        if (Sign(difference, budget) is { } sign)
        {
            return sign;
        }

        var agree = AgreesWithZero(difference, budget);
        budget.RestsOnValues |= agree;
        return agree ? 0 : null;
    }

    /// <summary>The sign of a polynomial as far as few bits show it.</summary>
    public static int? RoughSign(Polynomial polynomial, Budget budget) =>
        !HasVariables(polynomial) && Value(polynomial, Arithmetic(RoughBits, budget), budget) is { IsReal: true, Real: { IsNonZero: true } real } ? real.Middle.Sign : null;

    /// <summary>Whether roots and logarithms may be taken of numerator and denominator apart: the denominator is positive, or a formula.</summary>
    public static bool HasPositiveDenominator(Quotient value, Budget budget) =>
        value.IsPolynomial || HasVariables(value.Denominator) || RoughSign(value.Denominator, budget) > 0;

    /// <summary>The integer below a real number that is not rational; null where it cannot be told.</summary>
    public static BigInteger? Floor(Quotient value, Budget budget) =>
        Decide(value, budget, v => v.IsReal ? v.Real.Floor() : null) ?? Integer(value, budget);

    // The integer that an algebraic number is proved to be.
    private static BigInteger? Integer(Quotient value, Budget budget)
    {
        var real = new RealArithmetic(RoughBits, budget);
        return Rough(value, budget) is { IsReal: true, Real: var rough } && real.Add(rough, real.Of(Rational.Half)).Floor() is { } nearest
            && IsProvenZero(Quotient.Subtract(value, Quotient.Of((Rational)nearest), budget).Numerator, budget) ? nearest : null;
    }

    /// <summary>Whether it is known to be a real number.</summary>
    public static bool IsReal(Quotient value, Budget budget) => value.IsRational || Rough(value, budget).IsReal;

    /// <summary>Its value to few bits; unknown where it has variables or none that is followed.</summary>
    public static ComplexBall Rough(Quotient value, Budget budget) =>
        HasVariables(value) ? ComplexBall.Unknown : Value(value, Arithmetic(RoughBits, budget), budget);

    /// <summary>The value of an atom to few bits.</summary>
    public static ComplexBall Rough(Atom atom, Budget budget) => Value(atom, Arithmetic(RoughBits, budget), budget);

    /// <summary>
    /// Whether a number has a value that cannot be told from zero although it is no zero in form: then it may be a zero that the rules do not see,
    /// as in arctan 2 + arctan 3 − 3π/4, and dividing by it proves anything.
    /// </summary>
    public static bool MayVanish(Polynomial number, Budget budget) => !number.IsFree && !HasVariables(number)
        && Decide(Quotient.Of(number), budget, v => !v.IsKnown || v.IsNonZero ? v.IsKnown : (bool?)null) is null;

    /// <summary>
    /// Whether an algebraic number is proved to be zero: it is enclosed around zero more closely than any other number of its kind can be.
    /// </summary>
    public static bool IsProvenZero(Polynomial number, Budget budget)
    {
        if (HasVariables(number))
        {
            return false;
        }

        var cleared = WithoutReciprocals(number, budget);
        if (SeparationBound.Bits(cleared, budget) is not { } bits || bits > MostProofBits)
        {
            return false;
        }

        var value = Value(cleared, Arithmetic((int)bits + RoughBits, budget), budget);
        return !budget.Exhausted && value.IsKnown && !value.IsNonZero && value.IsWithin(-(int)bits - 2);
    }

    // Multiplied by powers of atoms, none of which is zero, for they stand in a denominator.
    private static Polynomial WithoutReciprocals(Polynomial number, Budget budget)
    {
        var factors = number.Terms.SelectMany(t => t.Monomial.Factors).Where(f => f.Exponent.Sign < 0).GroupBy(f => f.Atom.Key)
            .Select(g => g.MinBy(f => f.Exponent)).OrderBy(f => f.Atom).Select(f => f with { Exponent = -f.Exponent });
        return Polynomial.Multiply(number, Polynomial.Of(Rational.One, new Monomial([.. factors])), budget);
    }

    private static T? Decide<T>(Quotient value, Budget budget, Func<ComplexBall, T?> decide)
        where T : struct
    {
        if (HasVariables(value))
        {
            return null;
        }

        T? decided = null;
        for (var i = 0; i < Precisions.Length && decided is null && !budget.Exhausted; i++)
        {
            decided = decide(Value(value, Arithmetic(Precisions[i], budget), budget));
        }

        return budget.Exhausted ? null : decided;
    }

    private static bool AgreesWithZero(Quotient value, Budget budget)
    {
        var rough = Arithmetic(RoughBits, budget);
        if (HasVariables(value) || !Value(value, rough, budget).IsReal || NumericComparison.PrecisionFor(rough.Real.Span) is not { } precision)
        {
            return false;
        }

        var close = Value(value, Arithmetic(precision, budget), budget);
        return !budget.Exhausted && close.IsReal && !close.Real.IsNonZero && close.Real.IsWithin(NumericComparison.BoundFor(rough.Real.Span));
    }

    private static ComplexArithmetic Arithmetic(int precision, Budget budget) => new(new RealArithmetic(precision, budget));

    private static bool HasVariables(Quotient value) => HasVariables(value.Numerator) || HasVariables(value.Denominator);

    private static bool HasVariables(Polynomial polynomial)
    {
        foreach (var term in polynomial.Terms)
        {
            foreach (var factor in term.Monomial.Factors)
            {
                if (factor.Atom.IsOpen)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static ComplexBall Value(Quotient value, ComplexArithmetic arithmetic, Budget budget)
    {
        var numerator = Value(value.Numerator, arithmetic, budget);
        return value.IsPolynomial || !numerator.IsKnown ? numerator : arithmetic.Divide(numerator, Value(value.Denominator, arithmetic, budget));
    }

    private static ComplexBall Value(Polynomial polynomial, ComplexArithmetic arithmetic, Budget budget)
    {
        var sum = ComplexBall.Zero;
        for (var i = 0; i < polynomial.Terms.Count && sum.IsKnown; i++)
        {
            sum = arithmetic.Add(sum, Value(polynomial.Terms[i], arithmetic, budget));
        }

        return sum;
    }

    private static ComplexBall Value(Term term, ComplexArithmetic arithmetic, Budget budget)
    {
        var product = ComplexBall.Of(arithmetic.Real.Of(term.Coefficient));
        for (var i = 0; i < term.Monomial.Factors.Count && product.IsKnown; i++)
        {
            var (atom, exponent) = term.Monomial.Factors[i];
            var value = Value(atom, arithmetic, budget);
            product = value.IsKnown ? arithmetic.Multiply(product, exponent.IsOne ? value : arithmetic.Power(value, exponent)) : ComplexBall.Unknown;
        }

        return product;
    }

    private static ComplexBall Value(Atom atom, ComplexArithmetic arithmetic, Budget budget) => atom.Kind switch
    {
        AtomKind.Prime => ComplexBall.Of(arithmetic.Real.Of(atom.Replacement!.Value)),
        AtomKind.Constant => ComplexBall.Of(ReferenceEquals(atom, Atom.Pi) ? arithmetic.Real.Pi : arithmetic.Real.Exponential(Ball.One)),
        AtomKind.Imaginary => new(Ball.Zero, Ball.One),
        AtomKind.Variable => ComplexBall.Unknown,
        AtomKind.Radicand => Value(atom.Replacement!, arithmetic, budget),
        _ when atom.IsOpen => ComplexBall.Unknown,
        AtomKind.Power => Power(Value(atom.Arguments![0], arithmetic, budget), Value(atom.Arguments[1], arithmetic, budget), arithmetic),
        _ => Function(atom, atom.Arguments!, arithmetic, budget),
    };

    private static ComplexBall Function(Atom atom, IReadOnlyList<Quotient> arguments, ComplexArithmetic arithmetic, Budget budget)
    {
        var values = arguments.Select(a => Value(a, arithmetic, budget)).ToArray();
        return Array.TrueForAll(values, v => v.IsKnown) ? new FunctionValues(arithmetic, budget).Apply(atom.Function!, values) : ComplexBall.Unknown;
    }

    // The rules take bases apart, which they may do with positive ones alone.
    private static ComplexBall Power(ComplexBall value, ComplexBall exponent, ComplexArithmetic arithmetic) =>
        value is { IsReal: true, Real.IsPositive: true } ? arithmetic.Power(value, exponent) : ComplexBall.Unknown;
}
