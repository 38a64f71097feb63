using System.Collections.Immutable;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Interpreters;

/// <summary>What a live interpreter begins with, and what it may use.</summary>
public sealed record InterpreterRequest
{
    /// <summary>CPU seconds that all cells together may use.</summary>
    public const double CpuSeconds = 3600;

    /// <summary>The longest that one may live, in seconds, however much it is used.</summary>
    public const double LifeSeconds = 24 * 3600;

    /// <summary>Memory of all its processes and its scratch files together, in MiB.</summary>
    public int MemoryMb { get; init; } = 1024;

    /// <summary>Processes and threads alive at once.</summary>
    public int Processes { get; init; } = 64;

    /// <summary>Files that stand in its folder.</summary>
    public ImmutableArray<SandboxFile> Files { get; init; } = [];

    /// <summary>Paths of files to bring back when it is closed; those that are not there are left out.</summary>
    public ImmutableArray<string> OutputFiles { get; init; } = [];

    /// <exception cref="ArgumentException">A limit or a path is out of its range.</exception>
    internal void Check(SandboxOptions options) => RequestCheck.Check(
        new RunRequest
        {
            Language = "python",
            Files = [new SandboxFile(".interpreter", default), .. Files],
            OutputFiles = OutputFiles,
            Limits = ResourceLimits.Default with { MemoryMb = MemoryMb, Processes = Processes },
        },
        options);
}
