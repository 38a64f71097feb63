namespace RewardServer.Tests;

/// <summary>Where the repository is that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "RewardServer.sln")) ? folder : Find(Path.GetDirectoryName(folder)!);
}
