using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using RewardServer.Sandboxing.Languages;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Pooling;

/// <summary>
/// What compilers made, by the hash of what they were given: a program is compiled once, however many tests it has and
/// however often it comes. The one not used the longest goes first where there is too much.
/// </summary>
/// <param name="mostBytes">Of all artifacts and compilers' words together.</param>
internal sealed class ArtifactStore(long mostBytes)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, Compilation Compilation, long Bytes)>> known = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, Compilation Compilation, long Bytes)> lastUsedLast = [];
    private readonly ConcurrentDictionary<string, Task<Compilation>> underWay = new(StringComparer.Ordinal);
    private long bytes;

    /// <summary>The program's artifacts, which are made where they are not known. Those who ask for the same at once wait for one compilation.</summary>
    /// <param name="key">Of <see cref="KeyOf"/>.</param>
    /// <param name="compile">Makes them.</param>
    /// <param name="cancellation">Ends the wait; and the compilation, where it is this caller's.</param>
    public async Task<Compilation> GetAsync(string key, Func<Task<Compilation>> compile, CancellationToken cancellation)
    {
        while (true)
        {
            if (Find(key) is { } known)
            {
                return known;
            }

            var own = new TaskCompletionSource<Compilation>(TaskCreationOptions.RunContinuationsAsynchronously);
            var first = underWay.GetOrAdd(key, own.Task);
            if (first == own.Task)
            {
                return await MakeAsync(key, compile, own).ConfigureAwait(false);
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

    /// <summary>The hash of all that a compilation depends on.</summary>
    public static string KeyOf(Language language, IReadOnlyList<SandboxFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(ReadOnlySpan<byte> part)
        {
            hash.AppendData(BitConverter.GetBytes(part.Length));
            hash.AppendData(part);
        }

        Add(Encoding.UTF8.GetBytes(language.Name));
        foreach (var file in files)
        {
            Add(Encoding.UTF8.GetBytes(file.Path));
            Add(file.Content.Span);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private async Task<Compilation> MakeAsync(string key, Func<Task<Compilation>> compile, TaskCompletionSource<Compilation> own)
    {
        try
        {
            var made = await compile().ConfigureAwait(false);
            if (IsTheSameAlways(made))
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

    // Not what depends on the load of the machine, nor a fault of ours.
    private static bool IsTheSameAlways(Compilation compilation) =>
        compilation.Succeeded || compilation.Run.Status is RunStatus.NonZeroExit or RunStatus.Ok;

    private Compilation? Find(string key)
    {
        lock (gate)
        {
            if (!known.TryGetValue(key, out var node))
            {
                return null;
            }

            lastUsedLast.Remove(node);
            lastUsedLast.AddLast(node);
            return node.Value.Compilation;
        }
    }

    private void Keep(string key, Compilation made)
    {
        var size = 1024 + made.Run.Stdout.Length + made.Run.Stderr.Length + made.Artifacts.Sum(file => (long)file.Content.Length);
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
