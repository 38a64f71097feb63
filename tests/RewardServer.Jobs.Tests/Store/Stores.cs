using RewardServer.Jobs.Store;

namespace RewardServer.Jobs.Tests.Store;

/// <summary>A new, empty place for jobs of one kind, which several servers can open.</summary>
internal sealed class Stores : IDisposable
{
    private readonly List<JobStore> open = [];
    private readonly string? folder;
    private readonly string? postgres;

    private Stores(string? folder, string? postgres) => (this.folder, this.postgres) = (folder, postgres);

    public string File => Path.Combine(folder!, "jobs.db");

    public static async Task<Stores> NewAsync(string kind, PostgresCluster cluster) =>
        kind == "postgres" ? new(null, await cluster.DatabaseAsync()) : new(Directory.CreateTempSubdirectory("rewardserver-jobs-").FullName, null);

    /// <summary>Another server that opens it.</summary>
    public JobStore Open(TimeSpan? lease = null)
    {
        open.Add(new(postgres is null ? new SqliteDialect(File, patienceSeconds: 1) : new PostgresDialect(postgres), lease));
        return open[^1];
    }

    public void Dispose()
    {
        open.ForEach(store => store.Dispose());
        if (folder is not null)
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
