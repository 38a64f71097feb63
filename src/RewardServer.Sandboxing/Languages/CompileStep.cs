using System.Collections.Immutable;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Languages;

/// <summary>How a program is compiled.</summary>
/// <param name="Command">The compiler's command line; empty where the slot's resident compiles.</param>
/// <param name="Artifacts">The paths of what it makes. The first one must be there, or it has failed.</param>
internal sealed record CompileStep(ImmutableArray<string> Command, ImmutableArray<string> Artifacts)
{
    /// <summary>What a compiler may use, whatever its program may: a template can take it all.</summary>
    public ResourceLimits Limits { get; init; } = new(30, 60, 1024, 64, 256) { FileKb = 64 << 10 };

    /// <summary>
    /// Puts a program's files into the resident's input, whose output is then the first artifact; null where a command
    /// line compiles.
    /// </summary>
    public Func<IReadOnlyList<SandboxFile>, byte[]>? BundleForResident { get; init; }
}
