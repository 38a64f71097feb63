namespace RewardServer.Sandboxing.Engines;

/// <summary>What a slot is warm for. Slots of one kind are alike.</summary>
/// <param name="Image">The image that its programs come from; the local engine has one for all, this machine.</param>
/// <param name="Resident">The process that stays in it between runs; null for none.</param>
/// <param name="MemoryMb">The most memory that a run in it can be given, in MiB: one of <see cref="MemoryClasses"/>.</param>
internal sealed record SlotKind(string Image, Resident? Resident, int MemoryMb)
{
    /// <summary>Whether it is for the partner of a conversation, whose slot must be another than the program's, however alike.</summary>
    public bool IsCompanion { get; init; }

    /// <summary>
    /// Where an engine cannot change a slot's memory limit between runs, slots come in these classes, in MiB, and a run
    /// gets the smallest that holds it.
    /// </summary>
    public static IReadOnlyList<int> MemoryClasses { get; } = [256, 1024, 4096];
}
