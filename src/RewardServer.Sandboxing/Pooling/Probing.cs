using RewardServer.Sandboxing.Engines;
using RewardServer.Sandboxing.Languages;

namespace RewardServer.Sandboxing.Pooling;

/// <summary>
/// Tries whether programs can be run now, in a fresh slot beside those of the pool. Probes come as often as somebody asks
/// whether we are ready: there is one at a time.
/// </summary>
/// <param name="closing">Ends all probes, as those of a pool that is closed.</param>
internal sealed class Probing(CancellationToken closing) : IAsyncDisposable
{
    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Runs the language's canary; null where it ran, else why not.</summary>
    public async Task<string?> ProbeAsync(ISlotEngine engine, Language language, CancellationToken cancellation)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellation, closing);
        try
        {
            await turn.WaitAsync(both.Token).ConfigureAwait(false);
            try
            {
                await using var beside = new WarmSlot(engine, engine.KindFor(language, language.Resident, SlotKind.MemoryClasses[0]), 1);
                return await Retry.FailsAsync(beside, language, both.Token).ConfigureAwait(false);
            }
            finally
            {
                turn.Release();
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new ObjectDisposedException(nameof(SandboxPool));
        }
    }

    /// <summary>Waits for the end of a probe, which the pool's end cuts short; there is none afterwards.</summary>
    public async ValueTask DisposeAsync()
    {
        await turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        turn.Dispose();
    }
}
