using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;

namespace RewardServer.Tests.Http.Jobs;

public sealed class JobTests : IAsyncLifetime
{
    private WebApplication app = null!;
    private HttpClient client = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        app = await RunningServer.StartAsync(new() { ["Sandbox:Engine"] = "none", ["Jobs:MaxBodyMb"] = "1" });
        client = RunningServer.ClientOf(app);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task An_upload_is_graded_and_has_results_a_tally_and_a_report()
    {
        using var response = await client.PostAsync("/v1/jobs?rubric=r1-zero", JobCalls.Body(JobRows.Right(300) + "no JSON\n" + """{"id":"w","prompt":"?","completion":"<answer>4</answer>","task":{"kind":"math","answer":"5"}}"""), Token);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var id = (await response.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("id").GetString()!;
        Assert.Equal($"/v1/jobs/{id}", response.Headers.Location!.ToString());
        var results = await client.ResultsAsync(id);
        JobCalls.EachOnce(300, results.Take(300));
        Assert.Equal((302, "skipped"), (results.Count, results[300].GetProperty("outcome").GetString()));
        Assert.Contains("row 301", results[300].GetProperty("reason").GetString(), StringComparison.Ordinal);
        var job = await client.DoneAsync(id);
        Assert.Equal((302, 302, 301, 1), (Number(job, "rows"), Number(job, "rowsDone"), Number(job, "scored"), Number(job, "skipped")));
        Assert.Equal("r1-zero@1", job.GetProperty("rubric").GetString());
        Assert.Equal(300, (await client.ResultsAsync(id, "?from=3&follow=false")).Count);
        var report = await client.GetFromJsonAsync<JsonElement>($"/v1/jobs/{id}/report", Token);
        Assert.Equal((302, 301), (Number(report, "items"), report.GetProperty("outcomes").GetProperty("scored").GetInt32()));
        var page = await client.GetStringAsync($"/v1/jobs/{id}/report?format=html", Token);
        Assert.StartsWith("<!doctype html>", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"Job {id}", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_may_be_CSV_or_packed_and_columns_may_have_other_names()
    {
        var csv = "question,gold,output\r\nOne and one?,2,<think>x</think><answer>2</answer>\r\n";
        using (var response = await client.PutAsync("/v1/jobs/csv?rubric=r1-zero&set=math&map=problem=question,answer=gold,completion=output", JobCalls.Body(csv, "text/csv"), Token))
        {
            Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync(Token));
        }

        Assert.Equal(1, Number(await client.DoneAsync("csv"), "scored"));
        using var packed = JobCalls.Body(Packed(JobRows.Right(5)));
        packed.Headers.ContentEncoding.Add("gzip");
        Assert.Equal(HttpStatusCode.Created, (await client.PutAsync("/v1/jobs/packed?rubric=r1-zero", packed, Token)).StatusCode);
        JobCalls.EachOnce(5, await client.ResultsAsync("packed"));
    }

    [Fact]
    public async Task The_same_upload_twice_is_one_job_and_another_of_its_name_none()
    {
        Assert.Equal(HttpStatusCode.Created, (await client.PutJobAsync("twice", JobRows.Right(10))).Status);
        Assert.Equal(HttpStatusCode.OK, (await client.PutJobAsync("twice", JobRows.Right(10))).Status);
        using (var packed = JobCalls.Body(Packed(JobRows.Right(10))))
        {
            Assert.Equal(HttpStatusCode.OK, (await client.PutAsync("/v1/jobs/twice?rubric=r1-zero", packed, Token)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.Conflict, (await client.PutJobAsync("twice", JobRows.Right(11))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await client.PutJobAsync("twice", JobRows.Right(10), "rubric=r1")).Status);
        JobCalls.EachOnce(10, await client.ResultsAsync("twice"));
    }

    [Fact]
    public async Task What_is_wrong_with_an_upload_is_told_and_no_job_is_left()
    {
        var truncated = Packed(JobRows.Right(400));
        await RefusedAsync(HttpStatusCode.BadRequest, "cut off", "rubric=r1-zero", JobCalls.Body(truncated[..(truncated.Length / 2)]));
        await RefusedAsync(HttpStatusCode.BadRequest, "at least one row", "rubric=r1-zero", JobCalls.Body("\n"));
        await RefusedAsync(HttpStatusCode.BadRequest, "rubric", "", JobCalls.Body(JobRows.Right(1)));
        await RefusedAsync(HttpStatusCode.BadRequest, "set: 'nothing'", "rubric=r1-zero&set=nothing", JobCalls.Body(JobRows.Right(1)));
        await RefusedAsync(HttpStatusCode.BadRequest, "map: ", "rubric=r1-zero&map=a", JobCalls.Body(JobRows.Right(1)));
        await RefusedAsync(HttpStatusCode.UnsupportedMediaType, "", "rubric=r1-zero", JobCalls.Body(JobRows.Right(1), "text/plain"));
        await RefusedAsync(HttpStatusCode.RequestEntityTooLarge, "Jobs:MaxBodyMb", "rubric=r1-zero", JobCalls.Body(JobRows.Right(12_000)));
        // A small body whose rows are large.
        await RefusedAsync(HttpStatusCode.RequestEntityTooLarge, "Jobs:MaxBodyMb", "rubric=r1-zero", JobCalls.Body(Packed(JobRows.Right(12_000))));
        Assert.Equal(HttpStatusCode.BadRequest, (await client.PutJobAsync("-a", JobRows.Right(1))).Status);
        Assert.Equal(0, (await client.GetFromJsonAsync<JsonElement>("/v1/jobs?state=waiting", Token)).GetProperty("jobs").GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, (await client.JobAsync("bad")).Status);
    }

    [Fact]
    public async Task An_upload_that_its_client_breaks_off_is_no_job()
    {
        using var broken = new BrokenUpload(JobRows.Right(2000));
        using var off = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var upload = client.PutAsync("/v1/jobs/off?rubric=r1-zero", broken, off.Token);
        await broken.HalfWay;
        Assert.Equal("receiving", (await client.JobWhenAsync("off", _ => true)).State());
        using (var again = await client.PutAsync("/v1/jobs/off?rubric=r1-zero", JobCalls.Body(JobRows.Right(2000)), Token))
        {
            // Not final, as 409 is: the same call can take its place a moment later.
            Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (again.StatusCode, again.Headers.RetryAfter is { Delta.TotalSeconds: > 0 }));
        }

        await off.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => upload);
        await Waiting.UntilAsync(async () => (await client.JobAsync("off")).Status == HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Jobs_are_listed_in_pages_and_counted_for_Prometheus()
    {
        for (var i = 0; i < 3; i++)
        {
            await client.PutJobAsync($"listed{i}", JobRows.Right(1));
            await client.DoneAsync($"listed{i}");
        }

        var page = await client.GetFromJsonAsync<JsonElement>("/v1/jobs?limit=2&state=done", Token);
        Assert.Equal(["listed2", "listed1"], page.GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("id").GetString()));
        var rest = await client.GetFromJsonAsync<JsonElement>($"/v1/jobs?limit=2&before={page.GetProperty("next").GetString()}", Token);
        Assert.Equal(["listed0"], rest.GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("id").GetString()));
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync("/v1/jobs?state=2", Token)).StatusCode);
        await Waiting.UntilAsync(async () => (await client.GetStringAsync("/metrics", Token)).Contains("jobs{", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_asked_of_no_job_is_answered_404()
    {
        foreach (var path in new[] { "", "/results", "/events", "/report" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/v1/jobs/none" + path, Token)).StatusCode);
        }
    }

    private static int Number(JsonElement json, string member) => json.GetProperty(member).GetInt32();

    private static byte[] Packed(string text)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return output.ToArray();
    }

    private async Task RefusedAsync(HttpStatusCode expected, string word, string query, HttpContent body)
    {
        using (body)
        {
            var (status, problem) = await JobCalls.AnswerAsync(await client.PutAsync($"/v1/jobs/bad?{query}", body, Token));
            Assert.True(status == expected && problem.GetRawText().Contains(word, StringComparison.Ordinal), $"{status}: {problem}");
        }
    }
}
