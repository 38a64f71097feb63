using RewardServer.Jobs.Store;

namespace RewardServer.Hosting;

/// <summary>Settings of jobs (section "Jobs" of the configuration).</summary>
public sealed record JobOptions
{
    /// <summary>How to reach the PostgreSQL database that keeps them, as Npgsql writes it; where silent, they are in a SQLite file in Storage:Folder.</summary>
    public string? Postgres { get; init; }

    /// <summary>How many jobs this server grades at once.</summary>
    public int Parallel { get; init; } = 1;

    /// <summary>The largest upload, in MiB, as it is sent and unpacked.</summary>
    public int MaxBodyMb { get; init; } = 4096;

    /// <summary>The largest upload, in bytes.</summary>
    public long MaxBodyBytes => (long)MaxBodyMb << 20;

    /// <summary>The most jobs that wait; the next is answered 429.</summary>
    public int MaxWaiting { get; init; } = 1000;

    /// <summary>The most calls that follow jobs, for their results or events; the next is answered 429.</summary>
    public int MaxFollowers { get; init; } = 256;

    /// <summary>How many days a job stays after its end; 0 for ever.</summary>
    public double RetentionDays { get; init; } = 30;

    /// <summary>How long a job stays after its end; null for ever.</summary>
    public TimeSpan? Retention => RetentionDays == 0 ? null : TimeSpan.FromDays(RetentionDays);

    /// <summary>How many seconds a server may be silent before its jobs are gone on with: by another, or by itself when it was started again.</summary>
    public int LeaseSeconds { get; init; } = (int)JobStore.DefaultLease.TotalSeconds;

    /// <summary>Everything that is wrong with these settings.</summary>
    public IEnumerable<string> Errors()
    {
        if (Postgres is not null && PostgresDialect.ErrorOf(Postgres) is { } error)
        {
            yield return $"Jobs:Postgres: {error}";
        }

        if (Parallel is < 1 or > 64)
        {
            yield return $"Jobs:Parallel: must be from 1 to 64, but is {Parallel}";
        }

        if (MaxBodyMb is < 1 or > 1_000_000)
        {
            yield return $"Jobs:MaxBodyMb: must be from 1 to 1000000, but is {MaxBodyMb}";
        }

        if (MaxWaiting is < 1 or > 100_000)
        {
            yield return $"Jobs:MaxWaiting: must be from 1 to 100000, but is {MaxWaiting}";
        }

        if (MaxFollowers is < 1 or > 100_000)
        {
            yield return $"Jobs:MaxFollowers: must be from 1 to 100000, but is {MaxFollowers}";
        }

        if (RetentionDays is not (>= 0 and <= 36_500))
        {
            yield return $"Jobs:RetentionDays: must be from 0 to 36500, but is {RetentionDays}";
        }

        if (LeaseSeconds is < 2 or > 3600)
        {
            yield return $"Jobs:LeaseSeconds: must be from 2 to 3600, but is {LeaseSeconds}";
        }
    }
}
