using System.Collections.Immutable;
using RewardServer.Jobs.Results;

namespace RewardServer.Cli.Grade;

/// <summary>Tells whether rows are in ranges, asked in the order of the rows.</summary>
/// <param name="ranges">The ranges, in their order.</param>
internal sealed class RowsInOrder(ImmutableArray<RowRange> ranges)
{
    private int next;

    public bool Holds(long row)
    {
        while (next < ranges.Length && ranges[next].Last < row)
        {
            next++;
        }

        return next < ranges.Length && ranges[next].Holds(row);
    }
}
