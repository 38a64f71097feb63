using System.Data.Common;
using System.Net.Sockets;
using Npgsql;

namespace RewardServer.Jobs.Store;

/// <summary>Jobs in a PostgreSQL database, which several servers may share.</summary>
/// <param name="connection">How to reach it, as Npgsql writes it: <c>Host=db;Username=grader;Password=…;Database=grading</c>.</param>
public sealed class PostgresDialect(string connection) : StoreDialect
{
    // Any number that nobody else locks by.
    private const long TablesLock = 0x7265_7761_7264;

    private readonly NpgsqlDataSource source = NpgsqlDataSource.Create(connection);

    /// <summary>What is wrong with a text that says how to reach a database; null where nothing is. It is not tried.</summary>
    public static string? ErrorOf(string connection)
    {
        try
        {
            return string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(connection).Host) ? "names no Host" : null;
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
    }

    internal override string Bytes => "BYTEA";

    internal override string Counted => "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY";

    internal override string Now => "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";

    internal override string LockTables => $"SELECT pg_advisory_xact_lock({TablesLock});";

    internal override bool IsThere => true;

    internal override SemaphoreSlim? Turns => null;

    internal override async Task<DbConnection> OpenAsync(CancellationToken cancellation) => await source.OpenConnectionAsync(cancellation).ConfigureAwait(false);

    internal override JobStoreException? Explain(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } full => new(StoreFault.Full, $"The disk of the database of jobs is full: {full.MessageText}; Jobs:Postgres says where it is.", full),
        PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure } busy =>
            new(StoreFault.Busy, $"The database of jobs is held by another program: {busy.MessageText}.", busy),
        PostgresException refused => new(StoreFault.Unreachable, $"The database of jobs refuses: {refused.MessageText}; Jobs:Postgres says where it is.", refused),
        NpgsqlException or TimeoutException or IOException or SocketException =>
            new(StoreFault.Unreachable, "The database of jobs cannot be reached; Jobs:Postgres says where it is.", exception),
        _ => null,
    };

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => source.Dispose();
}
