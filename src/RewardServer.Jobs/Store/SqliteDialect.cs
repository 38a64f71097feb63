using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace RewardServer.Jobs.Store;

/// <summary>Jobs in one SQLite file, which the first job makes.</summary>
/// <param name="file">Its path; its folder is made where it is missing.</param>
/// <param name="patienceSeconds">How long to wait for another program that holds it, in seconds.</param>
public sealed class SqliteDialect(string file, int patienceSeconds = 2) : StoreDialect
{
    // https://sqlite.org/rescode.html
    private const int Busy = 5, Locked = 6, InputOutput = 10, Corrupt = 11, Full = 13, CannotOpen = 14, NoDatabase = 26;

    // Less room than a page of its index of the log.
    private const long NoRoom = 64 << 10;

    private readonly string text = new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = patienceSeconds }.ToString();
    private readonly SemaphoreSlim turns = new(1, 1);

    internal override string Bytes => "BLOB";

    internal override string Counted => "INTEGER PRIMARY KEY AUTOINCREMENT";

    internal override string Now => "CAST(unixepoch('subsec') * 1000 AS INTEGER)";

    internal override string LockTables => "";

    internal override bool IsThere => File.Exists(file);

    private string Folder => Path.GetDirectoryName(Path.GetFullPath(file))!;

    // SQLite has one writer, and who waits for it holds a thread.
    internal override SemaphoreSlim? Turns => turns;

    internal override async Task<DbConnection> OpenAsync(CancellationToken cancellation)
    {
        MakeFolder();
        var connection = new SqliteConnection(text);
        try
        {
            await connection.OpenAsync(cancellation).ConfigureAwait(false);
            using var command = connection.CreateCommand();
            // Readers and the writer do not wait for one another. Every commit reaches the disk: a job that was answered for outlives a power cut.
            command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";
            await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    internal override JobStoreException? Explain(Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: Busy or Locked } => new(StoreFault.Busy, "The file of jobs is locked by another program; Storage:Folder says where it is.", exception),
        SqliteException { SqliteErrorCode: Full } => NoSpace(exception),
        SqliteException { SqliteErrorCode: InputOutput or CannotOpen } or IOException when HasNoRoom() => NoSpace(exception),
        SqliteException { SqliteErrorCode: NoDatabase or Corrupt } =>
            new(StoreFault.Damaged, "The file of jobs is damaged, or no SQLite database; Storage:Folder says where it is.", exception),
        SqliteException or IOException or UnauthorizedAccessException =>
            new(StoreFault.Unreachable, "The file of jobs cannot be opened, read or written; Storage:Folder says where it is.", exception),
        _ => null,
    };

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        using var connection = new SqliteConnection(text);
        SqliteConnection.ClearPool(connection);
        turns.Dispose();
    }

    private static JobStoreException NoSpace(Exception cause) =>
        new(StoreFault.Full, "The disk that holds the jobs is full; Storage:Folder says where it is.", cause);

    // Told by its name: a folder that is no folder of a disk has no room either.
    private void MakeFolder()
    {
        try
        {
            Directory.CreateDirectory(Folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException && !HasNoRoom())
        {
            throw new JobStoreException(
                StoreFault.Unreachable, $"The folder of jobs, '{Folder}', cannot be made: {exception.Message.TrimEnd('.')}; Storage:Folder says where it is.", exception);
        }
    }

    private bool HasNoRoom()
    {
        var folder = Folder;
        while (!Directory.Exists(folder))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        // What is no disk, such as /proc, has a size of none.
        var disk = new DriveInfo(folder);
        return disk.TotalSize > 0 && disk.AvailableFreeSpace < NoRoom;
    }
}
