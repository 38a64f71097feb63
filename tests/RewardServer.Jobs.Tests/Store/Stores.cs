using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
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

    /// <summary>Another server that opens it. Its leases last longer than any test.</summary>
    public JobStore Open()
    {
        open.Add(new(postgres is null ? new SqliteDialect(File, patienceSeconds: 1) : new PostgresDialect(postgres), TimeSpan.FromMinutes(10)));
        return open[^1];
    }

    /// <summary>Ends the leases of all jobs, as if their servers had been silent for too long.</summary>
    public async Task EndLeasesAsync()
    {
        await using DbConnection connection = postgres is null ? new SqliteConnection($"Data Source={File};Pooling=False;Default Timeout=30") : new NpgsqlConnection(postgres);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE grading_jobs SET lease = 0";
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
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
