using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Rewriting;

/// <summary>An atom to a rational power.</summary>
internal readonly record struct Factor(Atom Atom, Rational Exponent);

/// <summary>A product of atoms to powers other than zero, in the order of their keys.</summary>
internal sealed class Monomial : IEquatable<Monomial>, IComparable<Monomial>
{
    private readonly int _hash;

    public Monomial(IReadOnlyList<Factor> factors)
    {
        Factors = factors;
        var hash = default(HashCode);
        foreach (var factor in factors)
        {
            hash.Add(string.GetHashCode(factor.Atom.Key, StringComparison.Ordinal));
            hash.Add(factor.Exponent);
        }

        _hash = hash.ToHashCode();
    }

    /// <summary>The empty product.</summary>
    public static Monomial One { get; } = new([]);

    public IReadOnlyList<Factor> Factors { get; }

    public bool IsOne => Factors.Count == 0;

    /// <summary>Spells the monomial, one way only.</summary>
    public string Key => string.Concat(Factors.Select(f => f.Exponent.IsOne ? $"[{f.Atom.Key}]" : $"[{f.Atom.Key}^{f.Exponent}]"));

    public static Monomial Of(Atom atom, Rational exponent) => exponent.IsZero ? One : new([new(atom, exponent)]);

    /// <summary>The product, before any relation is applied.</summary>
    public static Monomial operator *(Monomial a, Monomial b)
    {
        if (a.IsOne || b.IsOne)
        {
            return a.IsOne ? b : a;
        }

        var merged = new List<Factor>(a.Factors.Count + b.Factors.Count);
        var (i, j) = (0, 0);
        while (i < a.Factors.Count || j < b.Factors.Count)
        {
            var order = i == a.Factors.Count ? 1 : j == b.Factors.Count ? -1 : a.Factors[i].Atom.CompareTo(b.Factors[j].Atom);
            var next = order < 0 ? a.Factors[i] : order > 0 ? b.Factors[j]
                : new Factor(a.Factors[i].Atom, a.Factors[i].Exponent + b.Factors[j].Exponent);
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
            if (!next.Exponent.IsZero)
            {
                merged.Add(next);
            }
        }

        return new(merged);
    }

    public int CompareTo(Monomial? other)
    {
        for (var i = 0; i < Factors.Count && i < other!.Factors.Count; i++)
        {
            var order = Factors[i].Atom.CompareTo(other.Factors[i].Atom);
            order = order != 0 ? order : other.Factors[i].Exponent.CompareTo(Factors[i].Exponent);
            if (order != 0)
            {
                return order;
            }
        }

        // Constants go last, as they are written.
        return other!.Factors.Count.CompareTo(Factors.Count);
    }

    public bool Equals(Monomial? other) => other is not null && _hash == other._hash && Factors.Count == other.Factors.Count && CompareTo(other) == 0;

    public override bool Equals(object? obj) => Equals(obj as Monomial);

    public override int GetHashCode() => _hash;
}
