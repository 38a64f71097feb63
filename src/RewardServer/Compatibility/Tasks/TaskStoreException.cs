using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace RewardServer.Compatibility.Tasks;

/// <summary>The uploaded tasks cannot be read or kept: a fault of the server's or its machine's, never of a task or a candidate.</summary>
/// <param name="message">What is wrong, and what to do; it names no path.</param>
/// <param name="cause">What was thrown.</param>
internal sealed class TaskStoreException(string message, Exception cause) : Exception(message, cause)
{
    // https://sqlite.org/rescode.html
    private const int Busy = 5, Locked = 6, Corrupt = 11, Full = 13, NoDatabase = 26;

    /// <summary>Whether a store may throw it for its file's or its content's sake.</summary>
    public static bool Explains(Exception exception) =>
        exception is SqliteException or IOException or UnauthorizedAccessException or JsonException or NotSupportedException;

    /// <summary>Says what is wrong.</summary>
    public static TaskStoreException Of(Exception exception) => new(Words(exception), exception);

    private static string Words(Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: Busy or Locked } => "The file of uploaded tasks is locked by another program; try again.",
        SqliteException { SqliteErrorCode: Full } => "The disk that holds the uploaded tasks is full.",
        SqliteException { SqliteErrorCode: NoDatabase or Corrupt } => "The file of uploaded tasks is damaged, or no SQLite database; Storage:Folder says where it is.",
        JsonException or NotSupportedException => "A task was kept by another version of the server, and this one cannot read it; upload it again.",
        _ => "The file of uploaded tasks cannot be opened, read or written; Storage:Folder says where it is.",
    };
}
