using System.Collections.Concurrent;
using System.Collections.Immutable;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Interpreters;

/// <summary>The live interpreters. They count among the sessions, whose number is bounded, and idle ones are closed.</summary>
public sealed class PythonInterpreters
{
    private readonly SandboxPool pool;
    private readonly Seating seating;
    private readonly SandboxOptions options;
    private readonly SessionPlaces places;
    private readonly TimeProvider time;
    private readonly ConcurrentDictionary<PythonInterpreter, byte> open = new();
    private readonly ITimer sweep;

    internal PythonInterpreters(SandboxPool pool, Seating seating, SandboxOptions options, SessionPlaces places, TimeProvider time)
    {
        (this.pool, this.seating, this.options, this.places, this.time) = (pool, seating, options, places, time);
        var often = TimeSpan.FromMinutes(Math.Min(1, options.SessionIdleMinutes / 2));
        sweep = time.CreateTimer(_ => _ = CloseIdleAsync(), null, often, often);
    }

    /// <summary>Opens one. Its slot is made for its first cell.</summary>
    /// <exception cref="ArgumentException">Python is not available, or the request is malformed.</exception>
    /// <exception cref="SandboxBusyException">There are as many sessions as there may be.</exception>
    /// <exception cref="ObjectDisposedException">The pool is closed.</exception>
    public PythonInterpreter Open(InterpreterRequest request)
    {
        ObjectDisposedException.ThrowIf(pool.IsClosed, pool);
        var python = pool.Find("python");
        request.Check(options);
        places.Take();
        var kind = pool.SlotEngine!.KindFor(python, null, request.MemoryMb);
        var interpreter = new PythonInterpreter(
            seating, new WarmSlot(pool.SlotEngine!, kind, int.MaxValue), kind, InterpreterProgram.RunOf(python, request), time, stop => pool.ProbeAsync("python", stop));
        open[interpreter] = 0;
        if (pool.IsClosed && open.TryRemove(interpreter, out _))
        {
            // The pool's end may not have seen it. Nothing runs in it yet.
            places.GiveBack();
            throw new ObjectDisposedException(nameof(SandboxPool));
        }

        return interpreter;
    }

    /// <summary>Closes one, whose state and files are then gone.</summary>
    /// <returns>Those of the files that were asked for which it left; none where it was closed already.</returns>
    public async Task<ImmutableArray<OutputFile>> CloseAsync(PythonInterpreter interpreter)
    {
        if (!open.TryRemove(interpreter, out _))
        {
            return [];
        }

        try
        {
            return await interpreter.CloseAsync().ConfigureAwait(false);
        }
        finally
        {
            places.GiveBack();
        }
    }

    internal async Task CloseAllAsync()
    {
        await sweep.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(open.Keys.Select(CloseAsync)).ConfigureAwait(false);
    }

    private Task<ImmutableArray<OutputFile>[]> CloseIdleAsync() =>
        Task.WhenAll(open.Keys.Where(interpreter => interpreter.Idle.TotalMinutes >= options.SessionIdleMinutes).Select(CloseAsync));
}
