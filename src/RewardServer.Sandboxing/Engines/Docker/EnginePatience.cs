using System.Net;
using System.Net.Sockets;
using Docker.DotNet;
using Polly;
using Polly.Retry;

namespace RewardServer.Sandboxing.Engines.Docker;

/// <summary>
/// How long calls wait for an engine that does not answer: one that is restarted is back within seconds. All calls share
/// one clock, which an outage starts, so that the programs in a long queue do not each wait anew for an engine that is gone.
/// </summary>
internal sealed class EnginePatience
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(12);

    private readonly TimeProvider time;
    private readonly ResiliencePipeline patient;

    // When the first call failed of those since the last that was answered; 0 where the engine answers.
    private long outage;

    public EnginePatience(TimeProvider time)
    {
        this.time = time;
        patient = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = arguments => ValueTask.FromResult(IsPassing(arguments.Outcome.Exception) && HasPatience()),
                MaxRetryAttempts = int.MaxValue,
                Delay = TimeSpan.FromMilliseconds(200),
                MaxDelay = TimeSpan.FromSeconds(1),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            })
            .Build();
    }

    /// <summary>Asks the engine, again and again while it may be about to come back.</summary>
    /// <exception cref="DockerApiException">It says no.</exception>
    public async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellation)
    {
        var answer = await patient.ExecuteAsync(async token => await call(token).ConfigureAwait(false), cancellation).ConfigureAwait(false);
        Interlocked.Exchange(ref outage, 0);
        return answer;
    }

    /// <summary>Whether it comes of a restart, or of too much at once; what the engine says no to stays so.</summary>
    public static bool IsPassing(Exception? failure) => failure switch
    {
        DockerApiException refused => refused.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway,
        HttpRequestException or IOException or SocketException or TimeoutException => true,
        _ => false,
    };

    private bool HasPatience()
    {
        var now = time.GetTimestamp();
        var began = Interlocked.CompareExchange(ref outage, now, 0);
        return began == 0 || time.GetElapsedTime(began, now) < Most;
    }
}
