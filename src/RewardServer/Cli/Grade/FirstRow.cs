using System.Runtime.CompilerServices;
using RewardServer.Hosting;
using RewardServer.Jobs.Rows;
using RewardServer.Jobs.Running;
using RewardServer.Jobs.Sets;

namespace RewardServer.Cli.Grade;

/// <summary>Looks at the first row before anything is graded: what it lacks, all others are likely to lack, and a million skipped rows help nobody.</summary>
internal static class FirstRow
{
    private const string Forms = "Rows are JSON lines (a whole object on each line), a JSON array of objects, or CSV with a header; plain or gzip, in UTF-8 or UTF-16.";

    /// <summary>The same rows.</summary>
    /// <exception cref="StartException">There is no row; or the first cannot be read, is of no set, or has no completion.</exception>
    public static async Task<IAsyncEnumerable<Row>> CheckedAsync(IAsyncEnumerable<Row> rows, SampleReader samples, CancellationToken cancellation)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var reading = rows.GetAsyncEnumerator(stop.Token);
        var any = await MoveAsync(reading);
        if ((any ? Wrong(reading.Current, samples) : ["--input: there is no row", Forms]) is { } errors)
        {
            await reading.DisposeAsync();
            throw new StartException(errors);
        }

        return AllAsync(reading, stop, cancellation);
    }

    private static string[]? Wrong(Row first, SampleReader samples) =>
        first.Error is { } error ? [$"--input: row {first.Number} {error}", Forms]
        : samples.Lack(first) is { } lack ?
        [
            $"--input: row {first.Number} {lack}",
            "--map NAME=COLUMN says which column stands for one of a set, or for completion; --set names the set. There are:",
            .. DataSets.Descriptions.Select(set => $"  {set}"),
        ]
        : null;

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
        IAsyncEnumerator<Row> reading, CancellationTokenSource stop, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using (stop)
        {
            await using var given = cancellation.Register(stop.Cancel);
            await using var rows = reading;
            do
            {
                yield return rows.Current;
            }
            while (await rows.MoveNextAsync());
        }
    }
}
