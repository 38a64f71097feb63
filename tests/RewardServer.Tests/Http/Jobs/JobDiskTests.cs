using System.Diagnostics;
using System.Net;
using Microsoft.Data.Sqlite;

namespace RewardServer.Tests.Http.Jobs;

/// <summary>The file of jobs on a disk that is full, or held by another program.</summary>
public sealed class JobDiskTests
{
    private const int Rows = 12_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task On_a_full_disk_jobs_pause_uploads_are_answered_507_and_both_go_on_when_there_is_room()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "not root: no file system can be mounted");
        var folder = Directory.CreateTempSubdirectory("rewardserver-full-").FullName;
        if (await ExitCodeAsync("mount", "-t", "tmpfs", "-o", "size=9m", "none", folder) != 0)
        {
            Directory.Delete(folder);
            Assert.Skip("root here may not mount a file system");
        }

        try
        {
            await using var server = await JobServer.StartAsync(folder);
            var (status, _) = await server.Client.PutJobAsync("a", JobRows.Right(Rows), "rubric=r1-zero&deduplicate=false");
            Assert.Equal(HttpStatusCode.Created, status);
            var waits = await server.Client.JobWhenAsync("a", job => job.GetProperty("fault").ValueKind == System.Text.Json.JsonValueKind.String);
            Assert.Equal("running", waits.State());
            Assert.Contains("Storage:Folder", waits.GetProperty("fault").GetString(), StringComparison.Ordinal);
            var (full, problem) = await server.Client.PutJobAsync("b", JobRows.Right(Rows));
            Assert.Equal(HttpStatusCode.InsufficientStorage, full);
            Assert.Contains("Storage:Folder", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
            await RunAsync("mount", "-o", "remount,size=200m", folder);
            var done = await server.Client.DoneAsync("a");
            Assert.Equal(("done", Rows), (done.State(), done.GetProperty("scored").GetInt32()));
            JobCalls.EachOnce(Rows, await server.Client.ResultsAsync("a"));
            await Waiting.UntilAsync(async () => (await server.Client.PutJobAsync("b", JobRows.Right(100))).Status == HttpStatusCode.Created);
            Assert.Equal("done", (await server.Client.DoneAsync("b")).State());
        }
        finally
        {
            await RunAsync("umount", "-l", folder);
            Directory.Delete(folder);
        }
    }

    [Fact]
    public async Task While_another_program_holds_the_file_a_job_waits_and_says_so_and_then_goes_on()
    {
        await using var judge = await HeldJudge.StartAsync();
        await using var app = await judge.ServerAsync();
        using var client = RunningServer.ClientOf(app);
        await client.PutJobAsync("a", HeldJudge.Rows(5, 20), "rubric=judged");
        await client.JobWhenAsync("a", job => job.GetProperty("rowsDone").GetInt64() == 5);
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(judge.Folder, "jobs.db")};Pooling=False;Default Timeout=30"))
        {
            await other.OpenAsync(Token);
            await using var holds = other.BeginTransaction();
            judge.Let();
            var waits = await client.JobWhenAsync("a", job => job.GetProperty("fault").ValueKind == System.Text.Json.JsonValueKind.String);
            Assert.Contains("locked", waits.GetProperty("fault").GetString(), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.PutJobAsync("b", JobRows.Right(1))).Status);
        }

        var done = await client.DoneAsync("a");
        Assert.Equal(("done", System.Text.Json.JsonValueKind.Null), (done.State(), done.GetProperty("fault").ValueKind));
        JobCalls.EachOnce(25, await client.ResultsAsync("a"));
    }

    private static async Task RunAsync(string program, params string[] arguments) => Assert.Equal(0, await ExitCodeAsync(program, arguments));

    private static async Task<int> ExitCodeAsync(string program, params string[] arguments)
    {
#pragma warning disable RS0030 // The one place where these tests mount.
        using var process = Process.Start(new ProcessStartInfo(program, arguments))!;
#pragma warning restore RS0030
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode;
    }
}
