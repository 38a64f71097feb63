using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace RewardServer.Sandboxing.Pooling;

/// <summary>
/// What is costly to make, by the hash of all that it is made of. The one not used the longest goes first where there is
/// too much; those who ask for the same at once wait for one making.
/// </summary>
/// <typeparam name="T">What is made.</typeparam>
/// <param name="mostBytes">Of all that is kept together.</param>
/// <param name="sizeOf">The bytes of one.</param>
/// <param name="isTheSameAlways">Whether making it again would give the same: else it is not kept.</param>
public sealed class ContentStore<T>(long mostBytes, Func<T, long> sizeOf, Func<T, bool> isTheSameAlways)
    where T : class
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, T Made, long Bytes)>> known = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, T Made, long Bytes)> lastUsedLast = [];
    private readonly ConcurrentDictionary<string, Task<T>> underWay = new(StringComparer.Ordinal);
    private long bytes;

    /// <summary>What is known by that key; it is made where it is not known.</summary>
    /// <param name="key">Of <see cref="ContentKey.Of"/>.</param>
    /// <param name="make">Makes it.</param>
    /// <param name="cancellation">Ends the wait for another's making; one's own ends by <paramref name="make"/>.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<T> GetAsync(string key, Func<Task<T>> make, CancellationToken cancellation)
    {
        while (true)
        {
            if (Find(key) is { } known)
            {
                return known;
            }

            var own = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
            var first = underWay.GetOrAdd(key, own.Task);
            if (first == own.Task)
            {
                return await MakeAsync(key, make, own).ConfigureAwait(false);
            }

            try
            {
                return await first.WaitAsync(cancellation).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                // Its caller gave up, and we did not: it is our turn.
            }
        }
    }

    private async Task<T> MakeAsync(string key, Func<Task<T>> make, TaskCompletionSource<T> own)
    {
        try
        {
            var made = await make().ConfigureAwait(false);
            if (isTheSameAlways(made))
            {
                Keep(key, made);
            }

            own.SetResult(made);
            return made;
        }
        catch
        {
            // Another one's time and patience may last: those who wait try themselves.
            own.SetCanceled(CancellationToken.None);
            throw;
        }
        finally
        {
            underWay.TryRemove(key, out _);
        }
    }

    private T? Find(string key)
    {
        lock (gate)
        {
            if (!known.TryGetValue(key, out var node))
            {
                return null;
            }

            lastUsedLast.Remove(node);
            lastUsedLast.AddLast(node);
            return node.Value.Made;
        }
    }

    private void Keep(string key, T made)
    {
        var size = sizeOf(made);
        lock (gate)
        {
            if (size > mostBytes || known.ContainsKey(key))
            {
                return;
            }

            known[key] = lastUsedLast.AddLast((key, made, size));
            bytes += size;
            while (bytes > mostBytes)
            {
                var oldest = lastUsedLast.First!.Value;
                lastUsedLast.RemoveFirst();
                known.Remove(oldest.Key);
                bytes -= oldest.Bytes;
            }
        }
    }
}

/// <summary>Keys of a <see cref="ContentStore{T}"/>.</summary>
public static class ContentKey
{
    /// <summary>The hash of parts: different where a part is, or where their borders are.</summary>
    public static string Of(IEnumerable<ReadOnlyMemory<byte>> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            hash.AppendData(BitConverter.GetBytes(part.Length));
            hash.AppendData(part.Span);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
