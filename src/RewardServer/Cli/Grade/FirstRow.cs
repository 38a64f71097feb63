using System.Runtime.CompilerServices;
using RewardServer.Hosting;
using RewardServer.Jobs.Rows;
using RewardServer.Jobs.Running;
using RewardServer.Jobs.Sets;

namespace RewardServer.Cli.Grade;

/// <summary>Looks at the first row before anything is graded: what it lacks, all others are likely to lack, and a million skipped rows help nobody.</summary>
internal static class FirstRow
{
    /// <summary>The same rows.</summary>
    /// <exception cref="StartException">The first row is of no set, or has no completion; or nothing can be read.</exception>
    public static async Task<IAsyncEnumerable<Row>> CheckedAsync(IAsyncEnumerable<Row> rows, SampleReader samples, CancellationToken cancellation)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var reading = rows.GetAsyncEnumerator(stop.Token);
        var any = await MoveAsync(reading);
        if (any && samples.Lack(reading.Current) is { } lack)
        {
            await reading.DisposeAsync();
            throw new StartException(
            [
                $"--input: row {reading.Current.Number} {lack}",
                "--map NAME=COLUMN says which column stands for one of a set, or for completion; --set names the set. There are:",
                .. DataSets.Descriptions.Select(set => $"  {set}"),
            ]);
        }

        return AllAsync(reading, any, stop, cancellation);
    }

    private static async ValueTask<bool> MoveAsync(IAsyncEnumerator<Row> reading)
    {
        try
        {
            return await reading.MoveNextAsync();
        }
        catch (InvalidDataException exception)
        {
            throw new StartException([$"--input: {exception.Message}"]);
        }
    }

    // Whoever reads on may give up for a reason of its own, such as a full disk, and must not wait for a next row.
    private static async IAsyncEnumerable<Row> AllAsync(
        IAsyncEnumerator<Row> reading, bool any, CancellationTokenSource stop, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using (stop)
        {
            await using var given = cancellation.Register(stop.Cancel);
            await using var rows = reading;
            for (; any; any = await rows.MoveNextAsync())
            {
                yield return rows.Current;
            }
        }
    }
}
