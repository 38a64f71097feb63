using RewardServer.Symbolics.Rewriting;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>The identity matrix and its name, <c>I</c> or with its size <c>I_3</c>.</summary>
internal static class IdentityMatrix
{
    /// <summary>Whether the name is that of this matrix.</summary>
    public static bool IsNamedBy(ScalarAnswer name, MatrixAnswer matrix)
    {
        var size = matrix.Rows.Count;
        return name is { Unit: null, Value: { IsPolynomial: true, Numerator.Terms: [{ Coefficient.IsOne: true, Monomial.Factors: [{ Exponent.IsOne: true, Atom: { Kind: AtomKind.Variable, Key: var key } }] }] } }
            && (key == "I" || key == $"I_{size}") && matrix.Rows.Select((row, i) => (row, i)).All(r => r.row.Count == size && r.row.Select((entry, j) => (entry, j)).All(e => IsNumber(e.entry, r.i == e.j)));
    }

    private static bool IsNumber(Answer entry, bool one) => entry is ScalarAnswer { Unit: null, Value.IsRational: true } scalar && (one ? scalar.Value.Value.IsOne : scalar.Value.IsZero);
}
