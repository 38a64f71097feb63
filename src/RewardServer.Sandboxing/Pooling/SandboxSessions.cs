using System.Collections.Concurrent;
using System.Security.Cryptography;
using RewardServer.Sandboxing.Engines;

namespace RewardServer.Sandboxing.Pooling;

/// <summary>The sessions that are open. Each has a slot of its own; how many there are is bounded, and idle ones are closed.</summary>
public sealed class SandboxSessions
{
    private readonly SandboxPool pool;
    private readonly SandboxOptions options;
    private readonly TimeProvider time;
    private readonly ConcurrentDictionary<string, SandboxSession> open = new(StringComparer.Ordinal);
    private readonly SessionPlaces places;
    private readonly ITimer sweep;

    internal SandboxSessions(SandboxPool pool, SandboxOptions options, SessionPlaces places, TimeProvider time)
    {
        (this.pool, this.options, this.places, this.time) = (pool, options, places, time);
        var often = TimeSpan.FromMinutes(Math.Min(1, options.SessionIdleMinutes / 2));
        sweep = time.CreateTimer(_ => _ = CloseIdleAsync(), null, often, often);
    }

    /// <summary>How many are open, live interpreters among them.</summary>
    public int Count => places.Taken;

    /// <summary>Opens one.</summary>
    /// <param name="language">The language whose programs it runs.</param>
    /// <param name="memoryMb">The most memory that a run in it will ask for, in MiB.</param>
    /// <param name="cancellation">Ends the wait for its slot.</param>
    /// <exception cref="ArgumentException">The language is not available.</exception>
    /// <exception cref="SandboxBusyException">There are as many as there may be, or no slot can be made for it.</exception>
    public async Task<SandboxSession> OpenAsync(string language, int memoryMb, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(pool.IsClosed, pool);
        var found = pool.Find(language);
        places.Take();

        // A zygote has no part in sessions; what else a language keeps in its slots may be needed to run what was compiled.
        var resident = found.Resident is { Forks: false } worker ? worker : null;
        var slot = new WarmSlot(pool.SlotEngine!, pool.SlotEngine!.KindFor(found, resident, memoryMb), int.MaxValue);
        try
        {
            await slot.RenewAsync(cancellation).ConfigureAwait(false);
            var session = new SandboxSession(pool, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), language, memoryMb, slot, time);
            open[session.Id] = session;

            // The pool's end may not have seen it.
            ObjectDisposedException.ThrowIf(pool.IsClosed && open.TryRemove(session.Id, out _), pool);
            return session;
        }
        catch (SlotBrokenException broken)
        {
            await GiveUpAsync(slot).ConfigureAwait(false);
            throw new SandboxBusyException("No slot can be made for a session: " + broken.Message, broken);
        }
        catch
        {
            // The caller gave up, the pool was closed, or a bug of ours: it goes on, and the session's place is free again.
            await GiveUpAsync(slot).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The session of that name; null where there is none, or none any more.</summary>
    public SandboxSession? Find(string id) => open.GetValueOrDefault(id);

    /// <summary>Closes one, whose files are then gone.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> CloseAsync(string id)
    {
        if (!open.TryRemove(id, out var session))
        {
            return false;
        }

        try
        {
            await session.CloseAsync().ConfigureAwait(false);
        }
        finally
        {
            places.GiveBack();
        }

        return true;
    }

    internal async Task CloseAllAsync()
    {
        await sweep.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(open.Keys.Select(CloseAsync)).ConfigureAwait(false);
    }

    private async Task GiveUpAsync(WarmSlot slot)
    {
        places.GiveBack();
        await slot.DisposeAsync().ConfigureAwait(false);
    }

    private Task<bool[]> CloseIdleAsync() =>
        Task.WhenAll(open.Values.Where(session => session.Idle.TotalMinutes >= options.SessionIdleMinutes).Select(session => CloseAsync(session.Id)));
}
