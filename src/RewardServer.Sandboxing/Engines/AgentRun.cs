using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Engines;

/// <summary>A run as the agent is asked for it.</summary>
internal sealed record AgentRun(
    IReadOnlyList<string> Arguments,
    IReadOnlyList<string> Environment,
    IReadOnlyList<SandboxFile> Files,
    ReadOnlyMemory<byte> Stdin,
    ResourceLimits Limits)
{
    /// <summary>Whether the program gets a pipe as descriptor 3.</summary>
    public bool WithReport { get; init; }

    /// <summary>Whether the slot's resident runs it.</summary>
    public bool ByResident { get; init; }

    /// <summary>Whether the scratch stays as the program leaves it, for the next run of a session.</summary>
    public bool KeepsScratch { get; init; }

    /// <summary>Whether its input goes on after <see cref="Stdin"/> with what comes while it runs; it ends when it writes more than is kept.</summary>
    public bool IsStreamed { get; init; }

    /// <summary>Which of the processors it is to stay on, counted among those that the slot may use; null for any.</summary>
    public int? Processor { get; init; }

    /// <summary>Paths of the files to send back, at most 64.</summary>
    public IReadOnlyList<string> OutputFiles { get; init; } = [];
}

/// <summary>A file that a run left and that was asked for.</summary>
/// <param name="Path">As it was asked for.</param>
/// <param name="Content">Its bytes; empty where it is too large.</param>
/// <param name="Executable">Whether its owner may execute it.</param>
/// <param name="TooLarge">Whether it was not sent for its size.</param>
internal sealed record AgentFile(string Path, ReadOnlyMemory<byte> Content, bool Executable, bool TooLarge);

/// <summary>What ended a run, as the agent numbers it.</summary>
internal enum AgentCause
{
    Ended,
    CpuLimit,
    WallLimit,
    Cancelled,

    /// <summary>Others kept it from the processors until the agent's patience ended; the fault says so.</summary>
    Starved,

    /// <summary>It was over its memory in a slot whose cgroup only its engine can change.</summary>
    MemoryLimit,

    /// <summary>Its input was streamed, and it wrote more to a stream than is kept.</summary>
    OutputLimit,
}

/// <summary>What the agent says of a run that is over.</summary>
internal sealed record AgentAnswer
{
    public required AgentCause Cause { get; init; }

    /// <summary>The status of wait(2).</summary>
    public required uint WaitStatus { get; init; }

    public required ulong UserMicroseconds { get; init; }

    public required ulong SystemMicroseconds { get; init; }

    public required ulong WallMicroseconds { get; init; }

    public required ulong PeakBytes { get; init; }

    public required ulong StdoutBytes { get; init; }

    public required ulong StderrBytes { get; init; }

    public required ulong OomKills { get; init; }

    public required ulong RefusedForks { get; init; }

    /// <summary>Retired in user mode; 0 where they are not counted.</summary>
    public required ulong Instructions { get; init; }

    /// <summary>Why nothing is known of the program, such as that it could not be started; else empty.</summary>
    public required string Fault { get; init; }

    /// <summary>Why the slot must not be used again; empty where it may.</summary>
    public required string Anomaly { get; init; }

    public ReadOnlyMemory<byte> Stdout { get; init; }

    public ReadOnlyMemory<byte> Stderr { get; init; }

    public ReadOnlyMemory<byte> Report { get; init; }

    /// <summary>Those of the files that were asked for which are there.</summary>
    public IReadOnlyList<AgentFile> Files { get; init; } = [];
}

/// <summary>The slot is of no use any more: its agent is gone, or said something that it must not.</summary>
internal sealed class SlotBrokenException : Exception
{
    public SlotBrokenException()
    {
    }

    public SlotBrokenException(string message)
        : base(message)
    {
    }

    public SlotBrokenException(string message, Exception cause)
        : base(message, cause)
    {
    }

    /// <summary>
    /// Whether a program may have done it: the agent died or broke the protocol while it had one to run. What was slow,
    /// or failed before a program was there, is never a program's doing.
    /// </summary>
    public bool MayBeProgram { get; init; }
}
