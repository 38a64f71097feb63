namespace RewardServer.Grading.Graders.Custom.Scripts;

/// <summary>Settings of one script (a member of the section "Scripts" of the configuration, by the script's name).</summary>
public sealed record ScriptOptions
{
    private const double Largest = 1_000_000;

    /// <summary>The script's file; a relative path is looked up from the working folder.</summary>
    public string Path { get; init; } = "";

    /// <summary>Seconds that it has for one item.</summary>
    public double TimeoutSeconds { get; init; } = 10;

    /// <summary>The most processes that run it at once, each an item at a time.</summary>
    public int Processes { get; init; } = 2;

    /// <summary>The most memory that its objects may take in one process, in MiB.</summary>
    public int MemoryMb { get; init; } = 512;

    /// <summary>The most items that wait for a process; one more is turned away.</summary>
    public int MaxQueued { get; init; } = 100_000;

    /// <summary>The lowest score that it gives.</summary>
    public double Low { get; init; }

    /// <summary>The highest score that it gives.</summary>
    public double High { get; init; } = 1;

    /// <summary>Everything that is wrong with these settings, each beginning with the setting's name.</summary>
    public IEnumerable<string> Errors()
    {
        if (string.IsNullOrWhiteSpace(Path))
        {
            yield return "Path: is required";
        }

        if (TimeoutSeconds is not (>= 0.01 and <= 3600))
        {
            yield return $"TimeoutSeconds: must be from 0.01 to 3600, but is {TimeoutSeconds}";
        }

        if (Processes is < 1 or > 256)
        {
            yield return $"Processes: must be from 1 to 256, but is {Processes}";
        }

        if (MemoryMb is < 64 or > 1_000_000)
        {
            yield return $"MemoryMb: must be from 64 to 1000000, but is {MemoryMb}";
        }

        if (MaxQueued is < 0 or > 10_000_000)
        {
            yield return $"MaxQueued: must be from 0 to 10000000, but is {MaxQueued}";
        }

        if (!(Math.Abs(Low) <= Largest && Math.Abs(High) <= Largest && Low <= High))
        {
            yield return $"Low, High: must be from -{Largest} to {Largest}, the lower first, but are {Low} and {High}";
        }
    }
}
