namespace RewardServer.Training.Planning;

/// <summary>What memory a run takes, in bytes.</summary>
public sealed record MemoryPlan
{
    /// <summary>The policy, with all that it is trained by.</summary>
    public required ModelMemory Policy { get; init; }

    /// <summary>Models that are asked and do not learn, on the device.</summary>
    public required long Asked { get; init; }

    /// <summary>Models that learn beside the policy, on the device.</summary>
    public required long Learning { get; init; }

    /// <summary>What the CPU keeps for the device.</summary>
    public required long Host { get; init; }

    /// <summary>A forward and backward pass.</summary>
    public required PassMemory Pass { get; init; }

    /// <summary>A step of the optimizer, on the device.</summary>
    public required long Step { get; init; }

    /// <summary>Sequences that are generated at once.</summary>
    public required GenerationMemory Generation { get; init; }

    /// <summary>How many those are.</summary>
    public required int Sequences { get; init; }

    /// <summary>What is on the device all the time.</summary>
    public long Resident => Policy.Device + Asked + Learning;

    /// <summary>The most that is on the device at once: a run generates, computes gradients and takes steps in turn.</summary>
    public long Device => Resident + Math.Max(Math.Max(Pass.All, Generation.All), Step);

    /// <summary>
    /// What is there at once in any case: what a pass or a prompt computes on its way is an estimate from above, of which a CPU was measured to take half and more.
    /// </summary>
    public long Least => Resident + Math.Max(Math.Max(Pass.All / 2, Generation.Cache + Generation.Writing / 2), Step);

    /// <summary>Its parts in words.</summary>
    public override string ToString()
    {
        (string Name, long Bytes)[] parts =
        [
            ("weights", Policy.Weights + Policy.Angles), ("masters", Policy.Masters), ("gradients", Policy.Gradients), ("the optimizer's means", Policy.Means),
            ("other models", Asked + Learning), ("a pass", Pass.All), ($"{Sequences} sequences at once", Generation.All), ("a step of the optimizer", Step),
        ];
        var host = Host > 0 ? $"; of main memory {Words(Host)}" : "";
        return $"{Words(Device)} at most: {string.Join(", ", parts.Where(part => part.Bytes > 0).Select(part => $"{part.Name} {Words(part.Bytes)}"))}{host}";
    }

    /// <summary>Bytes in words: 23.6 GB, 512 MB.</summary>
    public static string Words(long bytes) => bytes >= 1_000_000_000
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB")
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Math.Ceiling(bytes / 1e6):0} MB");
}
