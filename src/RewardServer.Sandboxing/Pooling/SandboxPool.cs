using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using RewardServer.Sandboxing.Engines;
using RewardServer.Sandboxing.Languages;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Pooling;

/// <summary>
/// The one entry to the sandbox: runs untrusted programs in a fixed number of slots, first come first served.
/// </summary>
public sealed class SandboxPool : IAsyncDisposable
{
    private readonly SandboxStart start;
    private readonly SandboxOptions options;
    private readonly TimeProvider time;

    // A channel serves those who wait in the order in which they came: that is the whole of the pool's fairness.
    // How many wait is not bounded here: each waits within a call, and it is the HTTP server that bounds calls.
    private readonly Channel<Seat> free = Channel.CreateUnbounded<Seat>();
    private readonly ConcurrentDictionary<Seat, Task> renewals = new();
    private readonly KnownBreakers breakers = new();
    private readonly CancellationTokenSource closing = new();

    // Probes come as often as somebody asks whether we are ready; beside the slots there is one at a time.
    private readonly SemaphoreSlim probing = new(1);
    private int closed;

    private SandboxPool(SandboxStart start, SandboxOptions options, TimeProvider time)
    {
        (this.start, this.options, this.time) = (start, options, time);
        foreach (var seat in start.Seats)
        {
            free.Writer.TryWrite(seat);
        }
    }

    /// <summary>Which engine was found, or why none.</summary>
    public EngineReport Engine => start.Report;

    /// <summary>Each language we know and whether it can be run here.</summary>
    public ImmutableArray<LanguageReport> Languages => start.Reports;

    /// <summary>Programs that run at once.</summary>
    public int Slots => start.Seats.Length;

    /// <summary>Looks for an engine and for languages. Never throws for what is missing: the reports say it.</summary>
    /// <exception cref="ArgumentException">A number of the settings is out of its range.</exception>
    public static async Task<SandboxPool> StartAsync(SandboxOptions options, TimeProvider time, CancellationToken cancellation) =>
        new(await SandboxStart.TryAsync(options, time, cancellation).ConfigureAwait(false), options, time);

    /// <summary>Runs a program once a slot is free.</summary>
    /// <param name="request">The program. Its language must be one that <see cref="Languages"/> calls available.</param>
    /// <param name="cancellation">Ends the wait or the run; the slot is clean and free again afterwards.</param>
    /// <exception cref="ArgumentException">The request is malformed: a path that leaves the scratch folder, a limit
    /// that is not positive or above its ceiling, a language that is not available.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    /// <exception cref="ObjectDisposedException">The pool is closed.</exception>
    public async Task<RunResult> RunAsync(RunRequest request, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(closed != 0, this);
        var language = start.Languages.FirstOrDefault(known => known.Name == request.Language)
            ?? throw new ArgumentException($"The language '{request.Language}' is not available.", nameof(request));
        RequestCheck.Check(request, options);
        var run = new AgentRun(
            language.Command(request.Files[0]), Language.Environment, request.Files, request.Stdin, request.WithReport, request.Limits);

        if (breakers.Contains(run))
        {
            return new RunResult { Status = RunStatus.SlotBreaker };
        }

        var asked = time.GetTimestamp();
        var seat = await TakeAsync(cancellation).ConfigureAwait(false);
        var queued = time.GetElapsedTime(asked).TotalSeconds;
        try
        {
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, closing.Token);
            var (answer, fault, byProgram) = await Retry.RunAsync(seat, run, language, both.Token).ConfigureAwait(false);
            if (byProgram)
            {
                breakers.Add(run);
            }

            return answer is not null
                ? RunStatusReading.Read(answer, request.Limits, queued)
                : new RunResult { Status = byProgram ? RunStatus.SlotBreaker : RunStatus.SandboxFault, Fault = byProgram ? null : fault, QueueSeconds = queued };
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new ObjectDisposedException(nameof(SandboxPool));
        }
        finally
        {
            GiveBack(seat);
        }
    }

    /// <summary>
    /// Whether programs can be run now, however busy the slots are: makes a fresh slot beside them, in which a canary runs.
    /// Probes are made one at a time.
    /// </summary>
    /// <returns>Null where it ran, else why not.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    /// <exception cref="ObjectDisposedException">The pool is closed.</exception>
    public async Task<string?> ProbeAsync(CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(closed != 0, this);
        if (start.Engine is null || start.Languages.IsEmpty)
        {
            return start.Report.Reason ?? start.Reports[0].Reason;
        }

        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, closing.Token);
        try
        {
            await probing.WaitAsync(both.Token).ConfigureAwait(false);
            try
            {
                await using var beside = new Seat(start.Engine, 1);
                return await Retry.FailsAsync(beside, start.Languages[0], both.Token).ConfigureAwait(false);
            }
            finally
            {
                probing.Release();
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new ObjectDisposedException(nameof(SandboxPool));
        }
    }

    /// <summary>Ends all slots and removes what they left: processes, folders, cgroups.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref closed, 1) != 0 || start.Engine is null)
        {
            return;
        }

        // Those who wait are turned away; those who run are cancelled, and bring back their seats.
        await closing.CancelAsync().ConfigureAwait(false);
        for (var back = 0; back < start.Seats.Length; back++)
        {
            await free.Reader.ReadAsync().ConfigureAwait(false);
        }

        await probing.WaitAsync().ConfigureAwait(false);
        await Task.WhenAll(renewals.Values).ConfigureAwait(false);
        await SandboxStart.EndAsync(start.Engine, start.Seats).ConfigureAwait(false);
        closing.Dispose();
    }

    private async Task<Seat> TakeAsync(CancellationToken cancellation)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, closing.Token);
        try
        {
            return await free.Reader.ReadAsync(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new ObjectDisposedException(nameof(SandboxPool));
        }
    }

    private void GiveBack(Seat seat)
    {
        if (!seat.IsWorn)
        {
            free.Writer.TryWrite(seat);
            return;
        }

        // In the background: who ran need not wait for the next one's slot.
        renewals[seat] = Task.Run(() => RenewAsync(seat));
    }

    private async Task RenewAsync(Seat seat)
    {
        try
        {
            await seat.RenewAsync(closing.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is SlotBrokenException or OperationCanceledException)
        {
            // The next run tries again, and reports what then stands in the way.
        }
        finally
        {
            free.Writer.TryWrite(seat);
        }
    }
}
