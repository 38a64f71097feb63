using System.Runtime.InteropServices;
using RewardServer.Jobs.Rows;

namespace RewardServer.Jobs.Store;

/// <summary>An upload under way. Where it is disposed of before it is complete, it is no job, and its rows are removed. Not for several threads at once.</summary>
public sealed class JobUpload : IAsyncDisposable
{
    private const int BatchRows = 500;
    private const long BatchBytes = 4 << 20;

    private readonly JobDatabase database;
    private readonly JobLeases.Lease lease;
    private readonly JobRemoval removal;
    private readonly ContentHash hash;
    private readonly List<(long Line, byte[]? Content, string? Error)> batch = [];
    private long batchBytes;
    private bool isComplete;

    internal JobUpload(JobDatabase database, JobLeases.Lease lease, JobRemoval removal, JobSettings settings) =>
        (this.database, this.lease, this.removal, hash) = (database, lease, removal, new(settings));

    /// <summary>How many rows there are so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Adds a row.</summary>
    /// <exception cref="JobStoreException">The store cannot be written.</exception>
    /// <exception cref="JobLostException">The upload was silent for so long that it was removed.</exception>
    public async Task AddAsync(Row row, CancellationToken cancellation)
    {
        hash.Add(row);
        var content = row.Error is null ? JsonMarshal.GetRawUtf8Value(row.Fields).ToArray() : null;
        batch.Add((row.Number, content, row.Error));
        (Rows, batchBytes) = (Rows + 1, batchBytes + (content?.Length ?? row.Error!.Length));
        if (batch.Count >= BatchRows || batchBytes >= BatchBytes)
        {
            await FlushAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Makes it a job that waits for its turn.</summary>
    /// <exception cref="JobStoreException">The store cannot be written.</exception>
    /// <exception cref="JobLostException">The upload was silent for so long that it was removed.</exception>
    public async Task CompleteAsync(CancellationToken cancellation)
    {
        await FlushAsync(cancellation).ConfigureAwait(false);
        await WriteAsync("SET state = 'waiting', content = @content, row_count = @rows", _ => Task.CompletedTask, cancellation, ("content", hash.Value()), ("rows", Rows)).ConfigureAwait(false);
        isComplete = true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Given back first: a lease that is no longer renewed ends, and whoever sweeps then removes what this cannot.
        lease.Dispose();
        hash.Dispose();
        if (!isComplete)
        {
            await removal.DropAsync(lease.Job, lease.Attempt).ConfigureAwait(false);
        }
    }

    private async Task FlushAsync(CancellationToken cancellation)
    {
        if (batch.Count > 0)
        {
            await WriteAsync(
                $"SET lease = {database.Dialect.Now} + {removal.Leases.Milliseconds}",
                transaction => transaction.ExecuteManyAsync(
                    "INSERT INTO grading_rows (job, line, content, error) VALUES (@job, @line, @content, @error)",
                    batch,
                    row => [("job", lease.Job), ("line", row.Line), ("content", row.Content), ("error", row.Error)],
                    cancellation),
                cancellation).ConfigureAwait(false);
            batch.Clear();
            batchBytes = 0;
        }
    }

    private Task<int> WriteAsync(string set, Func<System.Data.Common.DbTransaction, Task> also, CancellationToken cancellation, params (string Name, object? Value)[] values) =>
        database.WriteAsync(
            async transaction =>
            {
                var changed = await transaction.ExecuteAsync(
                    $"UPDATE grading_jobs {set} WHERE number = @number AND attempt = @attempt AND state = 'receiving'",
                    cancellation,
                    [.. values, ("number", lease.Job), ("attempt", lease.Attempt)]).ConfigureAwait(false);
                if (changed == 0)
                {
                    throw new JobLostException(lease.Job);
                }

                await also(transaction).ConfigureAwait(false);
                return changed;
            },
            cancellation);
}
