using System.Data.Common;

namespace RewardServer.Jobs.Store;

/// <summary>Opens the database, makes its tables before their first use, and says in words what is wrong with it.</summary>
/// <param name="dialect">The database.</param>
internal sealed class JobDatabase(StoreDialect dialect) : IDisposable
{
    private readonly SemaphoreSlim making = new(1, 1);
    private volatile bool isMade;

    public StoreDialect Dialect => dialect;

    /// <summary>Reads.</summary>
    /// <param name="query">Reads from an open connection.</param>
    /// <param name="none">What there is where there is no database.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="JobStoreException">It cannot be read.</exception>
    public async Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> query, T none, CancellationToken cancellation)
    {
        if (!dialect.IsThere)
        {
            return none;
        }

        try
        {
            await using var connection = await OpenAsync(cancellation).ConfigureAwait(false);
            return await query(connection).ConfigureAwait(false);
        }
        catch (Exception exception) when (Explained(exception, cancellation) is { } fault)
        {
            throw fault;
        }
    }

    /// <summary>Writes in one transaction: all or nothing.</summary>
    /// <exception cref="JobStoreException">It cannot be written, or was cut off before it answered: what was asked for may stand.</exception>
    public async Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> change, CancellationToken cancellation)
    {
        if (dialect.Turns is { } turns)
        {
            await turns.WaitAsync(cancellation).ConfigureAwait(false);
        }

        try
        {
            await using var connection = await OpenAsync(cancellation).ConfigureAwait(false);
            await using var transaction = await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
            var result = await change(transaction).ConfigureAwait(false);
            await transaction.CommitAsync(cancellation).ConfigureAwait(false);
            return result;
        }
        catch (Exception exception) when (Explained(exception, cancellation) is { } fault)
        {
            throw fault;
        }
        finally
        {
            dialect.Turns?.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        making.Dispose();
        dialect.Dispose();
    }

    private async Task<DbConnection> OpenAsync(CancellationToken cancellation)
    {
        var connection = await dialect.OpenAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (!isMade)
            {
                await MakeAsync(connection, cancellation).ConfigureAwait(false);
            }

            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task MakeAsync(DbConnection connection, CancellationToken cancellation)
    {
        await making.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (!isMade)
            {
                await StoreSchema.MakeAsync(connection, dialect, cancellation).ConfigureAwait(false);
                isMade = true;
            }
        }
        finally
        {
            making.Release();
        }
    }

    // Whoever gave up is told so, whatever the database said to it.
    private JobStoreException? Explained(Exception exception, CancellationToken cancellation) =>
        exception is JobStoreException || cancellation.IsCancellationRequested ? null : dialect.Explain(exception);
}
