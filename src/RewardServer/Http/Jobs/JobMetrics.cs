using System.Diagnostics.Metrics;
using RewardServer.Jobs.Store;

namespace RewardServer.Http.Jobs;

/// <summary>How many jobs wait and run, under the meter "RewardServer.Jobs": in the store, whichever server grades them.</summary>
internal sealed class JobMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "RewardServer.Jobs";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly JobState[] Told = [JobState.Receiving, JobState.Waiting, JobState.Running];

    private readonly Meter meter = new(MeterName);
    private readonly JobStore store;
    private readonly TimeProvider time;
    private readonly ILogger<JobMetrics> log;
    private volatile Dictionary<JobState, long>? counts;

    public JobMetrics(JobStore store, TimeProvider time, ILogger<JobMetrics> log)
    {
        (this.store, this.time, this.log) = (store, time, log);
        meter.CreateObservableGauge("jobs", Measure, "{job}", "Jobs by state: receiving, waiting or running.");
    }

    /// <summary>Counts them from time to time; what asks for numbers does not wait for a database.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var isWell = true;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                counts = await store.CountAsync(stopping);
                isWell = true;
            }
            catch (Exception exception)
            {
                // Nothing is told rather than old numbers. Of whatever type: numbers must not end the server. Who grades tells the log of the store.
                counts = null;
                if (isWell && exception is not JobStoreException && !stopping.IsCancellationRequested)
                {
                    log.LogError(exception, "A fault at counting jobs: {Reason}", exception.Message);
                    isWell = false;
                }
            }

            await Task.Delay(Pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose() => meter.Dispose();

    private IEnumerable<Measurement<long>> Measure() => counts is { } known
        ? Told.Select(state => new Measurement<long>(known.GetValueOrDefault(state), new KeyValuePair<string, object?>("state", state.ToString().ToLowerInvariant())))
        : [];
}
