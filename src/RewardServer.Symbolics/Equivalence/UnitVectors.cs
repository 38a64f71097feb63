using RewardServer.Symbolics.Expressions;
using RewardServer.Symbolics.Rewriting;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>
/// Vectors written by the unit vectors of the axes: <c>2\mathbf{i} + 3\mathbf{j}</c>, <c>2\hat{i} + 3\hat{j}</c>. Plain letters count only beside a vector in
/// another writing, and only where j or k is among them: 2i alone is a complex number.
/// </summary>
internal static class UnitVectors
{
    /// <summary>A vector by its unit vectors and one by its components, both by their components; null where the answers are not one of each.</summary>
    public static (Answer Gold, Answer Prediction)? Align(Answer gold, Answer prediction, Budget budget) => (gold, prediction) switch
    {
        (ScalarAnswer, not ScalarAnswer) => DimensionOf(prediction) is { } size && Components(gold, size, budget) is { } vector ? (vector, prediction) : null,
        (not ScalarAnswer, ScalarAnswer) => DimensionOf(gold) is { } size && Components(prediction, size, budget) is { } vector ? (gold, vector) : null,
        _ => null,
    };

    /// <summary>Two sums of unit vectors by their components; null where no unit vector carries a mark that no number has: "2\hat{i} + 3\hat{j}".</summary>
    public static (Answer Gold, Answer Prediction)? AlignMarked(ScalarAnswer gold, ScalarAnswer prediction, Budget budget) => (AreMarked(gold) || AreMarked(prediction))
        && Components(gold, 3, budget) is { } own && Components(prediction, 3, budget) is { } others ? (own, others) : null;

    // The components of a sum of multiples of unit vectors, as a tuple; null where it is none, or has a component beyond the dimension.
    private static ElementsAnswer? Components(Answer answer, int dimension, Budget budget)
    {
        if (answer is not ScalarAnswer { Unit: null, Value: { IsPolynomial: true, Numerator.Terms: { Count: > 0 } terms } } || dimension is not (2 or 3))
        {
            return null;
        }

        var (components, marked) = (new List<Polynomial>[] { [], [], [] }, false);
        foreach (var term in terms)
        {
            var units = term.Monomial.Factors.Where(f => AxisOf(f.Atom) >= 0).ToList();
            if (units is not [{ Exponent.IsOne: true, Atom: var unit }] || AxisOf(unit) >= dimension)
            {
                return null;
            }

            marked |= unit.Kind == AtomKind.Variable;
            components[AxisOf(unit)].Add(Polynomial.Of(term.Coefficient, new Monomial([.. term.Monomial.Factors.Where(f => AxisOf(f.Atom) < 0)])));
        }

        return !marked ? null : new(CollectionKind.Tuple, [.. components.Take(dimension).Select(c => Scalar(Quotient.Of(Polynomial.Sum(c, budget))))]);
    }

    private static bool AreMarked(ScalarAnswer answer) => ExpressionTree.Any(answer.Formula.Expression, e => e is Symbol { Name: "vec_i" or "vec_j" or "vec_k" or "hat_i" or "hat_j" or "hat_k" });

    private static int? DimensionOf(Answer answer) => answer switch
    {
        ElementsAnswer { Kind: CollectionKind.Tuple } tuple => tuple.Elements.Count,
        MatrixAnswer { Rows: var rows } when rows.All(r => r.Count == 1) => rows.Count,
        _ => null,
    };

    private static int AxisOf(Atom atom) => atom.Kind == AtomKind.Imaginary ? 0 : atom.Kind != AtomKind.Variable ? -1 : atom.Key switch
    {
        "vec_i" or "hat_i" => 0,
        "j" or "vec_j" or "hat_j" => 1,
        "k" or "vec_k" or "hat_k" => 2,
        _ => -1,
    };

    // A component is compared by its form alone: values are compared as they were written, and it was not written alone.
    private static ScalarAnswer Scalar(Quotient value) => new(value, null, null, new(FormOf(value), 1));

    private static Expression FormOf(Quotient value) => value.IsRational ? new Number(value.Value) : new Symbol("component " + value.Key);
}
