using System.Net;
using RewardServer.Jobs.Tests.Store;

namespace RewardServer.Tests.Http.Jobs;

/// <summary>Servers and databases that end in the middle of a job.</summary>
public sealed class JobCrashTests(PostgresCluster cluster)
{
    private const int Rows = 15_000;

    public static TheoryData<string> Kinds => ["sqlite", "postgres"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_server_that_is_killed_again_and_again_finishes_the_job_with_each_row_exactly_once(string kind)
    {
        using var place = await JobPlace.NewAsync(kind, cluster);
        await using (var first = await JobServer.StartAsync(place.Name))
        {
            Assert.Equal(HttpStatusCode.Created, (await first.Client.PutJobAsync("killed", JobRows.Right(Rows), "rubric=r1-zero&deduplicate=false")).Status);
            // In the middle of an upload, too.
            using var broken = new BrokenUpload(JobRows.Right(2000));
            using var off = CancellationTokenSource.CreateLinkedTokenSource(Token);
            var upload = first.Client.PutAsync("/v1/jobs/broken?rubric=r1-zero", broken, off.Token);
            await broken.HalfWay;
            await first.Client.JobWhenAsync("killed", job => job.GetProperty("rowsDone").GetInt64() > 0);
            await first.KillAsync();
            await off.CancelAsync();
            await Assert.ThrowsAnyAsync<Exception>(() => upload);
        }

        long before = 0;
        for (var i = 0; i < 2; i++)
        {
            await using var next = await JobServer.StartAsync(place.Name);
            var now = await next.Client.JobWhenAsync("killed", job => job.GetProperty("rowsDone").GetInt64() > before || job.State() == "done");
            before = now.GetProperty("rowsDone").GetInt64();
            await next.KillAsync();
        }

        await using var last = await JobServer.StartAsync(place.Name);
        var job = await last.Client.DoneAsync("killed");
        Assert.Equal(("done", Rows, Rows), (job.State(), job.GetProperty("rowsDone").GetInt32(), job.GetProperty("scored").GetInt32()));
        JobCalls.EachOnce(Rows, await last.Client.ResultsAsync("killed"));
        await Waiting.UntilAsync(async () => (await last.Client.JobAsync("broken")).Status == HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_job_outlives_a_crash_of_its_database_and_says_meanwhile_what_it_waits_for()
    {
        // A cluster of its own: others must not see theirs end.
        await using var own = new PostgresCluster();
        using var place = await JobPlace.NewAsync("postgres", own);
        await using var server = await JobServer.StartAsync(place.Name);
        await server.Client.PutJobAsync("a", JobRows.Right(Rows), "rubric=r1-zero&deduplicate=false");
        await server.Client.JobWhenAsync("a", job => job.GetProperty("rowsDone").GetInt64() > 0);
        await own.StopAsync();
        await Waiting.UntilAsync(async () =>
        {
            var (status, body) = await server.Client.JobAsync("a");
            return status == HttpStatusCode.ServiceUnavailable && body.GetProperty("detail").GetString()!.Contains("Jobs:Postgres", StringComparison.Ordinal);
        });
        await own.StartAgainAsync();
        var job = await server.Client.DoneAsync("a");
        Assert.Equal(("done", Rows), (job.State(), job.GetProperty("scored").GetInt32()));
        JobCalls.EachOnce(Rows, await server.Client.ResultsAsync("a"));
    }

    [Fact]
    public async Task Two_servers_on_one_database_grade_each_job_once_and_one_goes_on_where_the_other_died()
    {
        using var place = await JobPlace.NewAsync("postgres", cluster);
        await using var one = await JobServer.StartAsync(place.Name);
        await using var other = await JobServer.StartAsync(place.Name);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => (i % 2 == 0 ? one : other).Client.PutJobAsync($"job{i}", JobRows.Right(3000), "rubric=r1-zero&deduplicate=false")));
        await other.Client.JobWhenAsync("job0", job => job.GetProperty("rowsDone").GetInt64() > 0);
        await one.KillAsync();
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal("done", (await other.Client.DoneAsync($"job{i}")).State());
            JobCalls.EachOnce(3000, await other.Client.ResultsAsync($"job{i}"));
        }
    }
}
