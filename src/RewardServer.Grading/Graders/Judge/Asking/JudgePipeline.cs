using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace RewardServer.Grading.Graders.Judge.Asking;

/// <summary>How often and how long a judge is asked: retries with jitter around a circuit breaker around a time-out of each try.</summary>
internal static class JudgePipeline
{
    // A judge is left alone once half of at least so many tries within the window did not reach it.
    private const double Ratio = 0.5;
    private const int Tries = 10;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(20);

    /// <summary>The pipeline of one judge, whose state all its questions share.</summary>
    public static ResiliencePipeline<JudgeReply> Of(JudgeSettings settings, TimeProvider time)
    {
        var builder = new ResiliencePipelineBuilder<JudgeReply> { TimeProvider = time };
        if (settings.Retries > 0)
        {
            builder.AddRetry(Retry(settings));
        }

        return builder
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<JudgeReply>
            {
                // What a text may have brought about must not keep others from being judged.
                ShouldHandle = new PredicateBuilder<JudgeReply>().Handle<TimeoutRejectedException>().HandleResult(reply => reply.Fault?.Kind == FaultKind.Unreachable),
                FailureRatio = Ratio,
                MinimumThroughput = Tries,
                SamplingDuration = Window,
                BreakDuration = TimeSpan.FromSeconds(settings.BreakSeconds),
            })
            .AddTimeout(TimeSpan.FromSeconds(settings.TimeoutSeconds))
            .Build();
    }

    private static RetryStrategyOptions<JudgeReply> Retry(JudgeSettings settings) => new()
    {
        ShouldHandle = new PredicateBuilder<JudgeReply>().Handle<TimeoutRejectedException>().HandleResult(reply => reply.Fault is { IsPassing: true }),
        MaxRetryAttempts = settings.Retries,
        Delay = TimeSpan.FromSeconds(settings.RetryDelaySeconds),
        MaxDelay = LongestDelay,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        DelayGenerator = arguments => new(arguments.Outcome.Result?.Fault?.RetryAfter),
    };
}
