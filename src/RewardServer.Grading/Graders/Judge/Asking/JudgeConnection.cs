using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace RewardServer.Grading.Graders.Judge.Asking;

/// <summary>The way to one judge: JSON there and back, with everything that can go wrong on it as a value.</summary>
internal sealed class JudgeConnection : IDisposable
{
    private const string Hidden = "***";

    private readonly string name;
    private readonly JudgeSettings settings;
    private readonly TimeProvider time;
    private readonly HttpClient client;
    private readonly ResiliencePipeline<JudgeReply> pipeline;
    private readonly CallLimit limit;

    /// <param name="name">The judge's.</param>
    /// <param name="settings">Where it is, and how patient to be with it.</param>
    /// <param name="time">The clock of waits and time-outs.</param>
    public JudgeConnection(string name, JudgeSettings settings, TimeProvider time)
    {
        (this.name, this.settings, this.time) = (name, settings, time);
        pipeline = JudgePipeline.Of(settings, time);
        limit = new(settings.MaxConcurrent, settings.MaxQueued);
        client = new(new SocketsHttpHandler
        {
            // The key goes to the configured address alone.
            AllowAutoRedirect = false,
            UseCookies = false,
            MaxConnectionsPerServer = settings.MaxConcurrent,
            // So that a judge that has moved is found by its name.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        {
            // Each try has its own.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (settings.ApiKey is { Length: > 0 } key)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }
    }

    /// <summary>Asks until there is a value, or it is clear that there will be none.</summary>
    /// <param name="request">The request's JSON, for each try from 0 on.</param>
    /// <param name="read">Reads the answer's JSON.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<JudgeReply> AskAsync(Func<int, byte[]> request, Func<JsonElement, JudgeReply> read, CancellationToken cancellation)
    {
        if (!await limit.EnterAsync(cancellation).ConfigureAwait(false))
        {
            return JudgeReply.Faulty(FaultKind.Busy, "has too many questions waiting for it: raise its MaxQueued or MaxConcurrent");
        }

        JudgeReply? unscored = null;
        try
        {
            var tries = 0;
            return await pipeline.ExecuteAsync(
                async token =>
                {
                    var reply = await TimedAsync(request(tries++), read, token, cancellation).ConfigureAwait(false);
                    unscored = reply.Fault?.Kind == FaultKind.Unscored ? reply : unscored;
                    return reply;
                },
                cancellation).ConfigureAwait(false);
        }
        catch (TimeoutRejectedException)
        {
            // One that was given more room after it had written too much is there, if slow.
            return unscored ?? JudgeReply.Faulty(FaultKind.Unreachable, FormattableString.Invariant($"did not answer within {settings.TimeoutSeconds} s: it is overloaded, or its TimeoutSeconds are too few"));
        }
        catch (BrokenCircuitException broken)
        {
            JudgeMetrics.CountFailure(name, nameof(FaultKind.CircuitOpen));
            var fault = broken.InnerException is TimeoutRejectedException
                ? FormattableString.Invariant($"did not answer within {settings.TimeoutSeconds} s") : "could not be reached";
            return JudgeReply.Faulty(FaultKind.CircuitOpen, FormattableString.Invariant($"{fault} so often that it is left alone for {settings.BreakSeconds} s"));
        }
        finally
        {
            limit.Leave();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        client.Dispose();
        limit.Dispose();
    }

    private async Task<JudgeReply> TimedAsync(byte[] body, Func<JsonElement, JudgeReply> read, CancellationToken token, CancellationToken caller)
    {
        var began = time.GetTimestamp();
        JudgeReply? reply = null;
        try
        {
            return reply = await TryAsync(body, read, token).ConfigureAwait(false);
        }
        finally
        {
            if (!caller.IsCancellationRequested)
            {
                JudgeMetrics.Count(name, reply is null ? "timeout" : reply.Fault?.Kind.ToString(), time.GetElapsedTime(began));
            }
        }
    }

    private async Task<JudgeReply> TryAsync(byte[] body, Func<JsonElement, JudgeReply> read, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, settings.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                return Read(await BoundedBody.ReadAsync(response.Content, cancellation).ConfigureAwait(false), read);
            }

            var fault = HttpFaults.Of(response, "", time.GetUtcNow());
            return new(null, null, fault.Kind == FaultKind.Refused ? await WithWordsAsync(response, cancellation).ConfigureAwait(false) : fault);
        }
        catch (HttpRequestException broken)
        {
            return JudgeReply.Faulty(FaultKind.Unreachable, HttpFaults.Words(broken.HttpRequestError));
        }
        catch (IOException)
        {
            return JudgeReply.Faulty(FaultKind.Unreachable, HttpFaults.Words(HttpRequestError.ResponseEnded));
        }
    }

    private async Task<JudgeFault> WithWordsAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var body = await BoundedBody.ReadAsync(response.Content, cancellation).ConfigureAwait(false);
        return HttpFaults.Of(response, body is null ? "" : Parse(body, HttpFaults.Said) ?? "", time.GetUtcNow());
    }

    private JudgeReply Read(byte[]? body, Func<JsonElement, JudgeReply> read) =>
        body is null ? JudgeReply.Unscored($"answers with more than {BoundedBody.MostBytes >> 20} MiB")
            : Parse(body, read) ?? JudgeReply.Unscored("answers with something other than JSON");

    private T? Parse<T>(byte[] body, Func<JsonElement, T> read)
        where T : class
    {
        try
        {
            using var answer = JsonDocument.Parse(WithoutKey(body));
            return read(answer.RootElement);
        }
        // The second is thrown for members whose names are half characters.
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // A judge that sends our key back must not have us show it.
    private byte[] WithoutKey(byte[] body) =>
        settings.ApiKey is { Length: > 0 } key && body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(key)) >= 0
            ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body).Replace(key, Hidden, StringComparison.Ordinal))
            : body;
}
