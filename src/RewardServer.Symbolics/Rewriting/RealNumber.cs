using System.Numerics;
using RewardServer.Symbolics.Equivalence;
using RewardServer.Symbolics.Expressions;

namespace RewardServer.Symbolics.Rewriting;

/// <summary>An exact real number: one with a canonical form, or a root of a polynomial that has none.</summary>
internal sealed class RealNumber
{
    private readonly AlgebraicRoot? _root;

    private RealNumber(Quotient? form, AlgebraicRoot? root) => (Form, _root) = (form, root);

    /// <summary>The canonical form; null of a root without one.</summary>
    public Quotient? Form { get; }

    /// <summary>The fraction that it is; null where it is none.</summary>
    public Rational? Fraction => Form is { IsRational: true } ? Form.Value : null;

    /// <summary>The greatest integer that is not greater; null where it cannot be told.</summary>
    public BigInteger? Floor(Budget budget) => Form is { IsRational: true } ? Form.Value.Floor() : Form is not null ? Enclosure.Floor(Form, budget) : _root!.Floor(budget);

    public static RealNumber Of(Quotient form) => new(form, null);

    public static RealNumber Of(AlgebraicRoot root, Budget budget) => root.AsRational(budget) is { } fraction ? new(Quotient.Of(fraction), null) : new(null, root);

    /// <summary>The order of two; null where it cannot be told.</summary>
    public static int? Compare(RealNumber a, RealNumber b, Budget budget) => (a, b) switch
    {
        ({ Form: { } left }, { Form: { } right }) => Enclosure.Order(left, right, budget),
        ({ _root: { } left }, { _root: { } right }) => left.CompareTo(right, budget),
        ({ _root: { } left }, _) => left.CompareTo(b.Form!, budget),
        _ => -b._root!.CompareTo(a.Form!, budget),
    };
}
