using RewardServer.Symbolics.Expressions;
using RewardServer.Symbolics.Rewriting;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>The identity matrix and its name, <c>I</c> or with its size <c>I_3</c>, and multiples of it.</summary>
internal static class IdentityMatrix
{
    /// <summary>Whether the name is that of this matrix.</summary>
    public static bool IsNamedBy(ScalarAnswer name, MatrixAnswer matrix)
    {
        var size = matrix.Rows.Count;
        return name is { Unit: null, Value: { IsPolynomial: true, Numerator.Terms: [{ Coefficient: var factor, Monomial.Factors: [{ Exponent.IsOne: true, Atom: { Kind: AtomKind.Variable, Key: var key } }] }] } }
            && (key == "I" || key == $"I_{size}") && matrix.Rows.Select((row, i) => (row, i)).All(r => r.row.Count == size && r.row.Select((entry, j) => (entry, j)).All(e => IsNumber(e.entry, r.i == e.j ? factor : Rational.Zero)));
    }

    private static bool IsNumber(Answer entry, Rational number) => entry is ScalarAnswer { Unit: null, Value.IsRational: true } scalar && scalar.Value.Value == number;
}
