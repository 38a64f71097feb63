using System.Collections.Concurrent;
using System.Collections.Immutable;
using RewardServer.Sandboxing.Engines;

namespace RewardServer.Sandboxing.Pooling;

/// <summary>Who works in which seat: takes one for each piece of work, and has it made ready for the next one.</summary>
/// <param name="most">How many may wait for a seat.</param>
/// <param name="time">The clock of waits.</param>
/// <param name="closing">Ends all waits and all work, as that of a pool that is closed.</param>
internal sealed class Seating(int most, TimeProvider time, CancellationToken closing)
{
    private readonly SeatQueue seats = new(most);
    private readonly ConcurrentDictionary<Seat, Task> renewals = new();

    /// <summary>How many wait now.</summary>
    public int Waiting => seats.Waiting;

    /// <summary>Begins with these seats, all free.</summary>
    public void Open(ImmutableArray<Seat> free)
    {
        foreach (var seat in free)
        {
            seats.GiveBack(seat);
        }
    }

    /// <summary>Takes all seats back, after <c>closing</c>: from those who work in them, and from those who make them anew.</summary>
    /// <param name="count">How many there are.</param>
    public async Task CloseAsync(int count)
    {
        for (var back = 0; back < count; back++)
        {
            await seats.TakeBackAsync().ConfigureAwait(false);
        }

        await Task.WhenAll(renewals.Values).ConfigureAwait(false);
    }

    /// <summary>Does something in a seat: as soon as one is free, and with its end when the pool closes.</summary>
    /// <param name="kind">The kind of slot that is best warm in it.</param>
    /// <param name="priority">Lower numbers go first.</param>
    /// <param name="work">Is told how long the wait was, in seconds.</param>
    /// <param name="cancellation">Ends the wait or the work.</param>
    public async Task<T> InSeatAsync<T>(SlotKind kind, int priority, Func<Seat, double, CancellationToken, Task<T>> work, CancellationToken cancellation)
    {
        var asked = time.GetTimestamp();
        var seat = await TakeAsync(kind, priority, cancellation).ConfigureAwait(false);
        try
        {
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, closing);
            return await work(seat, time.GetElapsedTime(asked).TotalSeconds, both.Token).ConfigureAwait(false);
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

    private async Task<Seat> TakeAsync(SlotKind kind, int priority, CancellationToken cancellation)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, closing);
        try
        {
            return await seats.TakeAsync(seat => seat.IsWarm(kind), priority, both.Token).ConfigureAwait(false);
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
            seats.GiveBack(seat);
            return;
        }

        // In the background: who ran need not wait for the next one's slot.
        renewals[seat] = Task.Run(() => RenewAsync(seat));
    }

    private async Task RenewAsync(Seat seat)
    {
        try
        {
            await seat.RenewAsync(closing).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is SlotBrokenException or OperationCanceledException)
        {
            // The next run tries again, and reports what then stands in the way.
        }
        finally
        {
            seats.GiveBack(seat);
        }
    }
}
