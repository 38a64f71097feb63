using System.Collections.Immutable;

namespace RewardServer.Grading.Graders.Logic.Constraints;

/// <summary>A sum of values, each times its factor, is <paramref name="total"/>.</summary>
/// <param name="variables">The variables.</param>
/// <param name="factors">Their factors.</param>
/// <param name="total">The sum.</param>
/// <param name="largest">The largest value that a variable can have; the smallest is 0.</param>
internal sealed class Linear(ImmutableArray<int> variables, ImmutableArray<long> factors, long total, int largest) : Condition(variables)
{
    /// <inheritdoc/>
    public override bool? Holds(ReadOnlySpan<int> values)
    {
        var (low, high) = (0L, 0L);
        for (var i = 0; i < factors.Length; i++)
        {
            var value = values[Variables[i]];
            low += value != Unknown ? factors[i] * value : Math.Min(0, factors[i] * largest);
            high += value != Unknown ? factors[i] * value : Math.Max(0, factors[i] * largest);
        }

        return total < low || total > high ? false : low == high ? true : null;
    }
}
