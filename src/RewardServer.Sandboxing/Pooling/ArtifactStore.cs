using System.Text;
using RewardServer.Sandboxing.Languages;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Pooling;

/// <summary>What compilers made: a program is compiled once, however many tests it has and however often it comes.</summary>
internal static class ArtifactStore
{
    /// <summary>An empty store.</summary>
    /// <param name="mostBytes">Of all artifacts and compilers' words together.</param>
    public static ContentStore<Compilation> Of(long mostBytes) => new(mostBytes, SizeOf, IsTheSameAlways);

    /// <summary>The hash of all that a compilation depends on.</summary>
    public static string KeyOf(Language language, IReadOnlyList<SandboxFile> files) => ContentKey.Of(
        [Encoding.UTF8.GetBytes(language.Name), .. files.SelectMany(file => new[] { Encoding.UTF8.GetBytes(file.Path), file.Content })]);

    private static long SizeOf(Compilation made) =>
        1024 + made.Run.Stdout.Length + made.Run.Stderr.Length + made.Artifacts.Sum(file => (long)file.Content.Length);

    // Not what depends on the load of the machine, nor a fault of ours.
    private static bool IsTheSameAlways(Compilation compilation) =>
        compilation.Succeeded || compilation.Run.Status is RunStatus.NonZeroExit or RunStatus.Ok;
}
