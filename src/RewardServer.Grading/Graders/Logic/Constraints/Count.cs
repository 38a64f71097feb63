using System.Collections.Immutable;

namespace RewardServer.Grading.Graders.Logic.Constraints;

/// <summary>From <paramref name="least"/> to <paramref name="most"/> of the parts hold: all, any, none, exactly one.</summary>
internal sealed class Count(int least, int most, ImmutableArray<Condition> parts) : Condition(Of(parts))
{
    /// <inheritdoc/>
    public override int Cost { get; } = 1 + parts.Sum(part => part.Cost);

    /// <inheritdoc/>
    public override bool? Holds(ReadOnlySpan<int> values)
    {
        var (holding, open) = (0, 0);
        foreach (var part in parts)
        {
            var holds = part.Holds(values);
            holding += holds == true ? 1 : 0;
            open += holds is null ? 1 : 0;
        }

        return holding > most || holding + open < least ? false : holding >= least && holding + open <= most ? true : null;
    }
}
