namespace RewardServer.Sandboxing.Runs;

/// <summary>What one run of an untrusted program may use. Every value is positive, and none above its ceiling.</summary>
/// <param name="CpuSeconds">User plus system time of all the run's processes together, in seconds.</param>
/// <param name="WallSeconds">Elapsed time from exec to end, in seconds. Waiting for a slot is not counted, nor is waiting
/// for a processor, up to 4 times this and 10 seconds.</param>
/// <param name="MemoryMb">Memory of all the run's processes and its scratch files together, in MiB.</param>
/// <param name="Processes">Processes and threads alive at once.</param>
/// <param name="OutputKb">Bytes kept of each output stream, in KiB. What is over it is counted and dropped.</param>
public sealed record ResourceLimits(
    double CpuSeconds, double WallSeconds, int MemoryMb, int Processes, int OutputKb)
{
    /// <summary>The largest file that it may write, in KiB; null for <see cref="OutputKb"/>.</summary>
    public int? FileKb { get; init; }

    /// <summary>Descriptors that a process of it may have open.</summary>
    public int OpenFiles { get; init; } = 512;

    /// <summary>What a run gets where its request is silent.</summary>
    public static ResourceLimits Default { get; } = new(10, 20, 512, 32, 1024);

    /// <summary>The most that a request may ask for.</summary>
    public static ResourceLimits Ceiling { get; } = new(120, 300, 4096, 256, 65536) { FileKb = 1 << 20, OpenFiles = 4096 };
}
