using System.Collections.Immutable;

namespace RewardServer.Grading.Graders.Logic.Constraints;

/// <summary>All parts hold, or none of them.</summary>
internal sealed class Alike(ImmutableArray<Condition> parts) : Condition(Of(parts))
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

        var failing = parts.Length - holding - open;
        return holding > 0 && failing > 0 ? false : open > 0 ? null : true;
    }
}
