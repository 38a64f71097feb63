using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Polly;
using Polly.Retry;
using RewardServer.Grading.Completions;

namespace RewardServer.Training.Rewards;

/// <summary>
/// Rewards by a RewardServer elsewhere (<c>POST /v1/grade</c>). What fails on the way is asked again, and so is what the server failed at; an item that it
/// then still cannot grade, or whose task cannot be judged, has no reward.
/// </summary>
public sealed class ServerRewards : IRewards, IDisposable
{
    // A step's completions go in several requests, so that none outgrows what the server takes.
    private const int MostItems = 512;

    // How often what the server failed at is asked in all: it has tried again by itself before it says so.
    private const int MostRounds = 3;

    private readonly HttpClient client;
    private readonly JsonElement rubric;
    private readonly ResiliencePipeline pipeline;
    private readonly TimeProvider time;
    private readonly int rounds;
    private readonly TimeSpan wait;

    /// <summary>Rewards by a server.</summary>
    /// <param name="server">Its address, such as <c>http://127.0.0.1:8080</c>.</param>
    /// <param name="rubric">A rubric's name there, or one written out.</param>
    /// <param name="apiKey">Its key; null for none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="tries">How often a request is tried in all; at least 1.</param>
    /// <param name="delay">The wait before the first further try, which doubles with each.</param>
    public ServerRewards(Uri server, JsonElement rubric, string? apiKey, TimeProvider time, int tries = 6, TimeSpan? delay = null)
    {
        (this.rubric, this.time, rounds, wait) = (rubric, time, Math.Min(tries, MostRounds), delay ?? TimeSpan.FromSeconds(1));
        client = new() { BaseAddress = new(server.AbsoluteUri.TrimEnd('/') + "/"), Timeout = TimeSpan.FromMinutes(10) };
        client.DefaultRequestHeaders.Authorization = apiKey is null ? null : new AuthenticationHeaderValue("Bearer", apiKey);
        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        pipeline = tries == 1 ? ResiliencePipeline.Empty : builder.AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = tries - 1,
            Delay = wait,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = new PredicateBuilder().Handle<HttpRequestException>(Again).Handle<TaskCanceledException>(exception => exception.InnerException is TimeoutException)
                // A page of a proxy that is being started, or an answer that was cut off.
                .Handle<JsonException>(),
        }).Build();
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Reward>> OfAsync(IReadOnlyList<Item> items, CancellationToken cancellation)
    {
        var rewards = new Reward[items.Count];
        var asked = Enumerable.Range(0, items.Count).ToList();
        for (var round = 1; asked.Count > 0; round++)
        {
            foreach (var part in Parts(items, asked))
            {
                var earned = await AskAsync([.. part.Select(i => items[i])], cancellation).ConfigureAwait(false);
                for (var i = 0; i < part.Count; i++)
                {
                    rewards[part[i]] = earned[i];
                }
            }

            if (round == rounds)
            {
                break;
            }

            // With the whole of their groups, whose members a rubric may compare.
            var failed = asked.Where(i => rewards[i].Failed).Select(i => GroupKey.Of(items[i])).ToHashSet();
            asked = asked.FindAll(i => failed.Contains(GroupKey.Of(items[i])));
            if (asked.Count > 0)
            {
                await Task.Delay(wait * (1 << (round - 1)), time, cancellation).ConfigureAwait(false);
            }
        }

        return rewards;
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    // Places of items. A rubric may compare the completions of a group: it is never parted.
    private static IEnumerable<List<int>> Parts(IReadOnlyList<Item> items, List<int> asked)
    {
        var part = new List<int>();
        foreach (var group in asked.GroupBy(i => GroupKey.Of(items[i])))
        {
            if (part.Count > 0 && part.Count + group.Count() > MostItems)
            {
                yield return part;
                part = [];
            }

            part.AddRange(group);
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }

    private async Task<Reward[]> AskAsync(Item[] items, CancellationToken cancellation)
    {
        try
        {
            var byId = await pipeline.ExecuteAsync(async token => await OnceAsync(items, token).ConfigureAwait(false), cancellation).ConfigureAwait(false);
            // Which place an item has is told by its id alone: the same answer in another order is no other.
            return [.. items.Select(item => byId.TryGetValue(item.Id, out var found) ? found : throw new JsonException($"the answer has no item '{item.Id}'"))];
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException
            || exception is TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            throw new RewardsUnavailableException($"{client.BaseAddress} gives no rewards: {exception.Message}", exception);
        }
    }

    private async Task<Dictionary<string, Reward>> OnceAsync(Item[] items, CancellationToken cancellation)
    {
        using var response = await client.PostAsJsonAsync("v1/grade", new { rubric, items }, ItemJson.Options, cancellation).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            var said = await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false);
            throw new HttpRequestException($"{(int)response.StatusCode} {said[..Math.Min(said.Length, 500)]}", null, response.StatusCode);
        }

        var answer = await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
        return GradeAnswer.Read(answer);
    }

    // What the server says of the request itself stays so.
    private static bool Again(HttpRequestException exception) =>
        exception.StatusCode is null or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError;
}
