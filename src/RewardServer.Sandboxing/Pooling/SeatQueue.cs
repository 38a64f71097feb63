namespace RewardServer.Sandboxing.Pooling;

/// <summary>
/// Those who wait for a seat: the lowest priority number first, and within it first come first served. How many may wait
/// is bounded.
/// </summary>
internal sealed class SeatQueue(int mostWaiting)
{
    private readonly Lock gate = new();
    private readonly List<Seat> free = [];
    private readonly PriorityQueue<Waiter, (int Priority, long Order)> waiting = new();
    private long arrivals;
    private int waiters;

    /// <summary>How many wait now.</summary>
    public int Waiting => Volatile.Read(ref waiters);

    /// <summary>Takes a free seat, or waits for one.</summary>
    /// <param name="isWarm">Which seats are to be preferred where several are free.</param>
    /// <param name="priority">Lower numbers go first.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="SandboxBusyException">Too many wait.</exception>
    public Task<Seat> TakeAsync(Func<Seat, bool> isWarm, int priority, CancellationToken cancellation) =>
        TakeAsync(isWarm, priority, mostWaiting, cancellation);

    /// <summary>Takes a seat at the pool's end, however many wait.</summary>
    public Task<Seat> TakeBackAsync() => TakeAsync(_ => true, int.MaxValue, int.MaxValue, CancellationToken.None);

    private async Task<Seat> TakeAsync(Func<Seat, bool> isWarm, int priority, int most, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var waiter = new Waiter();
        lock (gate)
        {
            if (free.Count > 0)
            {
                // The last one to be given back first: its slot is the one still in the processor's caches.
                var at = free.FindLastIndex(seat => isWarm(seat));
                at = at < 0 ? free.Count - 1 : at;
                var seat = free[at];
                free.RemoveAt(at);
                return seat;
            }

            if (waiters >= most)
            {
                throw new SandboxBusyException($"{waiters} programs wait for a slot already (Sandbox:MaxQueued).");
            }

            waiters++;
            waiting.Enqueue(waiter, (priority, arrivals++));
        }

        await using var registration = cancellation.UnsafeRegister(_ => GiveUp(waiter, cancellation), null).ConfigureAwait(false);
        return await waiter.Turn.Task.ConfigureAwait(false);
    }

    /// <summary>Gives a seat to the next one, or keeps it.</summary>
    public void GiveBack(Seat seat)
    {
        lock (gate)
        {
            while (waiting.TryDequeue(out var next, out _))
            {
                // One that gave up stays in line until its turn comes: it was counted out when it did.
                if (next.Turn.TrySetResult(seat))
                {
                    waiters--;
                    return;
                }
            }

            free.Add(seat);
        }
    }

    private void GiveUp(Waiter waiter, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (waiter.Turn.TrySetCanceled(cancellation))
            {
                waiters--;
            }
        }
    }

    private sealed class Waiter
    {
        // Not on the giver's thread: it holds the lock.
        public TaskCompletionSource<Seat> Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
