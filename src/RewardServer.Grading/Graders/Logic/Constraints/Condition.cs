using System.Collections.Immutable;

namespace RewardServer.Grading.Graders.Logic.Constraints;

/// <summary>What may hold of variables, some of which may have no value yet.</summary>
/// <param name="variables">The variables that it speaks of, without repetition.</param>
internal abstract class Condition(ImmutableArray<int> variables)
{
    /// <summary>A variable without a value.</summary>
    public const int Unknown = -1;

    /// <summary>The variables that it speaks of.</summary>
    public ImmutableArray<int> Variables { get; } = variables;

    /// <summary>The work of asking it once, in steps.</summary>
    public virtual int Cost => Variables.Length + 1;

    /// <summary>Whether it holds, whatever the unknown values are; null where that depends on them. Never null where all are known.</summary>
    public abstract bool? Holds(ReadOnlySpan<int> values);

    /// <summary>The variables of several conditions.</summary>
    protected static ImmutableArray<int> Of(IEnumerable<Condition> conditions) => [.. conditions.SelectMany(condition => condition.Variables).Distinct()];
}
