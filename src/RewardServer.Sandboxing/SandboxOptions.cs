namespace RewardServer.Sandboxing;

/// <summary>Settings of the sandbox (section "Sandbox" of the configuration).</summary>
public sealed record SandboxOptions
{
    /// <summary>The most slots that a pool can have.</summary>
    public const int MaxSlots = 256;

    /// <summary>
    /// Which engine: "docker", "local", "none" (no code is run), or "auto": docker where an engine answers that has our
    /// images, else local.
    /// </summary>
    public string Engine { get; init; } = "auto";

    /// <summary>How the container engine is reached.</summary>
    public DockerOptions Docker { get; init; } = new();

    /// <summary>Programs that run at once, at most <see cref="MaxSlots"/>; 0 for one a core.</summary>
    public int Slots { get; init; }

    /// <summary>Size of a run's scratch folder in MiB, which counts towards its memory.</summary>
    public int ScratchMb { get; init; } = 256;

    /// <summary>Files and folders that a run may have in its scratch folder.</summary>
    public int ScratchInodes { get; init; } = 4096;

    /// <summary>Runs after which a slot is made anew.</summary>
    public int RunsPerSlot { get; init; } = 10_000;

    /// <summary>Kinds of slots that each place keeps warm, where several languages are in use.</summary>
    public int WarmKinds { get; init; } = 4;

    /// <summary>The most programs that wait for a slot; one more is turned away.</summary>
    public int MaxQueued { get; init; } = 100_000;

    /// <summary>Compiled programs that are kept, in MiB.</summary>
    public int ArtifactMb { get; init; } = 256;

    /// <summary>The most sessions at once.</summary>
    public int MaxSessions { get; init; } = 32;

    /// <summary>Minutes after which a session that nobody uses is closed.</summary>
    public double SessionIdleMinutes { get; init; } = 10;

    /// <summary>Whether Python programs run in forks of a warm interpreter, where they allow it.</summary>
    public bool PythonZygote { get; init; } = true;

    /// <summary>
    /// Whether code may run where the memory of a run can be limited only a process at a time,
    /// because no memory cgroup is writable.
    /// </summary>
    public bool AllowWithoutMemoryCgroup { get; init; }

    /// <summary>Everything that is wrong with these settings, each beginning with the setting's name.</summary>
    public IEnumerable<string> Errors()
    {
        if (Engine is not ("auto" or "docker" or "local" or "none"))
        {
            yield return $"Engine: '{Engine}' is not an engine; there are: auto, docker, local, none";
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

        if (WarmKinds is < 1 or > 64)
        {
            yield return $"WarmKinds: must be from 1 to 64, but is {WarmKinds}";
        }

        if (MaxQueued is < 0 or > 10_000_000)
        {
            yield return $"MaxQueued: must be from 0 to 10000000, but is {MaxQueued}";
        }

        if (ArtifactMb is < 0 or > 65536)
        {
            yield return $"ArtifactMb: must be from 0 to 65536, but is {ArtifactMb}";
        }

        if (MaxSessions is < 0 or > MaxSlots)
        {
            yield return $"MaxSessions: must be from 0 to {MaxSlots}, but is {MaxSessions}";
        }

        if (SessionIdleMinutes is not (> 0 and <= 1440))
        {
            yield return $"SessionIdleMinutes: must be above 0 and at most 1440, but is {SessionIdleMinutes}";
        }

        foreach (var error in Docker.Errors())
        {
            yield return "Docker:" + error;
        }

        if (RunsPerSlot < 1)
        {
            yield return $"RunsPerSlot: must be at least 1, but is {RunsPerSlot}";
        }
    }
}
