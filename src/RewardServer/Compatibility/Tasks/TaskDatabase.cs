using Microsoft.Data.Sqlite;

namespace RewardServer.Compatibility.Tasks;

/// <summary>The SQLite file of uploaded tasks. It is made by the first write; until then there is nothing to read.</summary>
/// <param name="file">Its path; its folder is made where it is missing.</param>
/// <param name="patience">How long to wait for another program that holds it, in seconds.</param>
internal sealed class TaskDatabase(string file, int patience) : IDisposable
{
    private readonly Lock gate = new();
    private SqliteConnection? connection;

    /// <summary>Reads.</summary>
    /// <param name="query">Reads from the open file.</param>
    /// <param name="none">What there is where there is no file.</param>
    /// <exception cref="TaskStoreException">It cannot be read.</exception>
    public T Read<T>(Func<SqliteConnection, T> query, T none) => With(query, none, makes: false);

    /// <summary>Writes, and makes the file where there is none.</summary>
    /// <exception cref="TaskStoreException">It cannot be written.</exception>
    public T Write<T>(Func<SqliteConnection, T> change) => With(change, default!, makes: true);

    /// <summary>A statement with its values.</summary>
    public static SqliteCommand Command(SqliteConnection open, string text, params (string Name, object Value)[] values)
    {
        var command = open.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            connection?.Dispose();
            connection = null;
        }
    }

    private T With<T>(Func<SqliteConnection, T> work, T none, bool makes)
    {
        lock (gate)
        {
            try
            {
                return connection is not null || makes || File.Exists(file) ? work(connection ??= Open()) : none;
            }
            catch (Exception exception) when (TaskStoreException.Explains(exception))
            {
                throw TaskStoreException.Of(exception);
            }
        }
    }

    private SqliteConnection Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        // Not pooled, so that what is closed is closed, and the file is whole by itself.
        var opened = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = patience, Pooling = false }.ToString());
        try
        {
            opened.Open();
            // Another server on this machine may read the same file meanwhile.
            using var command = Command(opened, """
                PRAGMA journal_mode = WAL;
                CREATE TABLE IF NOT EXISTS tasks ("set" TEXT NOT NULL, id TEXT NOT NULL, task TEXT NOT NULL, prompt TEXT, PRIMARY KEY ("set", id));
                """);
            command.ExecuteNonQuery();
        }
        catch
        {
            opened.Dispose();
            throw;
        }

        return opened;
    }
}
