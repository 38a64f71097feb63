using RewardServer.Jobs.Tests.Store;

namespace RewardServer.Tests.Http.Jobs;

/// <summary>A new, empty place for jobs.</summary>
internal sealed class JobPlace : IDisposable
{
    private readonly string? folder;

    private JobPlace(string? folder, string name) => (this.folder, Name) = (folder, name);

    /// <summary>A folder, or how to reach PostgreSQL.</summary>
    public string Name { get; }

    public static async Task<JobPlace> NewAsync(string kind, PostgresCluster cluster)
    {
        var folder = kind == "postgres" ? null : Directory.CreateTempSubdirectory("rewardserver-jobs-").FullName;
        return new(folder, folder ?? await cluster.DatabaseAsync());
    }

    public void Dispose()
    {
        if (folder is not null)
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
