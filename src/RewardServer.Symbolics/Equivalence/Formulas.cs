using RewardServer.Symbolics.Rewriting;

namespace RewardServer.Symbolics.Equivalence;

/// <summary>Tells formulas, over which the stage is symbolic, from numbers of which the canonical form is the value.</summary>
internal static class Formulas
{
    /// <summary>
    /// Whether variables, or functions that no rule evaluates, are in the answer. A name that the answer gives to its value
    /// (<c>x = 5</c>) is no variable of it.
    /// </summary>
    public static bool AreIn(Answer? answer) => answer switch
    {
        ScalarAnswer scalar => AreIn(scalar.Value.Numerator) || AreIn(scalar.Value.Denominator),
        ElementsAnswer elements => elements.Elements.Any(AreIn),
        IntervalAnswer interval => AreIn(interval.Low) || AreIn(interval.High),
        SetOperationAnswer operation => operation.Operands.Any(AreIn),
        RelationAnswer relation => relation.Operands.Where((_, i) => relation.Labels.ElementAtOrDefault(i) is null).Any(AreIn),
        RatioAnswer ratio => ratio.Parts.Any(AreIn),
        MatrixAnswer matrix => matrix.Rows.Any(row => row.Any(AreIn)),
        ChoiceAnswer choice => AreIn(choice.Content),
        AmbiguousAnswer ambiguous => AreIn(ambiguous.Usual),
        SetBuilderAnswer => true,
        _ => false,
    };

    private static bool AreIn(Polynomial polynomial) => polynomial.Terms.Any(term => term.Monomial.Factors.Any(factor =>
        factor.Atom.IsOpen || factor.Atom.Kind is AtomKind.Power or AtomKind.Application));
}
