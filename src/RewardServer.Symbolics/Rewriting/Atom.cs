using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Rewriting;

/// <summary>What an atom stands for.</summary>
internal enum AtomKind
{
    /// <summary>A positive integer without a known factor, under a root.</summary>
    Prime,

    /// <summary>A variable.</summary>
    Variable,

    /// <summary>π or e: independent of everything else.</summary>
    Constant,

    /// <summary>The imaginary unit.</summary>
    Imaginary,

    /// <summary>A sum under a root.</summary>
    Radicand,

    /// <summary>A base to a symbolic exponent.</summary>
    Power,

    /// <summary>A function that no rule evaluates.</summary>
    Application,
}

/// <summary>
/// What polynomials are made over. An atom may obey one relation, atom^Degree = Replacement (2 for the prime 2, i² = −1, sin² = 1 − cos²);
/// monomials keep the exponents of such atoms below the degree. The products of roots of different primes below degree 1 are linearly
/// independent over the rationals (Besicovitch), so that for them equal value means equal form.
/// Two atoms are the same when their keys are.
/// </summary>
internal sealed class Atom(AtomKind kind, string key) : IComparable<Atom>
{
    private bool? _isOpen;

    public AtomKind Kind { get; } = kind;

    /// <summary>Spells the atom, one way only.</summary>
    public string Key { get; } = key;

    /// <summary>The degree of the relation; 0 where there is none.</summary>
    public int Degree { get; init; }

    /// <summary>What the atom to that degree equals.</summary>
    public Polynomial? Replacement { get; init; }

    /// <summary>Of a logarithm, what it is the logarithm of.</summary>
    public Polynomial? Exponential { get; init; }

    /// <summary>Of a function, its name.</summary>
    public string? Function { get; init; }

    /// <summary>Of a function what it is applied to, of a power its base and exponent.</summary>
    public IReadOnlyList<Quotient>? Arguments { get; init; }

    /// <summary>Whether variables are in it, so that it is no number.</summary>
    public bool IsOpen => _isOpen ??= Kind switch
    {
        AtomKind.Variable => true,
        AtomKind.Radicand => Mentions(Replacement!),
        AtomKind.Power or AtomKind.Application => Arguments?.Any(a => Mentions(a.Numerator) || Mentions(a.Denominator)) ?? true,
        _ => false,
    };

    /// <summary>
    /// Whether no relation can bind it that the rules do not see; between π and e none is known. Integers without small divisors may still
    /// have factors in common.
    /// </summary>
    public bool IsFree => Kind switch
    {
        AtomKind.Variable => true,
        AtomKind.Prime => Replacement!.Value < IntegerFactors.LargestProven,
        AtomKind.Constant or AtomKind.Imaginary => true,
        _ => false,
    };

    /// <summary>Whether it is a positive real number wherever it is defined.</summary>
    public bool IsPositive => Kind is AtomKind.Prime or AtomKind.Constant;

    /// <summary>Whether powers of it reduce to something other than a number, so that it cannot stand in a monomial with a negative exponent.</summary>
    public bool ReducesToSum => Degree > 0 && !Replacement!.IsConstant;

    public int CompareTo(Atom? other) => ReferenceEquals(this, other) ? 0 : string.CompareOrdinal(Key, other?.Key);

    public static Atom Prime(System.Numerics.BigInteger value) => new(AtomKind.Prime, "#" + value)
    {
        Degree = 1,
        Replacement = Polynomial.Constant(value),
    };

    public static Atom Variable(string name) => new(AtomKind.Variable, name);

    public static Atom Pi { get; } = new(AtomKind.Constant, "\\pi");

    public static Atom Euler { get; } = new(AtomKind.Constant, "\\e");

    public static Atom Imaginary { get; } = new(AtomKind.Imaginary, "\\i") { Degree = 2, Replacement = Polynomial.Constant(Rational.MinusOne) };

    private static bool Mentions(Polynomial polynomial) => polynomial.Terms.Any(t => t.Monomial.Factors.Any(f => f.Atom.IsOpen));

    public static Atom Radicand(Polynomial sum) => new(AtomKind.Radicand, $"({sum.Key})")
    {
        Degree = 1,
        Replacement = sum,
    };
}
