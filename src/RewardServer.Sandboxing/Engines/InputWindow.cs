namespace RewardServer.Sandboxing.Engines;

/// <summary>How much more streamed input may be sent: no more than the agent has room for is under way.</summary>
internal sealed class InputWindow
{
    private readonly Lock gate = new();
    private int room = Frames.InputWindow;
    private TaskCompletionSource? opening;

    /// <summary>Waits until something may be sent.</summary>
    /// <param name="most">How much there is to send, in bytes; above 0.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>How much of it may be, which then counts as sent.</returns>
    public async ValueTask<int> TakeAsync(long most, CancellationToken cancellation)
    {
        while (true)
        {
            Task opened;
            lock (gate)
            {
                if (room > 0)
                {
                    var taken = (int)Math.Min(most, room);
                    room -= taken;
                    return taken;
                }

                opened = (opening ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await opened.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Opens it again by what the agent took.</summary>
    /// <returns>False where that is more than was sent.</returns>
    public bool Open(uint bytes)
    {
        TaskCompletionSource? opened;
        lock (gate)
        {
            if (bytes > Frames.InputWindow - room)
            {
                return false;
            }

            room += (int)bytes;
            (opened, opening) = (opening, null);
        }

        opened?.TrySetResult();
        return true;
    }
}
