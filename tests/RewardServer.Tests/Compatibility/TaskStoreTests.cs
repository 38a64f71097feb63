using System.Text.Json;
using Microsoft.Data.Sqlite;
using RewardServer.Compatibility.Tasks;
using RewardServer.Grading.Completions;

namespace RewardServer.Tests.Compatibility;

/// <summary>Where the file of uploaded tasks cannot be used, it is said, and nothing is graded by a task that could not be read.</summary>
public sealed class TaskStoreTests : IDisposable
{
    private static readonly object Upload = new { tasks = new[] { new { id = "a", task = new { kind = "math", answer = "5" } } } };

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tasks-");

    public void Dispose() => folder.Delete(recursive: true);

    private string FilePath => Path.Combine(folder.FullName, "tasks.db");

    [Fact]
    public void A_server_to_which_nothing_was_uploaded_leaves_no_file()
    {
        using (var store = new TaskStore(FilePath))
        {
            Assert.Null(store.Find("a"));
            Assert.False(store.Remove("a"));
            Assert.Empty(store.Sets());
            Assert.Empty(store.Ids("", 0, 10));
        }

        Assert.Empty(folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public void A_file_that_another_program_writes_to_can_be_read_and_not_written()
    {
        using var store = new TaskStore(FilePath, patience: 1);
        store.Put([new("", "a", new MathTask("5"))]);
        using var other = new SqliteConnection($"Data Source={FilePath};Pooling=False");
        other.Open();
        using var begin = other.CreateCommand();
        begin.CommandText = "BEGIN IMMEDIATE";
        begin.ExecuteNonQuery();
        Assert.Contains("locked by another program", Assert.Throws<TaskStoreException>(() => store.Put([new("", "a", new MathTask("6"))])).Message, StringComparison.Ordinal);
        Assert.Equal(new MathTask("5"), store.Find("a")!.Task);
        using var end = other.CreateCommand();
        end.CommandText = "ROLLBACK";
        end.ExecuteNonQuery();
        store.Put([new("", "a", new MathTask("6"))]);
        Assert.Equal(new MathTask("6"), store.Find("a")!.Task);
    }

    [Fact]
    public void Of_tasks_that_cannot_all_be_kept_none_is()
    {
        using var store = new TaskStore(FilePath);
        IEnumerable<StoredTask> Tasks()
        {
            yield return new("", "a", new MathTask("5"));
            throw new IOException("the source broke off");
        }

        Assert.Throws<TaskStoreException>(() => store.Put(Tasks()));
        Assert.Null(store.Find("a"));
        store.Put([new("", "b", new MathTask("5"))]);
        Assert.Equal(["b"], store.Ids("", 0, 10));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_503_and_names_the_setting()
    {
        await File.WriteAllTextAsync(FilePath, "", TestContext.Current.CancellationToken);
        var (app, client) = await RewardCalls.ServerAsync(("Storage:Folder", Path.Combine(FilePath, "below-a-file")), ("Sandbox:Engine", "none"));
        await using var _ = app;
        using var __ = client;
        await AssertIsToldAsync(client, HttpMethod.Put, "/v1/tasks", Upload);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_503_on_every_path_and_grades_nothing()
    {
        await File.WriteAllTextAsync(FilePath, new string('x', 10_000), TestContext.Current.CancellationToken);
        var (app, client) = await RewardCalls.ServerAsync(
            ("Storage:Folder", folder.FullName), ("Sandbox:Engine", "none"),
            ("Trainers:Forms:mine:Response", "text"), ("Trainers:Forms:mine:Label", "gold"), ("Trainers:Forms:mine:FaultStatus", "502"));
        await using var _ = app;
        using var __ = client;
        await AssertIsToldAsync(client, HttpMethod.Put, "/v1/tasks", Upload);
        await AssertIsToldAsync(client, HttpMethod.Get, "/v1/tasks");
        await AssertIsToldAsync(client, HttpMethod.Get, "/v1/tasks/a");
        await AssertIsToldAsync(client, HttpMethod.Delete, "/v1/tasks/a");
        await AssertIsToldAsync(client, HttpMethod.Post, "/get_reward?skipped=0", new { query = new[] { "5" }, labels = new[] { "task:a" } });
        await AssertIsToldAsync(client, HttpMethod.Post, "/slime?skipped=0", new { response = "5", label = "task:a" });
        Assert.Equal(502, (await client.PostAsync("/trainers/mine", new { text = "5", gold = "task:a" })).Status);
        // What names no task does not need them.
        Assert.Equal(200, (await client.PostAsync("/slime", new { response = "#### 5", label = "5" })).Status);
    }

    [Fact]
    public async Task A_task_that_this_version_cannot_read_is_told_and_can_be_forgotten()
    {
        var (app, client) = await RewardCalls.ServerAsync(("Storage:Folder", folder.FullName), ("Sandbox:Engine", "none"));
        await using var _ = app;
        using var __ = client;
        Assert.Equal(200, (await client.SendAsync(HttpMethod.Put, "/v1/tasks", Upload)).Status);
        await using (var other = new SqliteConnection($"Data Source={FilePath};Pooling=False"))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using var change = other.CreateCommand();
            change.CommandText = """UPDATE tasks SET task = '{"kind":"of-the-future"}'""";
            await change.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var (status, body) = await client.SendAsync(HttpMethod.Get, "/v1/tasks/a");
        Assert.Equal(503, status);
        Assert.Contains("upload it again", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(204, (await client.SendAsync(HttpMethod.Delete, "/v1/tasks/a")).Status);
    }

    private async Task AssertIsToldAsync(HttpClient client, HttpMethod method, string path, object? body = null)
    {
        (var status, JsonElement problem) = await client.SendAsync(method, path, body);
        Assert.True(status == 503, $"{method} {path}: {status} {problem}");
        Assert.Contains("Storage:Folder", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(folder.FullName, problem.GetRawText(), StringComparison.Ordinal);
    }
}
