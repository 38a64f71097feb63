using System.Collections.Immutable;

namespace RewardServer.Sandboxing.Runs;

/// <summary>What became of a compilation.</summary>
/// <param name="Run">The compiler's own run. Its times are those of when it ran: a program that is known is not compiled again.</param>
/// <param name="Artifacts">What it made; empty where it failed.</param>
public sealed record Compilation(RunResult Run, ImmutableArray<SandboxFile> Artifacts)
{
    /// <summary>Whether it made a program.</summary>
    public bool Succeeded => !Artifacts.IsDefaultOrEmpty;
}
