using System.Collections.Immutable;

namespace RewardServer.Grading.Graders.Logic.Constraints;

/// <summary>Variables with the values that each may have, and what must hold of them.</summary>
/// <param name="Domains">The values of each variable, as bits: of at most 64.</param>
/// <param name="Rules">What must hold.</param>
internal sealed record Problem(ImmutableArray<ulong> Domains, ImmutableArray<Rule> Rules)
{
    /// <summary>The rules that values break, in their order, as sentences.</summary>
    /// <param name="values">A value for every variable.</param>
    /// <param name="most">The most sentences.</param>
    public ImmutableArray<string> Broken(int[] values, int most) =>
        [.. Rules.Where(rule => rule.Condition.Holds(values) != true).Take(most).Select(rule => rule.Broken(values))];

    /// <summary>The values from 0 on, as bits.</summary>
    public static ulong Values(int count) => count >= 64 ? ulong.MaxValue : (1UL << count) - 1;
}

/// <summary>One thing that must hold.</summary>
/// <param name="Condition">What.</param>
/// <param name="Broken">Says in a sentence that it does not.</param>
internal sealed record Rule(Condition Condition, Func<int[], string> Broken);
