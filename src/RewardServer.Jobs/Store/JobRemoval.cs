namespace RewardServer.Jobs.Store;

/// <summary>Cancels and removes jobs: in steps, so that others write between them, and a removal that broke off is ended by the next sweep of any server.</summary>
public sealed class JobRemoval
{
    private const int Step = 5000;
    private const int MostAtOnce = 1000;

    // The name is free at once.
    private const string Mark = "UPDATE grading_jobs SET state = 'removing', id = id || ':' || CAST(number AS TEXT) WHERE ";

    private readonly JobDatabase database;

    internal JobRemoval(JobDatabase database, JobLeases leases) => (this.database, Leases) = (database, leases);

    internal JobLeases Leases { get; }

    /// <summary>Cancels a job that waits or runs; the results that it has stay.</summary>
    /// <returns>Whether it waited or ran.</returns>
    /// <exception cref="JobStoreException">The store cannot be written.</exception>
    public async Task<bool> CancelAsync(Job job, CancellationToken cancellation)
    {
        var isCancelled = await ChangeAsync(
            $"UPDATE grading_jobs SET state = 'cancelled', ended = {database.Dialect.Now} WHERE number = @number AND state IN ('waiting', 'running')",
            cancellation,
            ("number", job.Number)).ConfigureAwait(false);
        if (isCancelled)
        {
            await Leases.LoseAsync(job.Number).ConfigureAwait(false);
        }

        return isCancelled;
    }

    /// <summary>Removes a job that has ended, with its rows and results.</summary>
    /// <returns>Whether it had ended.</returns>
    /// <exception cref="JobStoreException">The store cannot be written.</exception>
    public async Task<bool> RemoveAsync(Job job, CancellationToken cancellation)
    {
        var isMarked = await ChangeAsync(Mark + "number = @number AND state IN ('done', 'cancelled', 'broken')", cancellation, ("number", job.Number)).ConfigureAwait(false);
        if (isMarked)
        {
            await EmptyAsync(job.Number, cancellation).ConfigureAwait(false);
        }

        return isMarked;
    }

    /// <summary>Removes jobs that ended long ago, uploads whose server is gone, and what removals that broke off have left.</summary>
    /// <param name="retention">How long a job stays after its end; null for ever.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="JobStoreException">The store cannot be written.</exception>
    public async Task SweepAsync(TimeSpan? retention, CancellationToken cancellation)
    {
        if (!database.Dialect.IsThere)
        {
            return;
        }

        await ChangeAsync(Mark + $"state = 'receiving' AND lease < {database.Dialect.Now}", cancellation).ConfigureAwait(false);
        if (retention is { } age)
        {
            await ChangeAsync(
                Mark + $"state IN ('done', 'cancelled', 'broken') AND ended <= {database.Dialect.Now} - @age", cancellation, ("age", (long)age.TotalMilliseconds)).ConfigureAwait(false);
        }

        foreach (var number in await MarkedAsync(cancellation).ConfigureAwait(false))
        {
            await EmptyAsync(number, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Removes an upload that broke off. Where that cannot be now, a later sweep does it.</summary>
    internal async Task DropAsync(long number, long attempt)
    {
        using var patience = new CancellationTokenSource(Leases.Length);
        try
        {
            if (await ChangeAsync(Mark + "number = @number AND attempt = @attempt AND state = 'receiving'", patience.Token, ("number", number), ("attempt", attempt)).ConfigureAwait(false))
            {
                await EmptyAsync(number, patience.Token).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is JobStoreException or OperationCanceledException)
        {
            // Its lease is no longer renewed: the sweep finds it.
        }
    }

    private Task<List<long>> MarkedAsync(CancellationToken cancellation) => database.ReadAsync(
        async connection =>
        {
            await using var command = connection.Command("SELECT number FROM grading_jobs WHERE state = 'removing' ORDER BY number LIMIT @most", ("most", (long)MostAtOnce));
            await using var records = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            var numbers = new List<long>();
            while (await records.ReadAsync(cancellation).ConfigureAwait(false))
            {
                numbers.Add(records.GetInt64(0));
            }

            return numbers;
        },
        [],
        cancellation);

    private async Task EmptyAsync(long number, CancellationToken cancellation)
    {
        foreach (var table in new[] { "grading_results", "grading_rows" })
        {
            var part = $"DELETE FROM {table} WHERE job = @job AND line <= (SELECT MAX(line) FROM (SELECT line FROM {table} WHERE job = @job ORDER BY line LIMIT {Step}) AS part)";
            while (await ChangeAsync(part, cancellation, ("job", number)).ConfigureAwait(false))
            {
                // The next part.
            }
        }

        await ChangeAsync("DELETE FROM grading_jobs WHERE number = @number AND state = 'removing'", cancellation, ("number", number)).ConfigureAwait(false);
    }

    private Task<bool> ChangeAsync(string text, CancellationToken cancellation, params (string Name, object? Value)[] values) =>
        database.WriteAsync(async transaction => await transaction.ExecuteAsync(text, cancellation, values).ConfigureAwait(false) > 0, cancellation);
}
