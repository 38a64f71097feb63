namespace RewardServer.Grading.Rubrics;

/// <summary>How the values of a rubric's components become one. Components of weight 0 take no part.</summary>
public enum Combination
{
    /// <summary>The sum of value times weight.</summary>
    Sum,

    /// <summary>The product of value times weight.</summary>
    Product,

    /// <summary>The lowest value times weight.</summary>
    Min,

    /// <summary>The highest value times weight.</summary>
    Max,

    /// <summary>
    /// Value times weight of the first component, in the rubric's order, that does not pass (see <see cref="ComponentDefinition.PassAt"/>);
    /// where all pass, their sum.
    /// </summary>
    FirstFailure,
}
