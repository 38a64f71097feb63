namespace RewardServer.Grading.Graders.Judge.Asking;

/// <summary>How many may be inside at once, and how many may wait; first come, first served.</summary>
/// <param name="atOnce">Inside at once.</param>
/// <param name="waiting">The most that wait; the next is turned away.</param>
internal sealed class CallLimit(int atOnce, int waiting) : IDisposable
{
    private readonly SemaphoreSlim free = new(atOnce);
    private int present;

    /// <summary>Waits for a place.</summary>
    /// <returns>Whether there is one; whoever has it must <see cref="Leave"/>.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<bool> EnterAsync(CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref present) > atOnce + waiting)
        {
            Interlocked.Decrement(ref present);
            return false;
        }

        try
        {
            await free.WaitAsync(cancellation).ConfigureAwait(false);
            return true;
        }
        catch (Exception gone) when (gone is OperationCanceledException or ObjectDisposedException)
        {
            Interlocked.Decrement(ref present);
            throw;
        }
    }

    /// <summary>Gives the place back.</summary>
    public void Leave()
    {
        free.Release();
        Interlocked.Decrement(ref present);
    }

    /// <inheritdoc/>
    public void Dispose() => free.Dispose();
}
