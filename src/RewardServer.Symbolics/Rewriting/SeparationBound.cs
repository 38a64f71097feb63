using System.Numerics;
using RewardServer.Symbolics.Equivalence;

namespace RewardServer.Symbolics.Rewriting;

/// <summary>
/// How close to zero an algebraic number can be without being zero. Made of rationals, roots, and sines and cosines of parts of the circle, it is
/// U/N with an integer N and an algebraic integer U from a field of degree D at most, all of whose conjugates are bounded by the same u. The
/// product of them all is an integer; so |U| ≥ u^−(D − 1) unless U = 0 (Burnikel, Funke, Mehlhorn, Schirra, Schmitt, "A separation bound for real
/// algebraic expressions", 2009). An enclosure that is narrower than that and holds zero proves equality.
/// </summary>
internal sealed class SeparationBound
{
    private const int MostOrder = 1_000;
    private const int MostDepth = 16;

    private readonly Dictionary<string, int> _degrees = [];
    private readonly Budget _budget;
    private int _order = 1;
    private bool _isAlgebraic = true;

    private SeparationBound(Budget budget) => _budget = budget;

    /// <summary>
    /// The number of bits b such that the value is zero if it is below 2^−b; null where the number is not known to be algebraic.
    /// </summary>
    public static double? Bits(Polynomial number, Budget budget)
    {
        var bound = new SeparationBound(budget);
        var size = bound.OfPolynomial(number, MostDepth);
        var degree = bound._degrees.Values.Aggregate((double)Totient(bound._order), (product, d) => product * d);
        return bound._isAlgebraic && !budget.Exhausted ? ((degree - 1) * Math.Max(0, size.Bits)) + BigInteger.Log(size.Denominator, 2) + 1 : null;
    }

    // Logarithms are rounded up by far more than their error.
    private static double Up(double logarithm) => logarithm + 1e-6;

    private Size OfPolynomial(Polynomial polynomial, int depth)
    {
        var terms = new List<Size>();
        var denominator = BigInteger.One;
        foreach (var term in polynomial.Terms.TakeWhile(_ => _isAlgebraic && _budget.Spend()))
        {
            var size = OfTerm(term, depth);
            denominator = denominator / BigInteger.GreatestCommonDivisor(denominator, size.Denominator) * size.Denominator;
            _isAlgebraic &= _budget.SpendOnNumber(denominator.GetBitLength());
            terms.Add(size);
        }

        var bits = terms.Select(t => t.Bits + BigInteger.Log(denominator / t.Denominator, 2)).DefaultIfEmpty(0).ToArray();
        var largest = bits.Max();
        return new(Up(largest + Math.Log2(bits.Sum(b => Math.Pow(2, b - largest)))), denominator);
    }

    private Size OfTerm(Term term, int depth)
    {
        var size = new Size(Up(BigInteger.Log(BigInteger.Abs(term.Coefficient.Numerator), 2)), term.Coefficient.Denominator);
        foreach (var (atom, exponent) in term.Monomial.Factors)
        {
            var degree = exponent.Denominator > MostOrder ? 0 : (int)exponent.Denominator;
            var times = exponent.Numerator > MostOrder ? 0 : (int)exponent.Numerator;
            if (degree == 0 || times <= 0 || depth == 0)
            {
                _isAlgebraic = false;
                return size;
            }

            _degrees[atom.Key] = LeastCommonMultiple(_degrees.GetValueOrDefault(atom.Key, 1), degree);
            var root = OfAtom(atom, depth - 1).Root(degree);
            _isAlgebraic &= _budget.SpendOnNumber(size.Denominator.GetBitLength() + (times * (root.Denominator.GetBitLength() - 1)));
            if (!_isAlgebraic)
            {
                return size;
            }

            size = new(size.Bits + (times * root.Bits), size.Denominator * BigInteger.Pow(root.Denominator, times));
        }

        return size;
    }

    private Size OfAtom(Atom atom, int depth)
    {
        switch (atom)
        {
            case { Kind: AtomKind.Prime }:
                return new(Up(BigInteger.Log(atom.Replacement!.Value.Numerator, 2)), BigInteger.One);
            case { Kind: AtomKind.Radicand }:
                return OfPolynomial(atom.Replacement!, depth);
            case { Kind: AtomKind.Imaginary }:
                TakeRootOfUnity(4);
                return new(0, BigInteger.One);
            case { Kind: AtomKind.Application, Function: "sin" or "cos", Arguments: [{ IsPolynomial: true, Numerator.Terms: [{ Monomial.Factors: [{ Exponent.IsOne: true } angle], Coefficient: var halves }] }] }
                when ReferenceEquals(angle.Atom, Atom.Pi):
                // (ζ ± 1/ζ)/2, or that over i
                TakeRootOfUnity(2 * halves.Denominator);
                TakeRootOfUnity(atom.Function == "sin" ? 4 : 1);
                return new(1, 2);
            default:
                _isAlgebraic = false;
                return new(0, BigInteger.One);
        }
    }

    private void TakeRootOfUnity(BigInteger order)
    {
        _isAlgebraic &= order <= MostOrder;
        _order = _isAlgebraic ? LeastCommonMultiple(_order, (int)order) : 1;
        _isAlgebraic &= _order <= MostOrder;
    }

    private static int LeastCommonMultiple(int a, int b) => a / (int)BigInteger.GreatestCommonDivisor(a, b) * b;

    private static int Totient(int order) => Enumerable.Range(1, Math.Min(order, MostOrder)).Count(n => BigInteger.GreatestCommonDivisor(n, order).IsOne);

    /// <summary>A bound of the logarithm to base 2 of the conjugates of an algebraic integer, and what it is divided by.</summary>
    private readonly record struct Size(double Bits, BigInteger Denominator)
    {
        // The root of U/N is that of U·N^(k − 1), over N.
        public Size Root(int degree) => degree == 1 ? this : new(Up((Bits + ((degree - 1) * BigInteger.Log(Denominator, 2))) / degree), Denominator);
    }
}
