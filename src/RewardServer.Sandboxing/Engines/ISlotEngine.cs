using RewardServer.Sandboxing.Languages;

namespace RewardServer.Sandboxing.Engines;

/// <summary>What makes slots: a container engine, or the namespaces of this machine.</summary>
internal interface ISlotEngine : IAsyncDisposable
{
    /// <summary>"docker" or "local".</summary>
    string Name { get; }

    /// <summary>One line for people.</summary>
    string Description { get; }

    /// <summary>The kind of slot that a run of the language needs.</summary>
    /// <param name="language">The language.</param>
    /// <param name="resident">The process that is to be warm in it; null for none.</param>
    /// <param name="memoryMb">What the run may use.</param>
    SlotKind KindFor(Language language, Resident? resident, int memoryMb);

    /// <summary>Whether what the language needs is here at all, found without running anything; null where it is, else what is missing.</summary>
    Task<LanguageReport?> FindMissingAsync(Language language, CancellationToken cancellation);

    /// <summary>Makes a slot, isolated and clean, whose resident is ready.</summary>
    /// <exception cref="SlotBrokenException">It cannot be made; the message says why.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    Task<Slot> CreateSlotAsync(SlotKind kind, CancellationToken cancellation);
}
