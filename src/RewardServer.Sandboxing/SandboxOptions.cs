namespace RewardServer.Sandboxing;

/// <summary>Settings of the sandbox (section "Sandbox" of the configuration).</summary>
public sealed record SandboxOptions
{
    /// <summary>Which engine: "auto" (the best that is there), "local", or "none" (no code is run).</summary>
    public string Engine { get; init; } = "auto";

    /// <summary>Programs that run at once; 0 for one a core.</summary>
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
}
