using RewardServer.Symbolics.Equivalence;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Rewriting;

/// <summary>A monomial and its coefficient.</summary>
internal readonly record struct Term(Rational Coefficient, Monomial Monomial);

/// <summary>
/// A sum of monomials with rational coefficients, none zero, each monomial once and in order: one form for each value.
/// Exponents may be negative or fractions.
/// </summary>
internal sealed class Polynomial
{
    private string? _key;

    private Polynomial(IReadOnlyList<Term> terms) => Terms = terms;

    public static Polynomial Zero { get; } = new([]);

    public static Polynomial One { get; } = Constant(Rational.One);

    public IReadOnlyList<Term> Terms { get; }

    public bool IsZero => Terms.Count == 0;

    public bool IsOne => IsConstant && !IsZero && Terms[0].Coefficient.IsOne;

    /// <summary>Whether it is a rational number.</summary>
    public bool IsConstant => Terms.Count == 0 || (Terms.Count == 1 && Terms[0].Monomial.IsOne);

    /// <summary>The rational number that a constant polynomial is.</summary>
    public Rational Value => IsZero ? Rational.Zero : Terms[0].Coefficient;

    /// <summary>Spells the polynomial, one way only.</summary>
    public string Key => _key ??= string.Join('+', Terms.Select(t => t.Coefficient + t.Monomial.Key));

    public static Polynomial Constant(Rational value) => value.IsZero ? new([]) : new([new(value, Monomial.One)]);

    public static Polynomial Of(Atom atom) => Of(Rational.One, Monomial.Of(atom, Rational.One));

    public static Polynomial Of(Rational coefficient, Monomial monomial) => coefficient.IsZero ? Zero : new([new(coefficient, monomial)]);

    public static Polynomial Add(Polynomial a, Polynomial b, Budget budget) =>
        a.IsZero ? b : b.IsZero ? a : Sum([a, b], budget);

    public static Polynomial Sum(IEnumerable<Polynomial> polynomials, Budget budget)
    {
        var sums = new Accumulator(4, budget);
        foreach (var polynomial in polynomials)
        {
            sums.AddAll(polynomial.Terms);
        }

        return sums.ToPolynomial();
    }

    public static Polynomial Multiply(Polynomial a, Polynomial b, Budget budget)
    {
        if (a.IsOne || b.IsOne)
        {
            return a.IsOne ? b : a;
        }

        var sums = new Accumulator(a.Terms.Count + b.Terms.Count, budget);
        foreach (var left in a.Terms)
        {
            foreach (var right in b.Terms)
            {
                if (!sums.AddProduct(left, right))
                {
                    return Zero;
                }
            }
        }

        return sums.ToPolynomial();
    }

    /// <summary>Whether both have the same terms.</summary>
    public bool SameAs(Polynomial other) => ReferenceEquals(this, other) || (Terms.Count == other.Terms.Count && Terms.SequenceEqual(other.Terms));

    /// <summary>A non-negative integer power, by repeated squaring.</summary>
    public Polynomial Pow(int exponent, Budget budget)
    {
        var (result, square) = (One, this);
        for (; exponent > 0 && !budget.Exhausted; exponent >>= 1)
        {
            result = (exponent & 1) == 1 ? Multiply(result, square, budget) : result;
            square = exponent > 1 ? Multiply(square, square, budget) : square;
        }

        return result;
    }

    public Polynomial Scale(Rational factor, Budget budget) => Multiply(this, Constant(factor), budget);

    public Polynomial Negate() => new([.. Terms.Select(t => t with { Coefficient = -t.Coefficient })]);

    /// <summary>Whether all of its atoms are free, so that it is zero only in its form.</summary>
    public bool IsFree => Terms.All(t => t.Monomial.Factors.All(f => f.Atom.IsFree));

    /// <summary>Adds up terms, applying the relations of atoms as products come in.</summary>
    private sealed class Accumulator(int capacity, Budget budget)
    {
        private readonly Dictionary<Monomial, Rational> _sums = new(capacity);

        public void AddAll(IReadOnlyList<Term> terms)
        {
            foreach (var term in terms)
            {
                Add(term.Coefficient, term.Monomial);
            }
        }

        public bool AddProduct(Term a, Term b)
        {
            var coefficient = a.Coefficient * b.Coefficient;
            var monomial = a.Monomial * b.Monomial;
            if (!SpendOn(coefficient) || !budget.Spend(1 + monomial.Factors.Count) || _sums.Count > Limits.Terms)
            {
                return budget.Exhaust();
            }

            AddAll(Relations.Reduce(coefficient, monomial, budget).Terms);
            return !budget.Exhausted;
        }

        public Polynomial ToPolynomial()
        {
            budget.Spend(_sums.Count);
            var terms = new List<Term>(_sums.Count);
            terms.AddRange(_sums.Where(s => !s.Value.IsZero).Select(s => new Term(s.Value, s.Key)));
            if (terms.Count > 1)
            {
                terms.Sort((a, b) => a.Monomial.CompareTo(b.Monomial));
            }

            return new(terms);
        }

        // Fractions are brought to lowest terms by a greatest common divisor, which costs several products of their length.
        private bool SpendOn(Rational number) => budget.SpendOnNumber(number.Bits) && (number.IsInteger || budget.Spend(number.Bits >> 4));

        private void Add(Rational coefficient, Monomial monomial)
        {
            SpendOn(coefficient);
            if (!_sums.TryAdd(monomial, coefficient))
            {
                var sum = _sums[monomial];
                SpendOn(sum);
                _sums[monomial] = budget.Exhausted ? sum : sum + coefficient;
            }
        }
    }
}
