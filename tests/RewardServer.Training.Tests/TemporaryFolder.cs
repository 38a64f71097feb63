namespace RewardServer.Training.Tests;

/// <summary>A folder that is gone after a test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("rewardserver-").FullName;

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public TemporaryFolder With(string name, string content)
    {
        System.IO.File.WriteAllText(File(name), content);
        return this;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
