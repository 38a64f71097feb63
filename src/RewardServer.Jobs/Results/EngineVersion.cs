using System.Reflection;
using System.Security.Cryptography;
using RewardServer.Grading.Rubrics;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Symbolics.Equivalence;

namespace RewardServer.Jobs.Results;

/// <summary>
/// Which build this is: <c>0.1.0+4b5cd63a1b2c.9f86d081</c>. After the version stand the first digits of the commit, where the build knew one, and of a hash of what
/// grades, so that two builds of one commit whose sources differ are told apart. The same build has the same, wherever and however often it runs.
/// </summary>
public static class EngineVersion
{
    private const int CommitDigits = 12, HashDigits = 8;

    // What decides about a score. Compilers here are deterministic: a module's id is a hash of what it was made of.
    private static readonly Assembly[] Grading = [typeof(MathVerifier).Assembly, typeof(SandboxPool).Assembly, typeof(Rubric).Assembly, typeof(EngineVersion).Assembly];

    /// <summary>Of this program.</summary>
    public static string Current { get; } = Of(
        Grading[^1].GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0",
        Grading.Select(assembly => assembly.ManifestModule.ModuleVersionId));

    /// <summary>Of a build.</summary>
    /// <param name="informational">Its version, with the commit after a plus where it is known.</param>
    /// <param name="modules">The ids of the modules that grade.</param>
    private static string Of(string informational, IEnumerable<Guid> modules)
    {
        var parts = informational.Split('+', 2);
        var hash = Convert.ToHexStringLower(SHA256.HashData([.. modules.SelectMany(module => module.ToByteArray())]))[..HashDigits];
        return parts is [var version, { Length: > 0 } commit] ? $"{version}+{commit[..Math.Min(commit.Length, CommitDigits)]}.{hash}" : $"{parts[0]}+{hash}";
    }
}
