using System.Collections.Concurrent;
using Polly;
using Polly.Retry;
using RewardServer.Jobs.Store;

namespace RewardServer.Jobs.Dispatch;

/// <summary>Tries again, for as long as it takes, what the store of jobs refuses for the time being; meanwhile the job shows why it does not go on.</summary>
internal sealed class StorePatience
{
    private static readonly ResiliencePropertyKey<long> JobKey = new("job");
    private static readonly ResiliencePropertyKey<bool> IsHinderedKey = new("is-hindered");

    private readonly ConcurrentDictionary<long, string> faults = new();
    private readonly ResiliencePipeline pipeline;

    public StorePatience(TimeProvider time) => pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<JobStoreException>(),
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = TimeSpan.FromMilliseconds(200),
            MaxDelay = TimeSpan.FromSeconds(5),
            OnRetry = retry =>
            {
                retry.Context.Properties.Set(IsHinderedKey, true);
                faults[retry.Context.Properties.GetValue(JobKey, 0)] = retry.Outcome.Exception!.Message;
                return ValueTask.CompletedTask;
            },
        })
        .Build();

    /// <summary>What a job waits for; null where it waits for nothing.</summary>
    public string? FaultOf(long job) => faults.GetValueOrDefault(job);

    /// <summary>Does something for a job until it succeeds.</summary>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    /// <exception cref="JobLostException">The job is no more this server's.</exception>
    public async Task<T> AskAsync<T>(long job, Func<CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        var context = ResilienceContextPool.Shared.Get(cancellation);
        context.Properties.Set(JobKey, job);
        try
        {
            return await pipeline.ExecuteAsync(async inner => await work(inner.CancellationToken).ConfigureAwait(false), context).ConfigureAwait(false);
        }
        finally
        {
            // Reading may go on while writing is hindered.
            if (context.Properties.GetValue(IsHinderedKey, false))
            {
                faults.TryRemove(job, out _);
            }

            ResilienceContextPool.Shared.Return(context);
        }
    }
}
