using System.Net;
using RewardServer.Jobs.Tests.Store;

namespace RewardServer.Tests.Http.Jobs;

/// <summary>Servers that are killed in the middle of a job.</summary>
public sealed class JobCrashTests(PostgresCluster cluster)
{
    private const int Rows = 10_000;

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
}
