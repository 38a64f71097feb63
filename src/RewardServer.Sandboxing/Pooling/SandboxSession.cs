using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Pooling;

/// <summary>
/// A sequence of runs in a slot of its own, whose files stay from one run to the next. Between runs no process of it
/// lives, and it holds no core: each run waits for its turn as any other does.
/// </summary>
public sealed class SandboxSession : IDisposable
{
    private readonly SandboxPool pool;
    private readonly WarmSlot slot;
    private readonly SemaphoreSlim turn = new(1);
    private readonly TimeProvider time;
    private long lastUsed;
    private bool broken;

    internal SandboxSession(SandboxPool pool, string id, string language, int memoryMb, WarmSlot slot, TimeProvider time)
    {
        (this.pool, Id, Language, MemoryMb, this.slot, this.time) = (pool, id, language, memoryMb, slot, time);
        lastUsed = time.GetTimestamp();
    }

    /// <summary>Its name, which cannot be guessed.</summary>
    public string Id { get; }

    /// <summary>The language whose programs it runs.</summary>
    public string Language { get; }

    /// <summary>The most memory that a run in it may ask for, in MiB: its slot was made for that much.</summary>
    public int MemoryMb { get; }

    internal TimeSpan Idle => turn.CurrentCount == 0 ? TimeSpan.Zero : time.GetElapsedTime(Volatile.Read(ref lastUsed));

    /// <summary>Runs a program among the session's files, after those that were asked for before.</summary>
    /// <exception cref="InvalidOperationException">The session is closed, or its files were lost with its slot.</exception>
    /// <exception cref="ArgumentException">The request is malformed, of another language, or asks for more memory than the session has.</exception>
    /// <exception cref="SandboxBusyException">Too many programs wait.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; the session's files are as the run left them.</exception>
    public async Task<RunResult> RunAsync(RunRequest request, CancellationToken cancellation)
    {
        if (request.Language != Language)
        {
            throw new ArgumentException($"The session is one of {Language}, not of {request.Language}.");
        }

        if (request.Limits.MemoryMb > MemoryMb)
        {
            throw new ArgumentException($"The session was opened for {MemoryMb} MiB, not for {request.Limits.MemoryMb}.");
        }

        await turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (broken)
            {
                throw new InvalidOperationException("The session's slot broke, and its files are lost; close it and open another.");
            }

            return await pool.RunAsync(request, slot, cancellation).ConfigureAwait(false);
        }
        finally
        {
            // However it ended: a slot that is made anew would have lost the files without a word.
            broken = slot.Slot is null || slot.IsWorn;
            Volatile.Write(ref lastUsed, time.GetTimestamp());
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    internal async Task CloseAsync()
    {
        // A run that is on its way is waited for: it has its own deadline.
        await turn.WaitAsync().ConfigureAwait(false);
        try
        {
            broken = true;
            await slot.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }
}
