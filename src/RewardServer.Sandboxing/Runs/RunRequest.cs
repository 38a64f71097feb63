using System.Collections.Immutable;

namespace RewardServer.Sandboxing.Runs;

/// <summary>One run of one untrusted program.</summary>
public sealed record RunRequest
{
    /// <summary>The language whose interpreter runs the program, by its name in <see cref="Pooling.SandboxPool.Languages"/>.</summary>
    public required string Language { get; init; }

    /// <summary>The most bytes of <see cref="Stdin"/>, and of all <see cref="Files"/> together.</summary>
    public const int MaxInputBytes = 64 << 20;

    /// <summary>The program's files. The first is the one that is run.</summary>
    public required ImmutableArray<SandboxFile> Files { get; init; }

    /// <summary>What the program reads from its standard input, to its end; at most <see cref="MaxInputBytes"/>.</summary>
    public ReadOnlyMemory<byte> Stdin { get; init; }

    /// <summary>
    /// Whether the program gets a pipe as descriptor 3, whose bytes come back as <see cref="RunResult.Report"/>.
    /// A harness reports through it, apart from what the candidate prints.
    /// </summary>
    public bool WithReport { get; init; }

    /// <summary>What the run may use.</summary>
    public ResourceLimits Limits { get; init; } = ResourceLimits.Default;
}
