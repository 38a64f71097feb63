using System.Security.Cryptography;
using RewardServer.Grading.Graders;

namespace RewardServer.Compatibility.Roll;

/// <summary>
/// The submissions that are worked on, and the results that may still be asked for. Bounded in number and bytes while they are worked on, and in
/// number and age when they are done: the results that ended first are forgotten first.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class RollStore(TimeProvider time)
{
    /// <summary>The most submissions that are worked on or wait for it.</summary>
    public const int MostPending = 10_000;

    /// <summary>The most bytes that they hold together.</summary>
    public const long MostBytes = 512L << 20;

    /// <summary>The most results that are kept.</summary>
    public const int MostEnded = 50_000;

    /// <summary>How long a result is kept, for a client whose question or answer was lost.</summary>
    public static TimeSpan Age { get; } = TimeSpan.FromMinutes(15);

    private readonly Lock gate = new();
    private readonly Dictionary<string, RollRequest> byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RollRequest> byKey = new(StringComparer.Ordinal);
    private readonly Queue<RollRequest> ended = new();
    private readonly Dictionary<string, (int Count, DateTimeOffset At)> refusals = new(StringComparer.Ordinal);
    private readonly Queue<(string Key, DateTimeOffset At)> refused = new();
    private long bytes;

    /// <summary>The submission of that id; null where there is none, or none any more.</summary>
    public RollRequest? Find(string id)
    {
        lock (gate)
        {
            Forget();
            return byId.GetValueOrDefault(id);
        }
    }

    /// <summary>Takes a submission.</summary>
    /// <param name="key">The hash of all that it says.</param>
    /// <param name="size">Bytes that it holds in memory while it is worked on.</param>
    /// <param name="skipped">The reward that its client wants where the task cannot be judged.</param>
    /// <returns>The one that was taken and whether it is new: one that says the same, and is pending or scored, is the same. Null where there is no room.</returns>
    public (RollRequest? Request, bool IsNew) Take(string key, long size, double? skipped)
    {
        lock (gate)
        {
            Forget();
            var known = byKey.GetValueOrDefault(key);
            // A task that was missing may be there now.
            if (known is { End: null or { Item.Outcome: Outcome.Scored } })
            {
                return (known, false);
            }

            if (byId.Count - ended.Count >= MostPending || (bytes + size > MostBytes && bytes > 0))
            {
                return (null, false);
            }

            var request = new RollRequest(
                Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), key, size, time.GetUtcNow(), skipped, known?.Failures ?? 0, refusals.GetValueOrDefault(key).Count);
            byId.Add(request.Id, request);
            byKey[key] = request;
            bytes += size;
            return (request, true);
        }
    }

    /// <summary>Is told that a submission found no room.</summary>
    /// <param name="key">The hash of all that it says.</param>
    /// <returns>Whether its client is to be stopped, for it would not come much oftener, and then train on 0.</returns>
    public bool Refuse(string key)
    {
        lock (gate)
        {
            Forget();
            var count = refusals.GetValueOrDefault(key).Count + 1;
            var now = time.GetUtcNow();
            refusals[key] = (count, now);
            refused.Enqueue((key, now));
            return RollTries.Used(byKey.GetValueOrDefault(key)?.Failures ?? 0, count) >= RollTries.MostWithRefusals;
        }
    }

    /// <summary>Is told that a submission has ended.</summary>
    public void Ended(RollRequest request)
    {
        lock (gate)
        {
            bytes -= request.Bytes;
            ended.Enqueue(request);
            Forget();
        }
    }

    private void Forget()
    {
        while (ended.TryPeek(out var oldest) && (ended.Count > MostEnded || time.GetUtcNow() - oldest.End!.At > Age))
        {
            ended.Dequeue();
            byId.Remove(oldest.Id);
            if (byKey.GetValueOrDefault(oldest.Key) == oldest)
            {
                byKey.Remove(oldest.Key);
            }
        }

        while (refused.TryPeek(out var first) && (refused.Count > MostEnded || time.GetUtcNow() - first.At > Age))
        {
            refused.Dequeue();
            if (refusals.TryGetValue(first.Key, out var last) && last.At == first.At)
            {
                refusals.Remove(first.Key);
            }
        }
    }
}
