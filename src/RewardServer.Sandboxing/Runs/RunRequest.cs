using System.Collections.Immutable;

namespace RewardServer.Sandboxing.Runs;

/// <summary>One run of one untrusted program.</summary>
public sealed record RunRequest
{
    /// <summary>The language whose interpreter runs the program, by its name in <see cref="Pooling.SandboxPool.Languages"/>.</summary>
    public required string Language { get; init; }

    /// <summary>The most bytes of <see cref="Stdin"/>, and of all <see cref="Files"/> and <see cref="DataFiles"/> together.</summary>
    public const int MaxInputBytes = 64 << 20;

    /// <summary>The most bytes that come back of all <see cref="OutputFiles"/> together.</summary>
    public const int MaxOutputFileBytes = 64 << 20;

    /// <summary>The program's files. The first is the one that is compiled or run; the others stand beside it.</summary>
    public required ImmutableArray<SandboxFile> Files { get; init; }

    /// <summary>Files that stand beside the program when it runs, and that its compiler does not see: it is compiled once, whatever they hold.</summary>
    public ImmutableArray<SandboxFile> DataFiles { get; init; } = [];

    /// <summary>What the program reads from its standard input, to its end; at most <see cref="MaxInputBytes"/>.</summary>
    public ReadOnlyMemory<byte> Stdin { get; init; }

    /// <summary>
    /// Whether the program gets a pipe as descriptor 3, whose bytes come back as <see cref="RunResult.Report"/>.
    /// A harness reports through it, apart from what the candidate prints.
    /// </summary>
    public bool WithReport { get; init; }

    /// <summary>Paths, below the scratch folder, of files to bring back after the run; those that are not there are left out.</summary>
    public ImmutableArray<string> OutputFiles { get; init; } = [];

    /// <summary>Runs with a smaller number go before those with a larger one, where they wait.</summary>
    public int Priority { get; init; }

    /// <summary>Whether a fresh interpreter is wanted, never a fork of a warm one.</summary>
    public bool Fresh { get; init; }

    /// <summary>Whether assertions are checked that the language leaves unchecked by itself: those of Java.</summary>
    public bool Assertions { get; init; }

    /// <summary>What the run may use.</summary>
    public ResourceLimits Limits { get; init; } = ResourceLimits.Default;
}
