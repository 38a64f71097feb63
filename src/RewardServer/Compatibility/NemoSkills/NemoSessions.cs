using RewardServer.Sandboxing.Interpreters;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Compatibility.NemoSkills;

/// <summary>
/// The sessions of NeMo-Skills' clients, by the names that they gave them. Where there is no place for one more, the one that was idle for longest
/// is closed: its client is told so with its next cell, and runs its earlier cells again.
/// </summary>
/// <param name="sandbox">Where their interpreters live.</param>
/// <param name="time">The clock.</param>
internal sealed class NemoSessions(SandboxPool sandbox, TimeProvider time)
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private readonly Dictionary<string, NemoSession> open = new(StringComparer.Ordinal);

    /// <summary>Those that are open.</summary>
    public IReadOnlyList<NemoSession> All
    {
        get
        {
            lock (gate)
            {
                return [.. open.Values.Where(session => !session.Interpreter.IsClosed)];
            }
        }
    }

    /// <summary>Runs a cell in a session, which is opened where there is none.</summary>
    /// <param name="id">The session's name.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="cancellation">Ends the wait for a place, and the cell.</param>
    /// <returns>The result; and whether its client is to be told that it found, or leaves, no state.</returns>
    /// <exception cref="SandboxBusyException">Too many programs wait.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<(CellResult Result, bool IsNew)> RunAsync(string id, Cell cell, CancellationToken cancellation)
    {
        while (true)
        {
            var session = await FindAsync(id, cancellation);
            try
            {
                var result = await session.Interpreter.RunAsync(cell, cancellation);
                lock (gate)
                {
                    session.LastUsed = time.GetUtcNow();
                    return (result, session.IsNew(result));
                }
            }
            catch (CellEndedException) when (IsDeleted(session))
            {
                return (new() { Status = CellStatus.Died, IsLost = true, End = "the session was deleted while the cell ran." }, true);
            }
            catch (InvalidOperationException) when (session.Interpreter.IsClosed && !cancellation.IsCancellationRequested)
            {
                // Closed while the cell waited for its turn, by its client, or as one that was idle: nothing of what it did is left.
            }
        }
    }

    /// <summary>Opens an interpreter of no session as soon as there is a place: those of other calls end soon, and a session that is idle makes room.</summary>
    /// <param name="request">What it may use.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="ArgumentException">The request is malformed.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<PythonInterpreter> OpenAsync(InterpreterRequest request, CancellationToken cancellation)
    {
        while (true)
        {
            NemoSession? idlest;
            try
            {
                return sandbox.Interpreters.Open(request);
            }
            catch (SandboxBusyException)
            {
                lock (gate)
                {
                    idlest = TakeIdlest();
                }
            }

            await MakeRoomAsync(idlest, cancellation);
        }
    }

    /// <summary>Closes one.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> CloseAsync(string id)
    {
        NemoSession? session;
        lock (gate)
        {
            if (!open.Remove(id, out session))
            {
                return false;
            }

            session.IsDeleted = true;
        }

        var was = !session.Interpreter.IsClosed;
        await sandbox.Interpreters.CloseAsync(session.Interpreter);
        return was;
    }

    private bool IsDeleted(NemoSession session)
    {
        lock (gate)
        {
            return session.IsDeleted;
        }
    }

    private async Task<NemoSession> FindAsync(string id, CancellationToken cancellation)
    {
        while (true)
        {
            NemoSession? idlest;
            lock (gate)
            {
                foreach (var closed in open.Where(one => one.Value.Interpreter.IsClosed).ToList())
                {
                    open.Remove(closed.Key);
                }

                if (open.TryGetValue(id, out var known))
                {
                    return known;
                }

                try
                {
                    return open[id] = new(id, sandbox.Interpreters.Open(new()), time.GetUtcNow());
                }
                catch (SandboxBusyException)
                {
                    idlest = TakeIdlest();
                }
            }

            await MakeRoomAsync(idlest, cancellation);
        }
    }

    // To be called in the gate.
    private NemoSession? TakeIdlest()
    {
        var idlest = open.Values.Where(session => session.Interpreter.Idle > BetweenTries).MaxBy(session => session.Interpreter.Idle);
        if (idlest is not null)
        {
            open.Remove(idlest.Id);
        }

        return idlest;
    }

    private Task MakeRoomAsync(NemoSession? idlest, CancellationToken cancellation) =>
        idlest is null ? Task.Delay(BetweenTries, time, cancellation) : sandbox.Interpreters.CloseAsync(idlest.Interpreter);
}
