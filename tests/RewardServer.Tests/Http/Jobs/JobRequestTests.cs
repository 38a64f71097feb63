using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using RewardServer.Hosting;

namespace RewardServer.Tests.Http.Jobs;

/// <summary>What is wrong with a request is told by name.</summary>
public sealed class JobRequestTests : IAsyncLifetime
{
    private WebApplication app = null!;
    private HttpClient client = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        app = await RunningServer.StartAsync(new() { ["Sandbox:Engine"] = "none" });
        client = RunningServer.ClientOf(app);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
    }

    [Theory]
    [InlineData("GET", "/v1/jobs?limit=999999999999", "limit")]
    [InlineData("GET", "/v1/jobs?limit=0", "limit")]
    [InlineData("GET", "/v1/jobs?bogus=1", "bogus")]
    [InlineData("GET", "/v1/jobs/a?id=b", "id")]
    [InlineData("GET", "/v1/jobs/a/results?follow=x", "follow")]
    [InlineData("GET", "/v1/jobs/a/results?from=99999999999999999999", "from")]
    [InlineData("GET", "/v1/jobs/a/results?form=3", "form")]
    [InlineData("GET", "/v1/jobs/a/events?from=3", "from")]
    [InlineData("GET", "/v1/jobs/a/report?format=pdf", "format")]
    [InlineData("DELETE", "/v1/jobs/a?remove=perhaps", "remove")]
    [InlineData("DELETE", "/v1/jobs/a?removed=true", "removed")]
    [InlineData("POST", "/v1/jobs/a/retry?all=true", "all")]
    [InlineData("POST", "/v1/jobs?rubric=r1-zero&deduplicate=maybe", "deduplicate")]
    [InlineData("PUT", "/v1/jobs/a?rubric=r1-zero&dedupe=true", "dedupe")]
    [InlineData("POST", "/v1/grade/stream?rubric=r1-zero&deduplicate=", "deduplicate")]
    [InlineData("POST", "/v1/grade/stream?rubric=r1-zero&sets=math", "sets")]
    public async Task A_parameter_that_is_unknown_or_cannot_be_read_is_refused_by_name(string method, string path, string parameter)
    {
        using var request = new HttpRequestMessage(new(method), path) { Content = method is "GET" or "DELETE" ? null : JobCalls.Body(JobRows.Right(1)) };
        var (status, problem) = await JobCalls.AnswerAsync(await client.SendAsync(request, Token));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.True(problem.GetProperty("errors").TryGetProperty(parameter, out _), problem.ToString());
    }

    [Fact]
    public async Task Whether_there_is_a_job_can_be_asked_without_a_body()
    {
        await client.PutJobAsync("a", JobRows.Right(1));
        foreach (var (path, status) in new[] { ("/v1/jobs", HttpStatusCode.OK), ("/v1/jobs/a", HttpStatusCode.OK), ("/v1/jobs/none", HttpStatusCode.NotFound) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, path);
            using var response = await client.SendAsync(request, Token);
            Assert.Equal((status, 0), (response.StatusCode, (await response.Content.ReadAsByteArrayAsync(Token)).Length));
        }
    }

    [Fact]
    public async Task A_body_that_is_not_packed_as_it_says_or_twice_is_refused_and_is_no_job()
    {
        await RefusedAsync(HttpStatusCode.BadRequest, "Content-Encoding", JobCalls.Body(JobRows.Right(5)), "gzip");
        await RefusedAsync(HttpStatusCode.BadRequest, "twice", JobCalls.Body(Packed(Packed(Encoding.UTF8.GetBytes(JobRows.Right(5))))), "gzip");
        await RefusedAsync(HttpStatusCode.UnsupportedMediaType, "", JobCalls.Body(Packed(Encoding.UTF8.GetBytes(JobRows.Right(5)))), "gzip", "gzip");
        await RefusedAsync(HttpStatusCode.UnsupportedMediaType, "", JobCalls.Body(JobRows.Right(5)), "br");
    }

    [Theory]
    [InlineData("iso-8859-1", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("utf-16", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("UTF-8", HttpStatusCode.Created)]
    [InlineData("\"utf-8\"", HttpStatusCode.Created)]
    public async Task Rows_in_another_charset_are_refused(string charset, HttpStatusCode expected)
    {
        using var body = JobCalls.Body(JobRows.Right(1));
        body.Headers.ContentType = MediaTypeHeaderValue.Parse($"application/x-ndjson; charset={charset}");
        using var response = await client.PostAsync("/v1/jobs?rubric=r1-zero", body, Token);
        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task A_stream_whose_rows_are_not_packed_as_it_says_breaks_off()
    {
        using var body = JobCalls.Body(JobRows.Right(5));
        body.Headers.ContentEncoding.Add("gzip");
        await Assert.ThrowsAnyAsync<HttpRequestException>(async () => await (await client.PostAsync("/v1/grade/stream?rubric=r1-zero", body, Token)).Content.ReadAsStringAsync(Token));
    }

    [Theory]
    [InlineData("/proc/nope")]
    [InlineData("/dev/null/jobs")]
    public async Task A_folder_that_cannot_be_made_is_named_and_no_full_disk(string folder)
    {
        Assert.Contains(folder, new StorageOptions { Folder = folder }.Prepare(), StringComparison.Ordinal);
        await using var without = await RunningServer.StartAsync(new() { ["Sandbox:Engine"] = "none", ["Storage:Folder"] = folder });
        using var caller = RunningServer.ClientOf(without);
        var (status, problem) = await caller.PutJobAsync("a", JobRows.Right(1));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains($"'{folder}'", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    private static byte[] Packed(byte[] content)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return output.ToArray();
    }

    private async Task RefusedAsync(HttpStatusCode expected, string word, HttpContent body, params string[] encodings)
    {
        using (body)
        {
            foreach (var encoding in encodings)
            {
                body.Headers.ContentEncoding.Add(encoding);
            }

            var (status, problem) = await JobCalls.AnswerAsync(await client.PutAsync("/v1/jobs/bad?rubric=r1-zero", body, Token));
            Assert.True(status == expected && problem.GetRawText().Contains(word, StringComparison.Ordinal), $"{status}: {problem}");
            Assert.Equal(HttpStatusCode.NotFound, (await client.JobAsync("bad")).Status);
        }
    }
}
