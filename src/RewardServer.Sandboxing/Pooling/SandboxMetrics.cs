using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Pooling;

/// <summary>What the sandbox tells of itself while it works, under the meter "RewardServer.Sandboxing".</summary>
public static class SandboxMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "RewardServer.Sandboxing";

    private static readonly ConcurrentDictionary<SandboxPool, byte> Pools = new();
    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Runs = Meter.CreateCounter<long>("sandbox.runs", "{run}", "Programs run, by language and how they ended.");
    private static readonly Histogram<double> Queue = Meter.CreateHistogram<double>("sandbox.queue.duration", "s", "How long programs waited for a slot.");
    private static readonly Histogram<double> Wall = Meter.CreateHistogram<double>("sandbox.run.duration", "s", "How long programs ran.");
    private static readonly Counter<long> Made = Meter.CreateCounter<long>("sandbox.slots.made", "{slot}", "Slots made, at the start and anew.");

    static SandboxMetrics()
    {
        Meter.CreateObservableGauge("sandbox.queue.length", () => Pools.Keys.Sum(pool => pool.Waiting), "{run}", "Programs that wait for a slot.");
        Meter.CreateObservableGauge("sandbox.slots", () => Pools.Keys.Sum(pool => pool.Slots), "{slot}", "Programs that can run at once.");
        Meter.CreateObservableGauge("sandbox.sessions", () => Pools.Keys.Sum(pool => pool.Sessions.Count), "{session}", "Sessions that are open.");
    }

    internal static void Watch(SandboxPool pool) => Pools[pool] = 0;

    internal static void Forget(SandboxPool pool) => Pools.TryRemove(pool, out _);

    internal static void CountSlot() => Made.Add(1);

    internal static void Count(string language, RunResult result)
    {
        Runs.Add(1, new("language", language), new("status", result.Status.ToString()));
        Queue.Record(result.QueueSeconds);
        Wall.Record(result.WallSeconds, new KeyValuePair<string, object?>("language", language));
    }
}
