using System.Collections.Immutable;

namespace RewardServer.Grading.Graders.Logic.Constraints;

/// <summary>A test of the values of variables, which nobody can tell before all are known.</summary>
/// <param name="variables">The variables.</param>
/// <param name="passes">Whether their values, in the same order, pass.</param>
internal sealed class Test(ImmutableArray<int> variables, Func<int[], bool> passes) : Condition([.. variables.Distinct()])
{
    private readonly ImmutableArray<int> order = variables;

    /// <inheritdoc/>
    public override bool? Holds(ReadOnlySpan<int> values)
    {
        var these = new int[order.Length];
        for (var i = 0; i < these.Length; i++)
        {
            these[i] = values[order[i]];
            if (these[i] == Unknown)
            {
                return null;
            }
        }

        return passes(these);
    }
}
