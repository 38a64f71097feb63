namespace RewardServer.Compatibility;

/// <summary>
/// Ends a call's work before its client gives up by itself: the client then reads a fault of ours that it retries or masks,
/// and never a time-out that it may take for the candidate's.
/// </summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource clock;
    private readonly CancellationTokenSource linked;
    private readonly HttpContext http;

    /// <param name="http">The call.</param>
    /// <param name="after">How long it may take, counted from when it came.</param>
    /// <param name="time">The clock.</param>
    public Deadline(HttpContext http, TimeSpan after, TimeProvider time)
    {
        this.http = http;
        Seconds = after.TotalSeconds;
        var left = after - time.GetElapsedTime(TrainerGate.ArrivalOf(http, time));
        clock = new(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
        linked = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, http.RequestAborted);
    }

    /// <summary>Cancelled by the deadline, and where the client is gone.</summary>
    public CancellationToken Token => linked.Token;

    /// <summary>Whether it was the deadline that ended the work, not the client.</summary>
    public bool HasPassed => clock.IsCancellationRequested && !http.RequestAborted.IsCancellationRequested;

    /// <summary>How long it may take, in seconds.</summary>
    public double Seconds { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        linked.Dispose();
        clock.Dispose();
    }
}
