using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;

namespace RewardServer.Tests.Http.Jobs;

/// <summary>Large uploads and results, and jobs that end while they are read.</summary>
public sealed class JobLimitTests : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rewardserver-jobs-");
    private WebApplication app = null!;
    private HttpClient client = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        app = await RunningServer.StartAsync(new() { ["Sandbox:Engine"] = "none", ["Jobs:MaxBodyMb"] = "64", ["Server:MaxRequestMb"] = "2", ["Storage:Folder"] = folder.FullName });
        client = RunningServer.ClientOf(app);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Results_of_a_job_that_is_removed_while_they_are_read_do_not_end_like_all_of_them()
    {
        // Far more than sockets and buffers hold.
        const int Rows = 6000;
        var filling = new string('x', 4000);
        var rows = string.Concat(Enumerable.Range(1, Rows).Select(i => $$$"""{"id":"q{{{i}}}","prompt":"?","meta":{"text":"{{{filling}}}"},"completion":"<answer>{{{i}}}</answer>","task":{"kind":"math","answer":"5"}}""" + "\n"));
        Assert.Equal(HttpStatusCode.Created, (await client.PutJobAsync("read", rows)).Status);
        Assert.Equal("done", (await client.DoneAsync("read")).State());
        using var results = await client.GetAsync("/v1/jobs/read/results", HttpCompletionOption.ResponseHeadersRead, Token);
        using var lines = new StreamReader(await results.Content.ReadAsStreamAsync(Token));
        Assert.NotNull(await lines.ReadLineAsync(Token));
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync("/v1/jobs/read?remove=true", Token)).StatusCode);
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            while (await lines.ReadLineAsync(Token) is not null)
            {
                // To what should be no end.
            }
        });
    }

    [Fact]
    public async Task An_upload_that_does_not_say_its_length_is_told_the_setting_that_limits_it()
    {
        using var body = new Endless();
        var (status, problem) = await JobCalls.AnswerAsync(await client.PutAsync("/v1/jobs/endless?rubric=r1-zero", body, Token));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Contains("Jobs:MaxBodyMb", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await client.JobAsync("endless")).Status);
    }

    [Fact]
    public async Task A_row_may_have_no_more_than_a_request()
    {
        await client.PutJobAsync("large", JobRows.Right(1) + $$"""{"id":"{{new string('x', 3 << 20)}}"}""");
        var results = await client.ResultsAsync("large");
        Assert.Equal(["scored", "skipped"], results.Select(result => result.GetProperty("outcome").GetString()));
        Assert.Contains("bytes", results[1].GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_by_columns_that_there_are_not_or_by_too_many_is_refused()
    {
        await client.PutJobAsync("levels", """{"id":"a","prompt":"?","meta":{"level":"3"},"completion":"<answer>4</answer>","task":{"kind":"math","answer":"4"}}""");
        await client.DoneAsync("levels");
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/v1/jobs/levels/report?by=level", Token)).StatusCode);
        var (status, unknown) = await JobCalls.AnswerAsync(await client.GetAsync("/v1/jobs/levels/report?by=level,subject", Token));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("by: 'subject'", unknown.GetProperty("detail").GetString(), StringComparison.Ordinal);
        var many = string.Join(',', Enumerable.Range(1, 33).Select(i => $"c{i}"));
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync($"/v1/jobs/levels/report?by={many}", Token)).StatusCode);
    }

    [Fact]
    public async Task A_broken_job_goes_on_when_it_is_sent_again()
    {
        await client.PutJobAsync("broken", JobRows.Right(3));
        await client.DoneAsync("broken");
        await using (var store = new SqliteConnection($"Data Source={Path.Combine(folder.FullName, "jobs.db")};Pooling=False;Default Timeout=30"))
        {
            await store.OpenAsync(Token);
            await using var command = store.CreateCommand();
            command.CommandText = "UPDATE grading_jobs SET state = 'broken', fault = 'a fault', rows_done = 1, scored = 1, reward_sum = 1, last_line = 1; DELETE FROM grading_results WHERE line > 1";
            await command.ExecuteNonQueryAsync(Token);
        }

        Assert.Equal("broken", (await client.JobAsync("broken")).Body.State());
        Assert.Equal(HttpStatusCode.OK, (await client.PutJobAsync("broken", JobRows.Right(3))).Status);
        var done = await client.DoneAsync("broken");
        Assert.Equal(("done", JsonValueKind.Null), (done.State(), done.GetProperty("fault").ValueKind));
        JobCalls.EachOnce(3, await client.ResultsAsync("broken"));
    }

    /// <summary>Rows without an end to them, up to what no server should read.</summary>
    private sealed class Endless : HttpContent
    {
        private const int Most = 200;

        public Endless() => Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var rows = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat($$"""{"prompt":"{{new string('x', 10_000)}}"}""" + "\n", 100)));
            for (var i = 0; i < Most; i++)
            {
                await stream.WriteAsync(rows, Token);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
