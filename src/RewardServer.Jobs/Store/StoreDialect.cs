using System.Data.Common;

namespace RewardServer.Jobs.Store;

/// <summary>What the databases that can keep jobs say differently; all else is one SQL.</summary>
public abstract class StoreDialect : IDisposable
{
    /// <summary>The type of bytes.</summary>
    internal abstract string Bytes { get; }

    /// <summary>The type and constraint of a number that the database counts up.</summary>
    internal abstract string Counted { get; }

    /// <summary>The database's clock in milliseconds since 1970: one for all servers that share it.</summary>
    internal abstract string Now { get; }

    /// <summary>What is executed first where several servers may make the tables at once; empty where nothing needs to be.</summary>
    internal abstract string LockTables { get; }

    /// <summary>Whether there is a database to read; where there is none, the first write makes it.</summary>
    internal abstract bool IsThere { get; }

    /// <summary>What writers of this process take turns by; null where they need not.</summary>
    internal abstract SemaphoreSlim? Turns { get; }

    /// <summary>Opens a connection.</summary>
    internal abstract Task<DbConnection> OpenAsync(CancellationToken cancellation);

    /// <summary>What an exception says of the store; null where it says nothing.</summary>
    internal abstract JobStoreException? Explain(Exception exception);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes what is open.</summary>
    protected abstract void Dispose(bool disposing);
}
