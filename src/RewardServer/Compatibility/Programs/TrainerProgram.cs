using System.Collections.Immutable;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Compatibility.Programs;

/// <summary>A program that a trainer sends to be run, as the protocols of sandboxes have it.</summary>
/// <param name="Language">Its language, by any name that trainers have for it; "pytest" for Python whose tests pytest runs.</param>
/// <param name="Code">Its text.</param>
internal sealed record TrainerProgram(string Language, string Code)
{
    /// <summary>What it reads from standard input, to its end.</summary>
    public ReadOnlyMemory<byte> Stdin { get; init; }

    /// <summary>Files that stand beside it; <see cref="ForeignFiles"/> reads them.</summary>
    public ImmutableArray<SandboxFile> Files { get; init; } = [];

    /// <summary>Paths, below the scratch folder, of files that come back.</summary>
    public ImmutableArray<string> OutputFiles { get; init; } = [];

    /// <summary>How long it may run, in seconds; what is above <see cref="ResourceLimits.Ceiling"/> counts as that.</summary>
    public double RunSeconds { get; init; } = 10;

    /// <summary>
    /// Its memory in MiB, from 16; 0 or less where the trainer sets no limit, which is 4096, as in the isolation "lite" of
    /// SandboxFusion (sandbox/runners/base.py). What is above counts as that.
    /// </summary>
    public double MemoryMb { get; init; } = -1;

    /// <summary>Whether it gets descriptor 3, whose bytes come back as <see cref="RunResult.Report"/>.</summary>
    public bool WithReport { get; init; }
}
