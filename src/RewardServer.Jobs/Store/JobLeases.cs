using System.Collections.Concurrent;

namespace RewardServer.Jobs.Store;

/// <summary>
/// The jobs that this server receives or grades. A lease ends by itself when its server is silent, so that another takes the job; each is renewed well before.
/// </summary>
public sealed class JobLeases
{
    private readonly JobDatabase database;
    private readonly ConcurrentDictionary<long, Lease> held = new();

    internal JobLeases(JobDatabase database, TimeSpan length) => (this.database, Length) = (database, length);

    /// <summary>How long a server may be silent.</summary>
    public TimeSpan Length { get; }

    /// <summary>Who this server is among those that share the store.</summary>
    public string Owner { get; } = $"{Environment.MachineName}-{Guid.NewGuid():N}";

    /// <summary>The numbers of the jobs that are held.</summary>
    internal ICollection<long> Held => held.Keys;

    internal long Milliseconds => (long)Length.TotalMilliseconds;

    /// <summary>Holds a job that this server received or claimed, until it is disposed of.</summary>
    public Lease Hold(long job, long attempt) => held[job] = new(this, job, attempt);

    /// <summary>Renews all. Those that are no more this server's are told so.</summary>
    /// <exception cref="JobStoreException">The store cannot be written.</exception>
    public async Task RenewAsync(CancellationToken cancellation)
    {
        foreach (var lease in held.Values)
        {
            var isOurs = await database.WriteAsync(
                async transaction => await transaction.ExecuteAsync(
                    $"UPDATE grading_jobs SET lease = {database.Dialect.Now} + @lease WHERE number = @number AND attempt = @attempt AND state IN ('receiving', 'running')",
                    cancellation,
                    ("lease", Milliseconds), ("number", lease.Job), ("attempt", lease.Attempt)).ConfigureAwait(false) > 0,
                cancellation).ConfigureAwait(false);
            if (!isOurs)
            {
                await lease.LoseAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Tells whoever works on the job here that it is no more this server's.</summary>
    internal Task LoseAsync(long job) => held.TryGetValue(job, out var lease) ? lease.LoseAsync() : Task.CompletedTask;

    /// <summary>One job that is held.</summary>
    public sealed class Lease : IDisposable
    {
        private readonly JobLeases leases;
        private readonly CancellationTokenSource lost = new();

        internal Lease(JobLeases leases, long job, long attempt) => (this.leases, Job, Attempt, Lost) = (leases, job, attempt, lost.Token);

        /// <summary>The job's number.</summary>
        public long Job { get; }

        /// <summary>By which attempt it is held.</summary>
        public long Attempt { get; }

        /// <summary>Cancelled when the job is no more this server's.</summary>
        public CancellationToken Lost { get; }

        /// <inheritdoc/>
        public void Dispose()
        {
            leases.held.TryRemove(new(Job, this));
            lost.Dispose();
        }

        internal async Task LoseAsync()
        {
            try
            {
                await lost.CancelAsync().ConfigureAwait(false);
            }
            catch (ObjectDisposedException)
            {
                // It was given back meanwhile: there is nobody to tell.
            }
        }
    }
}
