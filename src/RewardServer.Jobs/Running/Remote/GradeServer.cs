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
    private static readonly ResiliencePropertyKey<Silence> Silent = new("silent");

    // Programs of a whole batch may have to wait for their turn and run; meanwhile the server says that it is there.
    private static readonly TimeSpan LongestCall = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15), LeastPause = TimeSpan.FromSeconds(0.25);

    private readonly HttpClient client;
    private readonly ResiliencePipeline<ServerReply> pipeline;
    private readonly TimeProvider time;
    private readonly TimeSpan patience;

    /// <summary>A server.</summary>
    /// <param name="server">Its address, such as <c>http://127.0.0.1:8080</c>.</param>
    /// <param name="apiKey">Its key; null for none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="patience">How long it may give no answer: neither to a call nor, while one is under way, to the question whether it is there.</param>
    public GradeServer(Uri server, string? apiKey, TimeProvider time, TimeSpan patience)
    {
        (this.time, this.patience) = (time, patience);
        client = new() { BaseAddress = new(server.AbsoluteUri.TrimEnd('/') + "/"), Timeout = LongestCall };
        client.DefaultRequestHeaders.Authorization = apiKey is null ? null : new AuthenticationHeaderValue("Bearer", apiKey);
        pipeline = new ResiliencePipelineBuilder<ServerReply> { TimeProvider = time }.AddRetry(new RetryStrategyOptions<ServerReply>
        {
            MaxRetryAttempts = int.MaxValue,
            Delay = LeastPause,
            MaxDelay = Clamp(patience / 4, LongestPause),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = attempt => new(IsPassing(attempt.Outcome) && Left(attempt.Context) > TimeSpan.Zero),
            DelayGenerator = attempt => new(attempt.Outcome.Result?.RetryAfter is { } wished ? Clamp(wished, Left(attempt.Context)) : null),
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
        context.Properties.Set(Silent, new Silence(time));
        try
        {
            var reply = await pipeline.ExecuteAsync(async asked => await WatchedAsync(request, asked).ConfigureAwait(false), context).ConfigureAwait(false);
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

    // A call may take long where the server is busy. One that has gone, or hangs, answers no other question either.
    private async Task<ServerReply> WatchedAsync(Func<HttpRequestMessage> request, ResilienceContext context)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        var call = OnceAsync(request, ended.Token);
        var watching = WatchAsync(context, ended.Token);
        try
        {
            return await Task.WhenAny(call, watching).ConfigureAwait(false) == call || !await watching.ConfigureAwait(false)
                ? await call.ConfigureAwait(false)
                : throw new HttpRequestException($"it has said nothing for {patience.TotalSeconds:0.#} seconds");
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(call, watching).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // True once it was silent for too long; false where the call ended before.
    private async Task<bool> WatchAsync(ResilienceContext context, CancellationToken ended)
    {
        var pause = Clamp(patience / 4, LongestPause);
        try
        {
            while (true)
            {
                await Task.Delay(pause, time, ended).ConfigureAwait(false);
                var left = Left(context);
                if (left <= TimeSpan.Zero)
                {
                    return patience > TimeSpan.Zero;
                }

                if (await IsThereAsync(left, ended).ConfigureAwait(false))
                {
                    context.Properties.GetValue(Silent, null!).End();
                }
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            return false;
        }
    }

    // Whatever it answers, it is there.
    private async Task<bool> IsThereAsync(TimeSpan within, CancellationToken ended)
    {
        using var asking = CancellationTokenSource.CreateLinkedTokenSource(ended);
        asking.CancelAfter(within);
        try
        {
            using var response = await client.GetAsync("healthz", HttpCompletionOption.ResponseHeadersRead, asking.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !ended.IsCancellationRequested))
        {
            return false;
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

    // A call that took the longest that any may take is not made again: it would take as long.
    private static bool IsPassing(Outcome<ServerReply> outcome) => outcome.Result?.IsPassing ?? outcome.Exception is HttpRequestException;

    private static TimeSpan Clamp(TimeSpan pause, TimeSpan most) => pause < LeastPause ? LeastPause : pause < most ? pause : most;

    private TimeSpan Left(ResilienceContext context) => patience - context.Properties.GetValue(Silent, null!).Length;

    /// <summary>How long the server has said nothing that helps.</summary>
    private sealed class Silence(TimeProvider time)
    {
        private long since = time.GetTimestamp();

        public TimeSpan Length => time.GetElapsedTime(Volatile.Read(ref since));

        public void End() => Volatile.Write(ref since, time.GetTimestamp());
    }
}
