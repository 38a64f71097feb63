using System.Text.Json;
using Microsoft.Data.Sqlite;
using RewardServer.Grading.Completions;

namespace RewardServer.Compatibility.Tasks;

/// <summary>Uploaded tasks, kept in a SQLite file that is made with the first of them.</summary>
/// <param name="file">The file's path; its folder is made where it is missing.</param>
public sealed class TaskStore(string file) : IDisposable
{
    private readonly Lock gate = new();
    private SqliteConnection? connection;

    /// <summary>The task of that name: one of no set, or else "SET/ID".</summary>
    /// <returns>Null where there is none.</returns>
    public StoredTask? Find(string name) =>
        Find("", name) ?? (name.IndexOf('/', StringComparison.Ordinal) is > 0 and var at ? Find(name[..at], name[(at + 1)..]) : null);

    /// <summary>A task of a set; null where there is none.</summary>
    /// <param name="set">The set's name; empty for tasks of none.</param>
    /// <param name="id">The task's name within it.</param>
    public StoredTask? Find(string set, string id)
    {
        lock (gate)
        {
            if (Existing() is not { } open)
            {
                return null;
            }

            using var command = Command(open, "SELECT task, prompt FROM tasks WHERE \"set\" = $set AND id = $id", ("$set", set), ("$id", id));
            using var row = command.ExecuteReader();
            return row.Read()
                ? new(set, id, Read<GradingTask>(row.GetString(0))!, row.IsDBNull(1) ? null : Read<ChatText>(row.GetString(1)))
                : null;
        }
    }

    /// <summary>Keeps tasks, all or none, in place of those of the same names.</summary>
    public void Put(IEnumerable<StoredTask> tasks)
    {
        lock (gate)
        {
            var open = Open();
            using var transaction = open.BeginTransaction();
            using var command = Command(
                open,
                "INSERT INTO tasks (\"set\", id, task, prompt) VALUES ($set, $id, $task, $prompt) ON CONFLICT (\"set\", id) DO UPDATE SET task = $task, prompt = $prompt",
                ("$set", ""), ("$id", ""), ("$task", ""), ("$prompt", DBNull.Value));
            command.Transaction = transaction;
            foreach (var task in tasks)
            {
                command.Parameters["$set"].Value = task.Set;
                command.Parameters["$id"].Value = task.Id;
                command.Parameters["$task"].Value = JsonSerializer.Serialize(task.Task, ItemJson.Options);
                command.Parameters["$prompt"].Value = task.Prompt is { } prompt ? JsonSerializer.Serialize(prompt, ItemJson.Options) : DBNull.Value;
                command.ExecuteNonQuery();
            }

            transaction.Commit();
        }
    }

    /// <summary>Forgets a task.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string set, string id)
    {
        lock (gate)
        {
            if (Existing() is not { } open)
            {
                return false;
            }

            using var command = Command(open, "DELETE FROM tasks WHERE \"set\" = $set AND id = $id", ("$set", set), ("$id", id));
            return command.ExecuteNonQuery() > 0;
        }
    }

    /// <summary>The sets and how many tasks each has, by name; the tasks of none stand under the empty name.</summary>
    public IReadOnlyList<(string Set, long Tasks)> Sets()
    {
        lock (gate)
        {
            if (Existing() is not { } open)
            {
                return [];
            }

            using var command = Command(open, "SELECT \"set\", COUNT(*) FROM tasks GROUP BY \"set\" ORDER BY \"set\"");
            using var row = command.ExecuteReader();
            var sets = new List<(string, long)>();
            while (row.Read())
            {
                sets.Add((row.GetString(0), row.GetInt64(1)));
            }

            return sets;
        }
    }

    /// <summary>The names of a set's tasks, in the order in which they were first kept.</summary>
    /// <param name="set">The set; empty for the tasks of none.</param>
    /// <param name="offset">How many to leave out at the start.</param>
    /// <param name="most">How many to give at most.</param>
    public IReadOnlyList<string> Ids(string set, long offset, int most)
    {
        lock (gate)
        {
            if (Existing() is not { } open)
            {
                return [];
            }

            using var command = Command(
                open, "SELECT id FROM tasks WHERE \"set\" = $set ORDER BY rowid LIMIT $most OFFSET $offset", ("$set", set), ("$most", most), ("$offset", offset));
            using var row = command.ExecuteReader();
            var ids = new List<string>();
            while (row.Read())
            {
                ids.Add(row.GetString(0));
            }

            return ids;
        }
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

    private static T? Read<T>(string json) => JsonSerializer.Deserialize<T>(json, ItemJson.Options);

    private static SqliteCommand Command(SqliteConnection open, string text, params (string Name, object Value)[] values)
    {
        var command = open.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }

    // A server to which nothing was uploaded leaves no file.
    private SqliteConnection? Existing() => connection is not null || File.Exists(file) ? Open() : null;

    private SqliteConnection Open()
    {
        if (connection is { } known)
        {
            return known;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var opened = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, DefaultTimeout = 10 }.ToString());
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

        return connection = opened;
    }
}
