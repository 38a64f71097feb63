using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Polly;
using Polly.Retry;
using RewardServer.Grading.Completions;

namespace RewardServer.Training.Rewards;

/// <summary>Rewards by a RewardServer elsewhere (<c>POST /v1/grade</c>). What fails by its fault, or on the way, is asked again.</summary>
public sealed class ServerRewards : IRewards, IDisposable
{
    // A step's completions go in several requests, so that none outgrows what the server takes.
    private const int MostItems = 512;

    private readonly HttpClient client;
    private readonly JsonElement rubric;
    private readonly ResiliencePipeline pipeline;

    /// <summary>Rewards by a server.</summary>
    /// <param name="server">Its address, such as <c>http://127.0.0.1:8080</c>.</param>
    /// <param name="rubric">A rubric's name there, or one written out.</param>
    /// <param name="apiKey">Its key; null for none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="tries">How often a request is tried in all; at least 1.</param>
    /// <param name="delay">The wait before the first further try, which doubles with each.</param>
    public ServerRewards(Uri server, JsonElement rubric, string? apiKey, TimeProvider time, int tries = 6, TimeSpan? delay = null)
    {
        this.rubric = rubric;
        client = new() { BaseAddress = server, Timeout = TimeSpan.FromMinutes(10) };
        client.DefaultRequestHeaders.Authorization = apiKey is null ? null : new AuthenticationHeaderValue("Bearer", apiKey);
        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        pipeline = tries == 1 ? ResiliencePipeline.Empty : builder.AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = tries - 1,
            Delay = delay ?? TimeSpan.FromSeconds(1),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = new PredicateBuilder().Handle<HttpRequestException>(Again).Handle<TaskCanceledException>(exception => exception.InnerException is TimeoutException),
        }).Build();
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Reward>> OfAsync(IReadOnlyList<Item> items, CancellationToken cancellation)
    {
        var rewards = new List<Reward>(items.Count);
        foreach (var part in Parts(items))
        {
            rewards.AddRange(await AskAsync(part, cancellation).ConfigureAwait(false));
        }

        return rewards;
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    // A rubric may compare the completions of a group: it is never parted.
    private static IEnumerable<List<Item>> Parts(IReadOnlyList<Item> items)
    {
        var part = new List<Item>();
        foreach (var group in items.GroupBy(item => item.Group))
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

    private async Task<IEnumerable<Reward>> AskAsync(List<Item> items, CancellationToken cancellation)
    {
        try
        {
            var graded = await pipeline.ExecuteAsync(async token => await OnceAsync(items, token).ConfigureAwait(false), cancellation).ConfigureAwait(false);
            // Which place an item has is told by its id alone: the same answer in another order is no other.
            var byId = graded.ToDictionary(item => item.Id);
            return items.Select(item => byId.TryGetValue(item.Id, out var found)
                ? found.Reward
                : throw new RewardsUnavailableException($"{client.BaseAddress} gave no reward for item {item.Id}"));
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            throw new RewardsUnavailableException($"{client.BaseAddress} gives no rewards: {exception.Message}", exception);
        }
    }

    private async Task<IReadOnlyList<(string Id, Reward Reward)>> OnceAsync(List<Item> items, CancellationToken cancellation)
    {
        using var response = await client.PostAsJsonAsync("/v1/grade", new { rubric, items }, ItemJson.Options, cancellation).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            var said = await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false);
            throw new HttpRequestException($"{(int)response.StatusCode} {said[..Math.Min(said.Length, 500)]}", null, response.StatusCode);
        }

        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellation).ConfigureAwait(false);
        return [.. Member(answer, "items").EnumerateArray().Select(item => (Member(item, "id").GetString()!, Read(item)))];
    }

    private static Reward Read(JsonElement item) => new(
        Member(item, "reward") is { ValueKind: JsonValueKind.Number } reward ? reward.GetDouble() : null,
        Member(item, "components").EnumerateArray().ToDictionary(
            component => Member(component, "name").GetString()!,
            component => Member(component, "score") is { ValueKind: JsonValueKind.Number } score ? score.GetDouble() : (double?)null),
        item.TryGetProperty("reason", out var reason) ? reason.GetString() : null);

    private static JsonElement Member(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) ? member : throw new JsonException($"the answer has no '{name}'");

    // What the server says of the request itself stays so.
    private static bool Again(HttpRequestException exception) =>
        exception.StatusCode is null or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError;
}
