using RewardServer.Jobs.Results;

namespace RewardServer.Jobs.Replaying;

/// <summary>Counts changes and tells of them one at a time, wherever they are found.</summary>
/// <param name="changed">Told of each.</param>
internal sealed class ChangeLog(Func<ReplayChange, CancellationToken, Task> changed) : IDisposable
{
    private readonly SemaphoreSlim one = new(1);
    private readonly Lock gate = new();
    private ReplayTally tally = ReplayTally.Start;

    /// <summary>What there is so far.</summary>
    public ReplayTally Tally => Volatile.Read(ref tally);

    /// <summary>Counts a sample that both sides have.</summary>
    public void Count(RunIdentity identity) => Change(before => before.WithSample(identity));

    /// <summary>Counts and tells a change.</summary>
    public async Task AddAsync(ReplayChange change, CancellationToken cancellation)
    {
        await one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            Change(before => before.WithChange(change.Kind));
            await changed(change, cancellation).ConfigureAwait(false);
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private void Change(Func<ReplayTally, ReplayTally> to)
    {
        lock (gate)
        {
            Volatile.Write(ref tally, to(tally));
        }
    }
}
