using System.Net.Http.Headers;
using System.Text.Json;
using Polly;
using Polly.Retry;

namespace RewardServer.Jobs.Running.Remote;

/// <summary>
/// A RewardServer elsewhere. What fails on the way, and what it is too busy for, is asked again, ever more seldom or as it wishes, until nothing has come
/// for some time.
/// </summary>
internal sealed class GradeServer : IDisposable
{
    private static readonly ResiliencePropertyKey<long?> FailingSince = new("failing-since");

    // Programs of a whole batch may have to wait for their turn and run.
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(30);

    private readonly HttpClient client;
    private readonly ResiliencePipeline<ServerReply> pipeline;
    private readonly TimeProvider time;
    private readonly TimeSpan patience;

    /// <summary>A server.</summary>
    /// <param name="server">Its address, such as <c>http://127.0.0.1:8080</c>.</param>
    /// <param name="apiKey">Its key; null for none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="patience">How long it may give no answer.</param>
    public GradeServer(Uri server, string? apiKey, TimeProvider time, TimeSpan patience)
    {
        (this.time, this.patience) = (time, patience);
        client = new() { BaseAddress = new(server.AbsoluteUri.TrimEnd('/') + "/"), Timeout = LongestCall };
        client.DefaultRequestHeaders.Authorization = apiKey is null ? null : new AuthenticationHeaderValue("Bearer", apiKey);
        pipeline = new ResiliencePipelineBuilder<ServerReply> { TimeProvider = time }.AddRetry(new RetryStrategyOptions<ServerReply>
        {
            MaxRetryAttempts = int.MaxValue,
            Delay = TimeSpan.FromSeconds(0.25),
            MaxDelay = TimeSpan.FromSeconds(15),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = attempt => new(IsPassing(attempt.Outcome) && HasPatience(attempt.Context)),
            DelayGenerator = attempt => new(attempt.Outcome.Result?.RetryAfter),
        }).Build();
    }

    /// <summary>Its address.</summary>
    public Uri Address => client.BaseAddress!;

    /// <summary>Asks for what there is under a path.</summary>
    /// <exception cref="ServerUnavailableException">Nothing came for too long.</exception>
    public Task<ServerReply> GetAsync(string path, CancellationToken cancellation) => AskAsync(() => new(HttpMethod.Get, path), cancellation);

    /// <summary>Sends JSON to a path.</summary>
    /// <exception cref="ServerUnavailableException">Nothing came for too long.</exception>
    public Task<ServerReply> PostAsync(string path, ReadOnlyMemory<byte> json, CancellationToken cancellation) => AskAsync(
        () => new(HttpMethod.Post, path) { Content = new ReadOnlyMemoryContent(json) { Headers = { ContentType = new("application/json") } } },
        cancellation);

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private async Task<ServerReply> AskAsync(Func<HttpRequestMessage> request, CancellationToken cancellation)
    {
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellation);
        try
        {
            var reply = await pipeline.ExecuteAsync(async asked => await OnceAsync(request, asked.CancellationToken).ConfigureAwait(false), context).ConfigureAwait(false);
            return reply.IsPassing ? throw new ServerUnavailableException($"{Address} gives no answer: {(int)reply.Status} {reply.Said}", null) : reply;
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new ServerUnavailableException($"{Address} gives no answer: {exception.Message}", exception);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<ServerReply> OnceAsync(Func<HttpRequestMessage> make, CancellationToken cancellation)
    {
        using var request = make();
        using var response = await client.SendAsync(request, cancellation).ConfigureAwait(false);
        var body = await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
        return new(response.StatusCode, Parsed(body), response.Headers.RetryAfter?.Delta);
    }

    private static JsonElement Parsed(byte[] body)
    {
        try
        {
            return JsonElement.Parse(body);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    private static bool IsPassing(Outcome<ServerReply> outcome) =>
        outcome.Result?.IsPassing ?? outcome.Exception is HttpRequestException or TaskCanceledException { InnerException: TimeoutException };

    private bool HasPatience(ResilienceContext context)
    {
        if (context.Properties.GetValue(FailingSince, null) is { } since)
        {
            return time.GetElapsedTime(since) < patience;
        }

        context.Properties.Set(FailingSince, time.GetTimestamp());
        return patience > TimeSpan.Zero;
    }
}
