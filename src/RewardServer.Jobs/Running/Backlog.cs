namespace RewardServer.Jobs.Running;

/// <summary>Bounds the bytes of rows that are under way: rows may have any size. For one that enters at a time.</summary>
/// <param name="most">How many bytes; one row alone may have more.</param>
internal sealed class Backlog(long most)
{
    private readonly Lock gate = new();
    private long inside;
    private TaskCompletionSource? left;

    /// <summary>Waits until there is room.</summary>
    public async Task EnterAsync(long bytes, CancellationToken cancellation)
    {
        while (true)
        {
            Task waiting;
            lock (gate)
            {
                if (inside == 0 || inside + bytes <= most)
                {
                    inside += bytes;
                    return;
                }

                left = new(TaskCreationOptions.RunContinuationsAsynchronously);
                waiting = left.Task;
            }

            await waiting.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Makes room.</summary>
    public void Leave(long bytes)
    {
        TaskCompletionSource? waiting;
        lock (gate)
        {
            inside -= bytes;
            (waiting, left) = (left, null);
        }

        waiting?.SetResult();
    }
}
