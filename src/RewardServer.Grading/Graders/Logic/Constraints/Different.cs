using System.Collections.Immutable;

namespace RewardServer.Grading.Graders.Logic.Constraints;

/// <summary>No two of the variables have the same value. A search takes a value that one has from the others.</summary>
internal sealed class Different(ImmutableArray<int> variables) : Condition(variables)
{
    /// <inheritdoc/>
    public override bool? Holds(ReadOnlySpan<int> values)
    {
        var (seen, open) = (0UL, false);
        foreach (var variable in Variables)
        {
            if (values[variable] == Unknown)
            {
                open = true;
            }
            else if ((seen & (1UL << values[variable])) != 0)
            {
                return false;
            }
            else
            {
                seen |= 1UL << values[variable];
            }
        }

        return open ? null : true;
    }

    /// <summary>A value that several of the variables have, with how many; null where there is none.</summary>
    public (int Value, int Times)? Repeated(int[] values) => Variables.GroupBy(variable => values[variable])
        .Where(group => group.Count() > 1).Select(group => ((int, int)?)(group.Key, group.Count())).FirstOrDefault();
}
