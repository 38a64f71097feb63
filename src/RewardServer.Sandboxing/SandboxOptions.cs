namespace RewardServer.Sandboxing;

/// <summary>Settings of the sandbox (section "Sandbox" of the configuration).</summary>
public sealed record SandboxOptions
{
    /// <summary>The most slots that a pool can have.</summary>
    public const int MaxSlots = 256;

    /// <summary>Which engine: "auto" (the best that is there), "local", or "none" (no code is run).</summary>
    public string Engine { get; init; } = "auto";

    /// <summary>Programs that run at once, at most <see cref="MaxSlots"/>; 0 for one a core.</summary>
    public int Slots { get; init; }

    /// <summary>Size of a run's scratch folder in MiB, which counts towards its memory.</summary>
    public int ScratchMb { get; init; } = 64;

    /// <summary>Files and folders that a run may have in its scratch folder.</summary>
    public int ScratchInodes { get; init; } = 4096;

    /// <summary>Runs after which a slot is made anew.</summary>
    public int RunsPerSlot { get; init; } = 10_000;

    /// <summary>
    /// Whether code may run where the memory of a run can be limited only a process at a time,
    /// because no memory cgroup is writable.
    /// </summary>
    public bool AllowWithoutMemoryCgroup { get; init; }

    /// <summary>Everything that is wrong with these settings, each beginning with the setting's name.</summary>
    public IEnumerable<string> Errors()
    {
        if (Engine is not ("auto" or "local" or "none"))
        {
            yield return $"Engine: '{Engine}' is not an engine; there are: auto, local, none";
        }

        if (Slots is < 0 or > MaxSlots)
        {
            yield return $"Slots: must be from 0 (one a core) to {MaxSlots}, but is {Slots}";
        }

        if (ScratchMb is < 8 or > 4096)
        {
            yield return $"ScratchMb: must be from 8 to 4096, but is {ScratchMb}";
        }

        if (ScratchInodes is < 16 or > 10_000_000)
        {
            yield return $"ScratchInodes: must be from 16 to 10000000, but is {ScratchInodes}";
        }

        if (RunsPerSlot < 1)
        {
            yield return $"RunsPerSlot: must be at least 1, but is {RunsPerSlot}";
        }
    }
}
