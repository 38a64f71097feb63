using RewardServer.Sandboxing.Engines;

namespace RewardServer.Sandboxing.Pooling;

/// <summary>
/// One program's worth of the machine, a core by default. It keeps the slots of the kinds that were used last warm, so that
/// languages share it; only one of them runs at a time.
/// </summary>
internal sealed class Seat(ISlotEngine engine, SandboxOptions options) : IAsyncDisposable
{
    // The last one used stands at the end.
    private readonly List<(SlotKind Kind, WarmSlot Slot)> warm = [];
    private readonly Lock gate = new();

    /// <summary>Whether a slot of the kind is warm in it.</summary>
    public bool IsWarm(SlotKind kind)
    {
        lock (gate)
        {
            return warm.Exists(one => one.Kind == kind && one.Slot.Slot is not null);
        }
    }

    /// <summary>Whether a slot needs to be made anew before the next run.</summary>
    public bool IsWorn
    {
        get
        {
            lock (gate)
            {
                return warm.Exists(one => one.Slot.IsWorn);
            }
        }
    }

    /// <summary>
    /// The place of the kind's slot. For the first of a kind, the one that was not used the longest ends; never the one
    /// asked for before a companion's, which the two are to talk beside.
    /// </summary>
    public async Task<WarmSlot> PlaceAsync(SlotKind kind)
    {
        var most = Math.Max(options.WarmKinds, kind.IsCompanion ? 2 : 1);
        List<WarmSlot> evicted = [];
        WarmSlot place;
        lock (gate)
        {
            var at = warm.FindIndex(one => one.Kind == kind);
            place = at < 0 ? new WarmSlot(engine, kind, options.RunsPerSlot) : warm[at].Slot;
            if (at >= 0)
            {
                warm.RemoveAt(at);
            }
            while (warm.Count >= most)
            {
                evicted.Add(warm[0].Slot);
                warm.RemoveAt(0);
            }

            warm.Add((kind, place));
        }

        foreach (var old in evicted)
        {
            await old.DisposeAsync().ConfigureAwait(false);
        }

        return place;
    }

    /// <summary>Makes the worn slots anew.</summary>
    /// <exception cref="SlotBrokenException">One could not be made; it is without until the next try.</exception>
    public async Task RenewAsync(CancellationToken cancellation)
    {
        WarmSlot[] worn;
        lock (gate)
        {
            worn = [.. warm.Where(one => one.Slot.IsWorn).Select(one => one.Slot)];
        }

        foreach (var place in worn)
        {
            await place.RenewAsync(cancellation).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, place) in warm)
        {
            await place.DisposeAsync().ConfigureAwait(false);
        }
    }
}
