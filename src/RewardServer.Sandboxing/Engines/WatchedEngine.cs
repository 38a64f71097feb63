using System.Collections.Concurrent;
using RewardServer.Sandboxing.Languages;

namespace RewardServer.Sandboxing.Engines;

/// <summary>Any engine, with a memory of which slots it could not make: what was found at the start may long be untrue.</summary>
internal sealed class WatchedEngine(ISlotEngine engine) : ISlotEngine
{
    // By image, for one may be missing while others are there.
    private readonly ConcurrentDictionary<string, string> failures = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => engine.Name;

    /// <inheritdoc/>
    public string Description => engine.Description;

    /// <summary>Why the last slot of the image could not be made; null where it could.</summary>
    public string? FailureOf(string image) => failures.GetValueOrDefault(image);

    /// <summary>Why the last slot of some image could not be made; null where all could.</summary>
    public string? Failure => failures.Values.FirstOrDefault();

    /// <inheritdoc/>
    public SlotKind KindFor(Language language, Resident? resident, int memoryMb) => engine.KindFor(language, resident, memoryMb);

    /// <inheritdoc/>
    public Task<LanguageReport?> FindMissingAsync(Language language, CancellationToken cancellation) => engine.FindMissingAsync(language, cancellation);

    /// <inheritdoc/>
    public async Task<Slot> CreateSlotAsync(SlotKind kind, CancellationToken cancellation)
    {
        try
        {
            var slot = await engine.CreateSlotAsync(kind, cancellation).ConfigureAwait(false);
            failures.TryRemove(kind.Image, out _);
            return slot;
        }
        catch (SlotBrokenException broken)
        {
            failures[kind.Image] = broken.Message;
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => engine.DisposeAsync();
}
