using System.Diagnostics.Metrics;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Grading.Graders;

/// <summary>
/// Does equal work once: what was found of one answer holds for every completion that gives the same one to the same task, whether it
/// comes at the same time or later. What depends on the clock, or on a fault of ours, is not kept.
/// </summary>
/// <param name="mostBytes">Of all that is kept, about; 0 keeps nothing and shares nothing.</param>
public sealed class Deduplication(long mostBytes)
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "RewardServer.Grading";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Answers = Meter.CreateCounter<long>(
        "grading.deduplication.answers", "{answer}", "Answers graded, by kind and by whether the work was done before or at the same time (hit), or not (miss), or may not be shared (off).");

    private readonly ContentStore<Kept> store = new(mostBytes, kept => kept.Bytes, kept => kept.IsTheSameAlways);

    /// <summary>What is kept where nothing says otherwise, in bytes.</summary>
    public const long DefaultBytes = 64 << 20;

    /// <summary>Finds what was found of the same before, or does the work.</summary>
    /// <typeparam name="T">What is found.</typeparam>
    /// <param name="kind">The kind of the work: the metric has it, and equal keys of two kinds are not the same.</param>
    /// <param name="key">Of all that the work of its kind depends on; null where it may not be shared.</param>
    /// <param name="work">Does the work.</param>
    /// <param name="bytesOf">About how many bytes what is found takes; null where it is not to be kept.</param>
    /// <param name="cancellation">Ends the wait for another's work; one's own ends by <paramref name="work"/>.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async ValueTask<T> OfAsync<T>(string kind, string? key, Func<ValueTask<T>> work, Func<T, long?> bytesOf, CancellationToken cancellation)
        where T : class
    {
        if (key is null || mostBytes == 0)
        {
            Count(kind, "off");
            return await work().ConfigureAwait(false);
        }

        var done = false;
        var kept = await store.GetAsync(
            $"{kind}:{key}",
            async () =>
            {
                done = true;
                var found = await work().ConfigureAwait(false);
                var bytes = bytesOf(found);
                return new(found, bytes ?? 0, bytes is not null);
            },
            cancellation).ConfigureAwait(false);
        Count(kind, done ? "miss" : "hit");
        return (T)kept.Found;
    }

    private static void Count(string kind, string result) => Answers.Add(1, new("kind", kind), new("result", result));

    private sealed record Kept(object Found, long Bytes, bool IsTheSameAlways);
}
