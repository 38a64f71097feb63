using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Sandboxing.Engines;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Interpreters;

/// <summary>
/// A Python interpreter in a slot of its own, whose variables, functions and imports last from cell to cell. Between cells all its
/// processes stand still; each cell waits for its turn as any program does. Where its state is lost, the next cell finds a new one.
/// </summary>
public sealed class PythonInterpreter : IDisposable
{
    // Beyond the end that the interpreter's first process makes of a cell: 2 times its time and 5 s, and a second.
    private static readonly TimeSpan EndGrace = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan ProbePatience = TimeSpan.FromSeconds(60);

    private readonly Seating seating;
    private readonly WarmSlot slot;
    private readonly SlotKind kind;
    private readonly AgentRun program;
    private readonly TimeProvider time;
    private readonly Func<CancellationToken, Task<string?>> probe;
    private readonly SemaphoreSlim turn = new(1);
    private readonly CancellationTokenSource leaving = new();
    private InterpreterRun? run;
    private Slot? filled;
    private long cells, lastUsed;
    private bool began;

    /// <param name="seating">Where cells take their seats.</param>
    /// <param name="slot">The interpreter's own slot.</param>
    /// <param name="kind">What kind of slot that is.</param>
    /// <param name="program">The interpreter's program.</param>
    /// <param name="time">The clock.</param>
    /// <param name="probe">Tries whether Python can be run at all now, in another slot: null where it can, else why not.</param>
    internal PythonInterpreter(
        Seating seating, WarmSlot slot, SlotKind kind, AgentRun program, TimeProvider time, Func<CancellationToken, Task<string?>> probe)
    {
        this.probe = probe;
        (this.seating, this.slot, this.kind, this.program, this.time) = (seating, slot, kind, program, time);
        lastUsed = time.GetTimestamp();
    }

    /// <summary>How long nobody has used it; nothing while a cell runs or waits.</summary>
    public TimeSpan Idle => turn.CurrentCount == 0 ? TimeSpan.Zero : time.GetElapsedTime(Volatile.Read(ref lastUsed));

    /// <summary>Whether it is closed, by its owner or because nobody used it.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Runs a cell, after those that were asked for before.</summary>
    /// <exception cref="ArgumentException">A number of the cell is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The interpreter is closed.</exception>
    /// <exception cref="CellEndedException">It was closed while the cell ran.</exception>
    /// <exception cref="SandboxBusyException">Too many programs wait.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; a cell that had begun was ended, and the state with it.</exception>
    /// <exception cref="ObjectDisposedException">The pool is closed.</exception>
    public async Task<CellResult> RunAsync(Cell cell, CancellationToken cancellation)
    {
        cell.Check();
        await turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            began = false;
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, leaving.Token);
            return await seating.InSeatAsync(kind, cell.Priority, (_, queued, stop) => RunAsync(cell, queued, stop), either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw began ? new CellEndedException() : new InvalidOperationException("The interpreter is closed.");
        }
        finally
        {
            Volatile.Write(ref lastUsed, time.GetTimestamp());
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        leaving.Dispose();
        turn.Dispose();
    }

    /// <summary>Ends it. A cell that is on its way is ended.</summary>
    /// <returns>Those of the files that were asked for which it left; none where it is over already.</returns>
    internal async Task<ImmutableArray<OutputFile>> CloseAsync()
    {
        IsClosed = true;
        await leaving.CancelAsync().ConfigureAwait(false);
        await turn.WaitAsync().ConfigureAwait(false);
        try
        {
            var files = run is not null && program.OutputFiles.Count > 0 ? await FinishAsync(run).ConfigureAwait(false) : [];
            await StopAsync().ConfigureAwait(false);
            await slot.DisposeAsync().ConfigureAwait(false);
            return files;
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<CellResult> RunAsync(Cell cell, double queued, CancellationToken cancellation)
    {
        try
        {
            await GetReadyAsync(cancellation).ConfigureAwait(false);
        }
        catch (SlotBrokenException broken)
        {
            return CellReading.Fault("No slot can be made for an interpreter: " + broken.Message) with { QueueSeconds = queued };
        }

        return await AskAsync(run!, cell, cancellation).ConfigureAwait(false) with { QueueSeconds = queued };
    }

    private async Task<CellResult> AskAsync(InterpreterRun current, Cell cell, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds((2 * cell.Seconds) + 5) + EndGrace, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            began = true;
            if (await current.AskAsync(CommandOf(cell), cell, either.Token).ConfigureAwait(false) is { } answer)
            {
                return CellReading.Of(answer);
            }

            // Why is known when it has ended, which it mostly has.
            await Task.WhenAny(current.End, Task.Delay(EndGrace, time, either.Token)).ConfigureAwait(false);
            return CellReading.Of(await StopAsync().ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            var end = await StopAsync().ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            return await SilenceAsync(cell, end, cancellation).ConfigureAwait(false);
        }
    }

    // The interpreter's first process ends every cell in time, and is silent only where the cell stopped it, or where we hang: an engine, an
    // agent, a machine that stands still.
    private async Task<CellResult> SilenceAsync(Cell cell, InterpreterEnd end, CancellationToken cancellation)
    {
        if (end.Fault is { } broken)
        {
            return CellReading.Fault("The interpreter is silent: " + broken);
        }

        using var patience = new CancellationTokenSource(ProbePatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        try
        {
            return await probe(either.Token).ConfigureAwait(false) is { } reason
                ? CellReading.Fault("The interpreter is silent, and a canary in a fresh slot failed: " + reason)
                : CellReading.Timeout(cell);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return CellReading.Fault($"The interpreter is silent, and so was a canary in a fresh slot for {ProbePatience.TotalSeconds} s.");
        }
    }

    // The state of one that ended between cells is lost, which the next cell is told: it is fresh.
    private async Task GetReadyAsync(CancellationToken cancellation)
    {
        if (run is { End.IsCompleted: false })
        {
            return;
        }

        await StopAsync().ConfigureAwait(false);
        await slot.GetReadyAsync(cancellation).ConfigureAwait(false);
        run = new(slot, slot.Slot == filled ? program with { Files = [] } : program);
        filled = slot.Slot;
    }

    private async Task<InterpreterEnd> StopAsync()
    {
        if (run is null)
        {
            return new(null, null);
        }

        using var old = run;
        run = null;
        return await old.StopAsync().ConfigureAwait(false);
    }

    private async Task<ImmutableArray<OutputFile>> FinishAsync(InterpreterRun current)
    {
        current.Finish();
        await Task.WhenAny(current.End, Task.Delay(EndGrace, time)).ConfigureAwait(false);
        return current.End is { IsCompletedSuccessfully: true, Result.Answer: { } answer }
            ? [.. answer.Files.Select(file => new OutputFile(file.Path, file.Content, file.TooLarge))]
            : [];
    }

    private byte[] CommandOf(Cell cell) =>
    [
        .. JsonSerializer.SerializeToUtf8Bytes(new
        {
            id = ++cells,
            code = cell.Code,
            seconds = cell.Seconds,
            notebook = cell.IsNotebook,
            traceback = cell.Traceback.ToString(),
            keep = cell.OutputKb * 1024,
            most = cell.DisplayKb * 1024,
        }),
        (byte)'\n',
    ];
}
