using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace RewardServer.Tests.Http.Jobs;

/// <summary>Calls to the endpoints of jobs.</summary>
internal static class JobCalls
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static ByteArrayContent Body(string rows, string type = "application/x-ndjson") => Body(Encoding.UTF8.GetBytes(rows), type);

    public static ByteArrayContent Body(byte[] rows, string type = "application/x-ndjson")
    {
        var content = new ByteArrayContent(rows);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        return content;
    }

    public static async Task<(HttpStatusCode Status, JsonElement Body)> PutJobAsync(this HttpClient client, string id, string rows, string query = "rubric=r1-zero") =>
        await AnswerAsync(await client.PutAsync($"/v1/jobs/{id}?{query}", Body(rows), Token));

    public static async Task<(HttpStatusCode Status, JsonElement Body)> AnswerAsync(HttpResponseMessage response)
    {
        using (response)
        {
            return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(Token));
        }
    }

    public static async Task<(HttpStatusCode Status, JsonElement Body)> JobAsync(this HttpClient client, string id) => await AnswerAsync(await client.GetAsync($"/v1/jobs/{id}", Token));

    public static string State(this JsonElement job) => job.GetProperty("state").GetString()!;

    /// <summary>Asks until the job is as it is wanted.</summary>
    public static async Task<JsonElement> JobWhenAsync(this HttpClient client, string id, Func<JsonElement, bool> wanted, int seconds = 60)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var (status, job) = await client.JobAsync(id);
            if (status == HttpStatusCode.OK && wanted(job))
            {
                return job;
            }

            Assert.True(watch.Elapsed.TotalSeconds < seconds, $"after {seconds} s still {status}: {job}");
            await Task.Delay(30, Token);
        }
    }

    public static Task<JsonElement> DoneAsync(this HttpClient client, string id) => client.JobWhenAsync(id, job => job.State() is not ("receiving" or "waiting" or "running"));

    /// <summary>The results, following the job to its end.</summary>
    public static async Task<List<JsonElement>> ResultsAsync(this HttpClient client, string id, string query = "") =>
        [.. (await client.GetStringAsync($"/v1/jobs/{id}/results{query}", Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];

    /// <summary>That each of so many rows has one result, in order, and all are right.</summary>
    public static void EachOnce(int rows, IEnumerable<JsonElement> results)
    {
        Assert.Equal(Enumerable.Range(1, rows), results.Select(result => result.GetProperty("row").GetInt32()));
        Assert.All(results, result => Assert.Equal($"q{result.GetProperty("row").GetInt32()}", result.GetProperty("id").GetString()));
        Assert.All(results, result => Assert.Equal("scored", result.GetProperty("outcome").GetString()));
    }
}
