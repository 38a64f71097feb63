using System.Globalization;

namespace RewardServer.Jobs.Store;

/// <summary>Jobs, their rows and their results in one database, which outlive the server, and which several servers may share.</summary>
public sealed class JobStore : IDisposable
{
    /// <summary>How long a server may be silent before another takes its jobs, where nobody says otherwise.</summary>
    public static TimeSpan DefaultLease { get; } = TimeSpan.FromSeconds(15);

    private readonly JobDatabase database;

    /// <summary>A store, which is opened with its first use.</summary>
    /// <param name="dialect">The database; the store closes it.</param>
    /// <param name="lease">How long a server may be silent before another takes its jobs.</param>
    public JobStore(StoreDialect dialect, TimeSpan? lease = null)
    {
        database = new(dialect);
        Leases = new(database, lease ?? DefaultLease);
        Removal = new(database, Leases);
        Uploads = new(database, Leases, Removal);
        Runs = new(database, Leases);
        Retries = new(database, Leases);
        Results = new(database);
    }

    /// <summary>The jobs that this server works on.</summary>
    public JobLeases Leases { get; }

    /// <summary>Takes new jobs.</summary>
    public JobUploads Uploads { get; }

    /// <summary>Grades jobs.</summary>
    public JobRuns Runs { get; }

    /// <summary>Lets jobs that have ended go on, and grades failed rows anew.</summary>
    public JobRetries Retries { get; }

    /// <summary>Reads results.</summary>
    public JobResults Results { get; }

    /// <summary>Cancels and removes jobs.</summary>
    public JobRemoval Removal { get; }

    /// <summary>The job of that name; null where there is none.</summary>
    /// <exception cref="JobStoreException">The store cannot be read.</exception>
    public async Task<Job?> FindAsync(string id, CancellationToken cancellation) =>
        (await SelectAsync("WHERE id = @id AND state <> 'removing'", cancellation, ("id", id)).ConfigureAwait(false)).FirstOrDefault();

    /// <summary>Jobs, the newest first.</summary>
    /// <param name="state">Only those of it; null for all.</param>
    /// <param name="before">Only those with a smaller number.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="JobStoreException">The store cannot be read.</exception>
    public Task<List<Job>> ListAsync(JobState? state, long before, int most, CancellationToken cancellation) => SelectAsync(
        $"WHERE number < @before AND {(state is null ? "state <> 'removing'" : "state = @state")} ORDER BY number DESC LIMIT @most",
        cancellation,
        ("before", before), ("most", (long)most), ("state", state is { } one ? JobRecord.NameOf(one) : ""));

    /// <summary>How many jobs there are in each state.</summary>
    /// <exception cref="JobStoreException">The store cannot be read.</exception>
    public Task<Dictionary<JobState, long>> CountAsync(CancellationToken cancellation) => database.ReadAsync(
        async connection =>
        {
            await using var command = connection.Command("SELECT state, COUNT(*) FROM grading_jobs GROUP BY state");
            await using var records = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            var counts = new Dictionary<JobState, long>();
            while (await records.ReadAsync(cancellation).ConfigureAwait(false))
            {
                counts[Enum.Parse<JobState>(records.GetString(0), ignoreCase: true)] = Convert.ToInt64(records.GetValue(1), CultureInfo.InvariantCulture);
            }

            return counts;
        },
        [],
        cancellation);

    /// <inheritdoc/>
    public void Dispose() => database.Dispose();

    private Task<List<Job>> SelectAsync(string which, CancellationToken cancellation, params (string Name, object? Value)[] values) => database.ReadAsync(
        async connection =>
        {
            await using var command = connection.Command($"SELECT {JobRecord.Columns(database.Dialect)} FROM grading_jobs {which}", values);
            await using var records = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            var jobs = new List<Job>();
            while (await records.ReadAsync(cancellation).ConfigureAwait(false))
            {
                jobs.Add(JobRecord.Read(records));
            }

            return jobs;
        },
        [],
        cancellation);
}
