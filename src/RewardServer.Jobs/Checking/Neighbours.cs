using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace RewardServer.Jobs.Checking;

/// <summary>A row with others whose golds its task must refuse, the nearest first.</summary>
internal sealed record NeighbouredRow(GoldRow Row, ImmutableArray<GoldRow> Others);

/// <summary>
/// Finds for each row the nearest that follow it and have a task of the same kind and another gold; near the end those at the
/// beginning of the window, so that the last row has neighbours, too.
/// </summary>
internal static class Neighbours
{
    /// <summary>The most that a row gets: more than are tried, since those with a gold that is wrong itself are passed over.</summary>
    public const int Most = 8;

    // Rows before and after one among which its neighbours are looked for, and their bytes.
    private const int Window = 64;
    private const long WindowBytes = 64L << 20;

    /// <summary>Gives each row its neighbours, in the order of the rows.</summary>
    public static async IAsyncEnumerable<NeighbouredRow> OfAsync(IAsyncEnumerable<GoldRow> rows, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var held = new List<GoldRow>();
        var next = 0;
        long behind = 0;
        long ahead = 0;
        await foreach (var row in rows.WithCancellation(cancellation).ConfigureAwait(false))
        {
            held.Add(row);
            ahead += row.Bytes;
            while (held.Count - next > Window || (ahead > WindowBytes && held.Count - next > 1))
            {
                yield return Of(held, next);
                ahead -= held[next].Bytes;
                behind += held[next++].Bytes;
                for (; next > Window || (behind > WindowBytes && next > 1); next--)
                {
                    behind -= held[0].Bytes;
                    held.RemoveAt(0);
                }
            }
        }

        for (; next < held.Count; next++)
        {
            yield return Of(held, next);
        }
    }

    private static NeighbouredRow Of(List<GoldRow> held, int place)
    {
        var row = held[place];
        var others = ImmutableArray.CreateBuilder<GoldRow>(Most);
        for (var step = 1; step < held.Count && others.Count < Most && row.Text is not null; step++)
        {
            var other = held[(place + step) % held.Count];
            if (other.Text is not null && other.Text != row.Text && other.Asked!.Task.GetType() == row.Asked!.Task.GetType() && others.All(found => found.Text != other.Text))
            {
                others.Add(other);
            }
        }

        return new(row, others.ToImmutable());
    }
}
