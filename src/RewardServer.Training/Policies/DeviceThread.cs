using System.Collections.Concurrent;

namespace RewardServer.Training.Policies;

/// <summary>The thread that computes on one device: what libtorch keeps for a thread, such as its handles and plans of kernels, is made once.</summary>
internal sealed class DeviceThread : IDisposable
{
    private readonly BlockingCollection<Action> asked = [];
    private readonly Thread thread;

    /// <summary>Starts it.</summary>
    public DeviceThread(string name)
    {
        thread = new(Work) { IsBackground = true, Name = name };
        thread.Start();
    }

    /// <summary>Has it do something after all that it was asked before.</summary>
    /// <returns>What comes of it, or what it fails with.</returns>
    public Task<T> Run<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        asked.Add(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception exception)
            {
                // Who asked is told.
                done.SetException(exception);
            }
        });
        return done.Task;
    }

    /// <summary>Ends it, when it has done all that it was asked.</summary>
    public void Dispose()
    {
        asked.CompleteAdding();
        thread.Join();
        asked.Dispose();
    }

    private void Work()
    {
        foreach (var one in asked.GetConsumingEnumerable())
        {
            one();
        }
    }
}
