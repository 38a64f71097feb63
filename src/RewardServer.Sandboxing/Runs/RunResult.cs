using System.Collections.Immutable;

namespace RewardServer.Sandboxing.Runs;

/// <summary>What became of one run.</summary>
public sealed record RunResult
{
    /// <summary>How it ended.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>What went wrong on our side, for <see cref="RunStatus.SandboxFault"/>; else null.</summary>
    public string? Fault { get; init; }

    /// <summary>The exit code, 0 to 255; null where a signal ended it.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The number of the signal that ended it; null where it exited.</summary>
    public int? Signal { get; init; }

    /// <summary>The first bytes of standard output, up to the limit.</summary>
    public ReadOnlyMemory<byte> Stdout { get; init; }

    /// <summary>The first bytes of standard error, up to the limit.</summary>
    public ReadOnlyMemory<byte> Stderr { get; init; }

    /// <summary>The first 64 KiB written to descriptor 3, where <see cref="RunRequest.WithReport"/> asked for it.</summary>
    public ReadOnlyMemory<byte> Report { get; init; }

    /// <summary>Those of the files that were asked for which it left.</summary>
    public ImmutableArray<OutputFile> Files { get; init; } = [];

    /// <summary>What became of its compilation; null where the language has none, or where it was not come to.</summary>
    public Compilation? Compilation { get; init; }

    /// <summary>All bytes that were written to standard output, those dropped too.</summary>
    public long StdoutBytes { get; init; }

    /// <summary>All bytes that were written to standard error, those dropped too.</summary>
    public long StderrBytes { get; init; }

    /// <summary>User time of all its processes, in seconds.</summary>
    public double UserSeconds { get; init; }

    /// <summary>System time of all its processes, in seconds.</summary>
    public double SystemSeconds { get; init; }

    /// <summary>
    /// From exec to end, in seconds, as a clock on the wall shows it. Above the limit without a
    /// <see cref="RunStatus.WallTimeLimit"/> where the program waited for a processor meanwhile, which is not charged.
    /// </summary>
    public double WallSeconds { get; init; }

    /// <summary>
    /// Instructions that all its processes retired in user mode, where the processor counts them and the kernel lets the
    /// sandbox ask (perf_event_open; not in containers); else null.
    /// </summary>
    public long? Instructions { get; init; }

    /// <summary>The most memory it held at once, in MiB.</summary>
    public double PeakMemoryMb { get; init; }

    /// <summary>How long it waited for a free slot, in seconds; never charged to the program.</summary>
    public double QueueSeconds { get; init; }
}
