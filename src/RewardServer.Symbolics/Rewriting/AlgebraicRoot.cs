using System.Numerics;
using RewardServer.Symbolics.Equivalence;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Rewriting;

/// <summary>
/// The one root of a square-free polynomial between two rationals that are no roots of it: an exact real number without a formula. The
/// polynomial has opposite signs at the two bounds, and bisection brings them as close as a comparison needs them.
/// </summary>
internal sealed class AlgebraicRoot(UnivariatePolynomial polynomial, Rational low, Rational high)
{
    public UnivariatePolynomial Polynomial { get; } = polynomial;

    public Rational Low { get; private set; } = low;

    public Rational High { get; private set; } = high;

    /// <summary>All real roots in rising order, each between bounds of its own; bounds of neighbours may touch.</summary>
    public static List<AlgebraicRoot> AllOf(UnivariatePolynomial polynomial, Budget budget)
    {
        var roots = new List<AlgebraicRoot>();
        if (polynomial.Degree > 0)
        {
            var squareFree = polynomial.SquareFree(budget);
            var bound = (Rational)Bound(squareFree);
            new SturmSequence(squareFree, budget).Isolate(-bound, bound, (low, high) => roots.Add(new(squareFree, low, high)));
        }

        return budget.Exhausted ? [] : roots;
    }

    /// <summary>Whether another polynomial has this root too.</summary>
    public bool IsRootOf(UnivariatePolynomial other, Budget budget)
    {
        // The common divisor divides this polynomial: no double roots, none at the bounds, at most this one between them.
        var common = UnivariatePolynomial.Gcd(Polynomial, other, budget);
        return common.SignAt(Low, budget) != common.SignAt(High, budget);
    }

    /// <summary>Its order beside another root.</summary>
    public int CompareTo(AlgebraicRoot other, Budget budget)
    {
        var (low, high) = (Low > other.Low ? Low : other.Low, High < other.High ? High : other.High);
        if (low < high && UnivariatePolynomial.Gcd(Polynomial, other.Polynomial, budget) is var common && common.SignAt(low, budget) != common.SignAt(high, budget))
        {
            return 0;
        }

        while (Low < other.High && other.Low < High && budget.Spend())
        {
            Halve(budget);
            other.Halve(budget);
        }

        return Low >= other.High ? 1 : -1;
    }

    /// <summary>Its order beside a number in canonical form, the number's sign turned; null where that cannot be told.</summary>
    public int? CompareTo(Quotient number, Budget budget)
    {
        if (Enclosure.Order(number, Quotient.Of(Low), budget) is not { } aboveLow || Enclosure.Order(number, Quotient.Of(High), budget) is not { } aboveHigh)
        {
            return null;
        }

        return aboveLow <= 0 ? 1 : aboveHigh >= 0 ? -1
            : Enclosure.Order(Polynomial.At(number, budget), Quotient.Zero, budget) is not { } sign ? null
            : sign == 0 ? 0 : sign == Polynomial.SignAt(Low, budget) ? 1 : -1;
    }

    /// <summary>The root as a fraction, where it is one. The bounds come so close that only one fraction can lie between them.</summary>
    public Rational? AsRational(Budget budget)
    {
        // A rational root has a denominator that divides the leading coefficient (Gauss).
        var denominator = (Rational)BigInteger.Abs(Polynomial.Leading);
        while ((High - Low) * denominator >= 1 && budget.Spend())
        {
            Halve(budget);
        }

        var candidate = (Rational)((High * denominator).Floor()) / denominator;
        return candidate > Low && Polynomial.SignAt(candidate, budget) == 0 ? candidate : null;
    }

    /// <summary>The integer below the root, which must be no fraction.</summary>
    public BigInteger Floor(Budget budget)
    {
        while (Low.Floor() != High.Floor() && budget.Spend())
        {
            Halve(budget);
        }

        return Low.Floor();
    }

    private void Halve(Budget budget)
    {
        var sign = Polynomial.SignAt(Low, budget);
        var middle = SturmSequence.PointBetween(Low, High, Polynomial, budget);
        if (Polynomial.SignAt(middle, budget) == sign)
        {
            Low = middle;
        }
        else
        {
            High = middle;
        }
    }

    // Cauchy's bound, as a power of two: no root is as large as 1 + max |a_i / a_n|.
    private static BigInteger Bound(UnivariatePolynomial polynomial)
    {
        long bits = 0;
        for (var i = 0; i < polynomial.Degree; i++)
        {
            bits = Math.Max(bits, polynomial[i].GetBitLength() - polynomial.Leading.GetBitLength() + 1);
        }

        return BigInteger.One << (int)(bits + 1);
    }
}
