using System.Numerics;
using RewardServer.Symbolics.Equivalence;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Rewriting;

/// <summary>
/// A polynomial in one variable over the integers, primitive (no common divisor of its coefficients): what root finding works on. Only its roots and
/// its sign matter, so positive factors are dropped. The zero polynomial has no coefficients.
/// </summary>
internal sealed class UnivariatePolynomial
{
    /// <summary>The largest degree that roots are sought of.</summary>
    public const int MostDegree = 40;

    private readonly BigInteger[] _coefficients;

    private UnivariatePolynomial(BigInteger[] coefficients) => _coefficients = coefficients;

    /// <summary>The degree; −1 of zero.</summary>
    public int Degree => _coefficients.Length - 1;

    public bool IsZero => _coefficients.Length == 0;

    public BigInteger Leading => _coefficients[^1];

    /// <summary>The coefficient of a power of the variable.</summary>
    public BigInteger this[int power] => _coefficients[power];

    /// <summary>The polynomial that has the sign of the given one everywhere; null where that has other atoms, other exponents or too high a degree.</summary>
    public static UnivariatePolynomial? Of(Polynomial polynomial, string variable, Budget budget)
    {
        var coefficients = new Rational[MostDegree + 1];
        Array.Fill(coefficients, Rational.Zero);
        var common = BigInteger.One;
        foreach (var term in polynomial.Terms)
        {
            var power = term.Monomial.Factors switch
            {
                [] => 0,
                [{ Atom: { Kind: AtomKind.Variable, Key: var key }, Exponent: { IsInteger: true, Sign: > 0 } exponent }] when key == variable && exponent <= MostDegree => (int)exponent.Numerator,
                _ => -1,
            };
            if (power < 0 || !budget.SpendOnNumber(common.GetBitLength() + term.Coefficient.Bits))
            {
                return null;
            }

            coefficients[power] = term.Coefficient;
            common *= term.Coefficient.Denominator / BigInteger.GreatestCommonDivisor(common, term.Coefficient.Denominator);
        }

        return Primitive([.. coefficients.Select(c => c.Numerator * (common / c.Denominator))], budget);
    }

    public UnivariatePolynomial Derivative(Budget budget) => Primitive([.. _coefficients.Skip(1).Select((c, i) => c * (i + 1))], budget);

    /// <summary>The polynomial with each of its complex roots once.</summary>
    public UnivariatePolynomial SquareFree(Budget budget)
    {
        var common = Gcd(this, Derivative(budget), budget);
        return common.Degree <= 0 ? this : Divide(common, budget);
    }

    /// <summary>The greatest common divisor by the primitive remainder sequence (Knuth, TAOCP 4.6.1).</summary>
    public static UnivariatePolynomial Gcd(UnivariatePolynomial a, UnivariatePolynomial b, Budget budget)
    {
        while (!b.IsZero && !budget.Exhausted)
        {
            (a, b) = (b, a.Remainder(b, budget));
        }

        return a;
    }

    /// <summary>The remainder up to a positive factor. The divisor must not be zero.</summary>
    public UnivariatePolynomial Remainder(UnivariatePolynomial divisor, Budget budget) => PseudoDivide(divisor, budget).Remainder;

    /// <summary>The quotient up to a positive factor; the divisor must divide it.</summary>
    public UnivariatePolynomial Divide(UnivariatePolynomial divisor, Budget budget) => PseudoDivide(divisor, budget).Quotient;

    /// <summary>The sign at a rational point.</summary>
    public int SignAt(Rational point, Budget budget)
    {
        var (value, scale) = (BigInteger.Zero, BigInteger.One);
        for (var i = Degree; i >= 0 && budget.SpendOnNumber(value.GetBitLength() + scale.GetBitLength()); i--)
        {
            value = (value * point.Numerator) + (_coefficients[i] * scale);
            scale *= point.Denominator;
        }

        return value.Sign;
    }

    /// <summary>The value at any number in its canonical form.</summary>
    public Quotient At(Quotient point, Budget budget)
    {
        var value = Quotient.Zero;
        for (var i = Degree; i >= 0 && !budget.Exhausted; i--)
        {
            value = Quotient.Add(Quotient.Multiply(value, point, budget), Quotient.Of((Rational)_coefficients[i]), budget);
        }

        return value;
    }

    public UnivariatePolynomial Negate() => new([.. _coefficients.Select(c => -c)]);

    private (UnivariatePolynomial Quotient, UnivariatePolynomial Remainder) PseudoDivide(UnivariatePolynomial divisor, Budget budget)
    {
        var rest = _coefficients.ToArray();
        var quotient = new BigInteger[Math.Max(0, Degree - divisor.Degree + 1)];
        var (scale, sign) = (BigInteger.Abs(divisor.Leading), divisor.Leading.Sign);
        for (var at = quotient.Length - 1; at >= 0; at--)
        {
            var factor = sign * rest[at + divisor.Degree];
            for (var i = 0; i < rest.Length && budget.SpendOnNumber(rest[i].GetBitLength() + scale.GetBitLength()); i++)
            {
                rest[i] = (rest[i] * scale) - (i >= at && i <= at + divisor.Degree ? factor * divisor._coefficients[i - at] : 0);
            }

            for (var i = 0; i < quotient.Length; i++)
            {
                quotient[i] = (quotient[i] * scale) + (i == at ? factor : 0);
            }

            if (budget.Exhausted)
            {
                return (new([]), new([]));
            }
        }

        return (Primitive(quotient, budget), Primitive(rest, budget));
    }

    private static UnivariatePolynomial Primitive(BigInteger[] coefficients, Budget budget)
    {
        var (length, common) = (coefficients.Length, BigInteger.Zero);
        while (length > 0 && coefficients[length - 1].IsZero)
        {
            length--;
        }

        for (var i = 0; i < length && !common.IsOne && budget.SpendOnNumber(coefficients[i].GetBitLength()); i++)
        {
            common = BigInteger.GreatestCommonDivisor(common, coefficients[i]);
        }

        return new(common.IsOne || budget.Exhausted ? coefficients[..length] : [.. coefficients[..length].Select(c => c / common)]);
    }
}
