using System.Net;
using RewardServer.Jobs.Tests.Store;

namespace RewardServer.Tests.Http.Jobs;

/// <summary>A database that ends in the middle of a job, and one that two servers share.</summary>
public sealed class JobDatabaseTests(PostgresCluster cluster)
{
    private const int Rows = 10_000;

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
        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => (i % 2 == 0 ? one : other).Client.PutJobAsync($"job{i}", JobRows.Right(2000), "rubric=r1-zero&deduplicate=false")));
        await other.Client.JobWhenAsync("job0", job => job.GetProperty("rowsDone").GetInt64() > 0);
        await one.KillAsync();
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal("done", (await other.Client.DoneAsync($"job{i}")).State());
            JobCalls.EachOnce(2000, await other.Client.ResultsAsync($"job{i}"));
        }
    }
}
