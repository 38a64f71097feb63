using System.Text.Json;
using Microsoft.Data.Sqlite;
using RewardServer.Grading.Completions;
using static RewardServer.Compatibility.Tasks.TaskDatabase;

namespace RewardServer.Compatibility.Tasks;

/// <summary>
/// Uploaded tasks, kept in a SQLite file that is made with the first of them. Where the file cannot be used, every member throws a
/// <see cref="TaskStoreException"/>, which calls are answered 503 for.
/// </summary>
/// <param name="file">The file's path; its folder is made where it is missing.</param>
/// <param name="patience">How long to wait for another program that writes to it, in seconds.</param>
public sealed class TaskStore(string file, int patience = 10) : IDisposable
{
    private readonly TaskDatabase writing = new(file, patience);

    // Apart, so that grading never waits for one that uploads.
    private readonly TaskDatabase reading = new(file, patience);

    /// <summary>The task of that name: one of no set, or else "SET/ID".</summary>
    /// <returns>Null where there is none.</returns>
    public StoredTask? Find(string name) =>
        Find("", name) ?? (name.IndexOf('/', StringComparison.Ordinal) is > 0 and var at ? Find(name[..at], name[(at + 1)..]) : null);

    /// <summary>A task of a set; null where there is none.</summary>
    /// <param name="set">The set's name; empty for tasks of none.</param>
    /// <param name="id">The task's name within it.</param>
    public StoredTask? Find(string set, string id) => reading.Read(
        open =>
        {
            using var command = Command(open, "SELECT task, prompt FROM tasks WHERE \"set\" = $set AND id = $id", ("$set", set), ("$id", id));
            using var row = command.ExecuteReader();
            return row.Read()
                ? new StoredTask(set, id, Read<GradingTask>(row.GetString(0))!, row.IsDBNull(1) ? null : Read<ChatText>(row.GetString(1)))
                : null;
        },
        null);

    /// <summary>Keeps tasks, all or none, in place of those of the same names.</summary>
    public void Put(IEnumerable<StoredTask> tasks) => writing.Write(open =>
    {
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
        return true;
    });

    /// <summary>Forgets the task of that name: one of no set, or else "SET/ID".</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string name) =>
        Remove("", name) || (name.IndexOf('/', StringComparison.Ordinal) is > 0 and var at && Remove(name[..at], name[(at + 1)..]));

    /// <summary>Forgets a task of a set.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Remove(string set, string id)
    {
        const string Where = "FROM tasks WHERE \"set\" = $set AND id = $id";
        // Asked first, for a write would make the file.
        var isKept = reading.Read(
            open =>
            {
                using var command = Command(open, $"SELECT 1 {Where}", ("$set", set), ("$id", id));
                return command.ExecuteScalar() is not null;
            },
            false);
        return isKept && writing.Write(open =>
        {
            using var command = Command(open, $"DELETE {Where}", ("$set", set), ("$id", id));
            return command.ExecuteNonQuery() > 0;
        });
    }

    /// <summary>The sets and how many tasks each has, by name; the tasks of none stand under the empty name.</summary>
    public IReadOnlyList<(string Set, long Tasks)> Sets() => reading.Read(
        open =>
        {
            using var command = Command(open, "SELECT \"set\", COUNT(*) FROM tasks GROUP BY \"set\" ORDER BY \"set\"");
            return Rows(command, row => (row.GetString(0), row.GetInt64(1)));
        },
        []);

    /// <summary>The names of a set's tasks, in the order in which they were first kept.</summary>
    /// <param name="set">The set; empty for the tasks of none.</param>
    /// <param name="offset">How many to leave out at the start.</param>
    /// <param name="most">How many to give at most.</param>
    public IReadOnlyList<string> Ids(string set, long offset, int most) => reading.Read(
        open =>
        {
            using var command = Command(
                open, "SELECT id FROM tasks WHERE \"set\" = $set ORDER BY rowid LIMIT $most OFFSET $offset", ("$set", set), ("$most", most), ("$offset", offset));
            return Rows(command, row => row.GetString(0));
        },
        []);

    /// <inheritdoc/>
    public void Dispose()
    {
        reading.Dispose();
        writing.Dispose();
    }

    private static List<T> Rows<T>(SqliteCommand command, Func<SqliteDataReader, T> read)
    {
        using var row = command.ExecuteReader();
        var rows = new List<T>();
        while (row.Read())
        {
            rows.Add(read(row));
        }

        return rows;
    }

    private static T? Read<T>(string json) => JsonSerializer.Deserialize<T>(json, ItemJson.Options);
}
