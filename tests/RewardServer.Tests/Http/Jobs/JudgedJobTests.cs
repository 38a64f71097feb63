using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;

namespace RewardServer.Tests.Http.Jobs;

/// <summary>Jobs that stand where a test wants them: their judge answers when it is let.</summary>
public sealed class JudgedJobTests : IAsyncLifetime
{
    private HeldJudge judge = null!;
    private WebApplication app = null!;
    private HttpClient client = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        judge = await HeldJudge.StartAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
        await judge.DisposeAsync();
    }

    [Fact]
    public async Task A_job_is_cancelled_then_removed_and_its_results_stay_between()
    {
        await client.PutJobAsync("cancelled", HeldJudge.Rows(5, 20), "rubric=judged");
        await client.JobWhenAsync("cancelled", job => Number(job, "rowsDone") == 5);
        var (status, job) = await JobCalls.AnswerAsync(await client.DeleteAsync("/v1/jobs/cancelled", Token));
        Assert.Equal((HttpStatusCode.OK, "cancelled"), (status, job.State()));
        // Sent again, as after a lost answer.
        (status, job) = await JobCalls.AnswerAsync(await client.DeleteAsync("/v1/jobs/cancelled", Token));
        Assert.Equal((HttpStatusCode.OK, "cancelled"), (status, job.State()));
        JobCalls.EachOnce(5, await client.ResultsAsync("cancelled"));
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync("/v1/jobs/cancelled?remove=true", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.DeleteAsync("/v1/jobs/cancelled?remove=true", Token)).StatusCode);
    }

    [Fact]
    public async Task A_cancelled_job_that_is_retried_goes_on_where_it_stood()
    {
        await client.PutJobAsync("again", HeldJudge.Rows(5, 5), "rubric=judged");
        await client.JobWhenAsync("again", job => Number(job, "rowsDone") == 5);
        Assert.Equal(HttpStatusCode.OK, (await RetryAsync("again")).Status);
        await client.DeleteAsync("/v1/jobs/again", Token);
        Assert.Equal(HttpStatusCode.Accepted, (await RetryAsync("again")).Status);
        judge.Let();
        Assert.Equal("done", (await client.DoneAsync("again")).State());
        JobCalls.EachOnce(10, await client.ResultsAsync("again"));
    }

    [Fact]
    public async Task A_job_that_waits_is_cancelled_and_removed_and_one_that_is_received_neither()
    {
        await client.PutJobAsync("runs", HeldJudge.Rows(1, 1), "rubric=judged");
        await client.JobWhenAsync("runs", job => job.State() == "running");
        await client.PutJobAsync("waits", HeldJudge.Rows(1, 0), "rubric=judged");
        var (status, job) = await JobCalls.AnswerAsync(await client.DeleteAsync("/v1/jobs/waits", Token));
        Assert.Equal((HttpStatusCode.OK, "cancelled", 0), (status, job.State(), Number(job, "rowsDone")));
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync("/v1/jobs/waits?remove=true", Token)).StatusCode);
        // One that has not ended is cancelled first.
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync("/v1/jobs/runs?remove=true", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.JobAsync("runs")).Status);
        using var half = new BrokenUpload(JobRows.Right(2000));
        using var off = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var upload = client.PutAsync("/v1/jobs/received?rubric=judged", half, off.Token);
        await half.HalfWay;
        await client.JobWhenAsync("received", received => received.State() == "receiving");
        Assert.Equal(HttpStatusCode.Conflict, (await client.DeleteAsync("/v1/jobs/received", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await client.DeleteAsync("/v1/jobs/received?remove=true", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await RetryAsync("received")).Status);
        await off.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => upload);
    }

    [Fact]
    public async Task Results_and_events_follow_a_job_while_it_runs()
    {
        await client.PutJobAsync("followed", HeldJudge.Rows(5, 5), "rubric=judged");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/jobs/followed/events");
        request.Headers.Add("Last-Event-ID", "17");
        using var events = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal("text/event-stream", events.Content.Headers.ContentType!.MediaType);
        using var results = await client.GetAsync("/v1/jobs/followed/results", HttpCompletionOption.ResponseHeadersRead, Token);
        using var lines = new StreamReader(await results.Content.ReadAsStreamAsync(Token));
        var all = new List<JsonElement> { JsonElement.Parse((await lines.ReadLineAsync(Token))!) };
        Assert.Equal("running", (await client.JobAsync("followed")).Body.State());
        judge.Let();
        while (await lines.ReadLineAsync(Token) is { } line)
        {
            all.Add(JsonElement.Parse(line));
        }

        JobCalls.EachOnce(10, all);
        var told = await SseParser.Create(await events.Content.ReadAsStreamAsync(Token), (name, data) => (Name: name, Job: JsonElement.Parse(data))).EnumerateAsync(Token).ToListAsync(Token);
        Assert.Equal("done", told[^1].EventType);
        Assert.Equal(10, Number(told[^1].Data.Job, "scored"));
        Assert.All(told[..^1], item => Assert.Equal("progress", item.EventType));
        Assert.NotEmpty(told[..^1]);
    }

    [Fact]
    public async Task More_followers_than_there_may_be_are_answered_429_until_others_are_gone()
    {
        await RestartAsync(("Jobs:MaxFollowers", "2"));
        await client.PutJobAsync("followed", HeldJudge.Rows(1, 1), "rubric=judged");
        var first = await client.GetAsync("/v1/jobs/followed/results", HttpCompletionOption.ResponseHeadersRead, Token);
        using var second = await client.GetAsync("/v1/jobs/followed/events", HttpCompletionOption.ResponseHeadersRead, Token);
        foreach (var path in new[] { "results", "events" })
        {
            var (status, problem) = await JobCalls.AnswerAsync(await client.GetAsync($"/v1/jobs/followed/{path}", Token));
            Assert.Equal(HttpStatusCode.TooManyRequests, status);
            Assert.Contains("Jobs:MaxFollowers", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        }

        first.Dispose();
        await Waiting.UntilAsync(async () =>
        {
            using var next = await client.GetAsync("/v1/jobs/followed/results", HttpCompletionOption.ResponseHeadersRead, Token);
            return next.StatusCode == HttpStatusCode.OK;
        });
    }

    [Fact]
    public async Task A_server_that_is_stopped_does_not_wait_for_followers_and_its_job_goes_on_at_the_next_start()
    {
        await client.PutJobAsync("stopped", HeldJudge.Rows(5, 5), "rubric=judged");
        using var results = await client.GetAsync("/v1/jobs/stopped/results", HttpCompletionOption.ResponseHeadersRead, Token);
        using var events = await client.GetAsync("/v1/jobs/stopped/events", HttpCompletionOption.ResponseHeadersRead, Token);
        using var half = new BrokenUpload(HeldJudge.Rows(20, 0));
        var stream = client.PostAsync("/v1/grade/stream?rubric=judged", half, Token);
        await half.HalfWay;
        await client.JobWhenAsync("stopped", job => Number(job, "rowsDone") == 5);
        var watch = Stopwatch.StartNew();
        await app.StopAsync(Token);
        // Well below what is left to calls that end by themselves, RewardServer.Hosting.Server.DrainTime.
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 14);
        // Nobody takes a part for the whole.
        await Assert.ThrowsAnyAsync<Exception>(() => results.Content.ReadAsStringAsync(Token));
        await Assert.ThrowsAnyAsync<Exception>(() => stream);
        Assert.DoesNotContain("event: done", await events.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        await RestartAsync();
        Assert.Equal("running", (await client.JobWhenAsync("stopped", job => job.State() == "running")).State());
        judge.Let();
        JobCalls.EachOnce(10, await client.ResultsAsync("stopped"));
        Assert.Equal("done", (await client.DoneAsync("stopped")).State());
    }

    [Theory]
    [InlineData("judged")]
    [InlineData("compared")]
    public async Task Rows_that_failed_are_graded_anew_and_each_has_its_results_once(string rubric)
    {
        judge.IsFaulty = true;
        await client.PutJobAsync("failed", HeldJudge.Rows("quick", "quick", "quick", "faulty", "quick"), $"rubric={rubric}");
        var failed = await client.DoneAsync("failed");
        Assert.Equal(("done", 5), (failed.State(), Number(failed, "rowsDone")));
        Assert.NotEqual(0, Number(failed, "failed"));
        judge.IsFaulty = false;
        Assert.Equal(HttpStatusCode.Accepted, (await RetryAsync("failed")).Status);
        // Who follows it gets the new results, and no old ones.
        JobCalls.EachOnce(5, await client.ResultsAsync("failed"));
        var done = await client.DoneAsync("failed");
        Assert.Equal(("done", 5, 5, 0), (done.State(), Number(done, "rowsDone"), Number(done, "scored"), Number(done, "failed")));
        var results = await client.ResultsAsync("failed");
        JobCalls.EachOnce(5, results);
        if (rubric == "compared")
        {
            // With their groups: who stood beside what failed is compared with it now.
            Assert.All(results, result => Assert.Equal(JsonValueKind.Number, result.GetProperty("transforms").GetProperty("advantage").ValueKind));
        }

        Assert.Equal(HttpStatusCode.OK, (await RetryAsync("failed")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await RetryAsync("none")).Status);
        Assert.Equal(5, (await client.GetFromJsonAsync<JsonElement>("/v1/jobs/failed/report", Token)).GetProperty("outcomes").GetProperty("scored").GetInt32());
    }

    [Fact]
    public async Task A_job_whose_judge_a_server_lacks_waits_and_says_so_until_one_has_it_and_others_go_on()
    {
        await client.PutJobAsync("lacking", HeldJudge.Rows(2, 2), "rubric=judged");
        await client.JobWhenAsync("lacking", job => Number(job, "rowsDone") == 2);
        await StopAsync();
        app = await RunningServer.StartAsync(new() { ["Storage:Folder"] = judge.Folder, ["Sandbox:Engine"] = "none" });
        client = RunningServer.ClientOf(app);
        await client.PutJobAsync("other", JobRows.Right(3));
        Assert.Equal("done", (await client.DoneAsync("other")).State());
        var waits = await client.JobWhenAsync("lacking", job => job.State() == "waiting" && job.GetProperty("fault").ValueKind == JsonValueKind.String);
        Assert.Equal(("waiting", 2), (waits.State(), Number(waits, "rowsDone")));
        Assert.Contains("judge", waits.GetProperty("fault").GetString(), StringComparison.Ordinal);
        await RestartAsync();
        judge.Let();
        var done = await client.DoneAsync("lacking");
        Assert.Equal(("done", JsonValueKind.Null), (done.State(), done.GetProperty("fault").ValueKind));
        JobCalls.EachOnce(4, await client.ResultsAsync("lacking"));
    }

    private static int Number(JsonElement json, string member) => json.GetProperty(member).GetInt32();

    private async Task<(HttpStatusCode Status, JsonElement Body)> RetryAsync(string id) => await JobCalls.AnswerAsync(await client.PostAsync($"/v1/jobs/{id}/retry", null, Token));

    private async Task StartAsync(params (string Name, string Value)[] more)
    {
        app = await judge.ServerAsync(more);
        client = RunningServer.ClientOf(app);
    }

    private async Task StopAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
    }

    private async Task RestartAsync(params (string Name, string Value)[] more)
    {
        await StopAsync();
        await StartAsync(more);
    }
}
