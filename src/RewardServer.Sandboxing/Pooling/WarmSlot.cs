using RewardServer.Sandboxing.Engines;

namespace RewardServer.Sandboxing.Pooling;

/// <summary>A place for a slot of one kind: always the same, while its slot is made anew now and then.</summary>
internal sealed class WarmSlot(ISlotEngine engine, SlotKind kind, int runsPerSlot) : IAsyncDisposable
{
    /// <summary>The slot; null where the last attempt at making one failed.</summary>
    public Slot? Slot { get; private set; }

    /// <summary>Whether the next run needs another slot.</summary>
    public bool IsWorn { get; set; } = true;

    /// <summary>Makes the slot where there is none for the next run.</summary>
    /// <exception cref="SlotBrokenException">None could be made.</exception>
    public Task GetReadyAsync(CancellationToken cancellation) => Slot is null || IsWorn ? RenewAsync(cancellation) : Task.CompletedTask;

    /// <summary>Runs a program in the slot, which is made first where there is none.</summary>
    /// <param name="run">The program.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="ends">Where a streamed run's input comes from and its output goes; null for any other.</param>
    /// <exception cref="SlotBrokenException">The slot broke, or none could be made.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<AgentAnswer> RunAsync(AgentRun run, CancellationToken cancellation, StreamEnds? ends = null)
    {
        await GetReadyAsync(cancellation).ConfigureAwait(false);
        IsWorn = true;
        try
        {
            // Where ids are too few for one, nothing is kept warm.
            var possible = run.ByResident && !Slot!.HasResident ? run with { ByResident = false } : run;
            var answer = await Slot!.RunAsync(possible, cancellation, ends).ConfigureAwait(false);

            // A machine that is overloaded is no fault of the slot's, and running it all again would only add to the load.
            return answer.Fault.Length > 0 && answer.Cause != AgentCause.Starved ? throw new SlotBrokenException(answer.Fault) : Keep(answer);
        }
        catch (OperationCanceledException)
        {
            Keep(null);
            throw;
        }
    }

    /// <summary>Puts a fresh slot in place of the one that is there.</summary>
    /// <exception cref="SlotBrokenException">None could be made; there is none then.</exception>
    public async Task RenewAsync(CancellationToken cancellation)
    {
        await DisposeAsync().ConfigureAwait(false);
        Slot = await engine.CreateSlotAsync(kind, cancellation).ConfigureAwait(false);
        IsWorn = false;
    }

    public async ValueTask DisposeAsync()
    {
        if (Slot is { } old)
        {
            Slot = null;
            await old.DisposeAsync().ConfigureAwait(false);
        }
    }

    private AgentAnswer Keep(AgentAnswer? answer)
    {
        IsWorn = Slot!.Anomaly is not null || Slot.Runs >= runsPerSlot;
        return answer!;
    }
}
