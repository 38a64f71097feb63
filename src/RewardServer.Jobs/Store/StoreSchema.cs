using System.Data.Common;
using System.Globalization;

namespace RewardServer.Jobs.Store;

/// <summary>The tables of jobs. A change is a further version, and one more step here.</summary>
internal static class StoreSchema
{
    /// <summary>The version that this program reads and writes.</summary>
    public const long Version = 2;

    /// <summary>Makes what is missing.</summary>
    /// <exception cref="JobStoreException">A newer program made the tables.</exception>
    public static async Task MakeAsync(DbConnection connection, StoreDialect dialect, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation).ConfigureAwait(false);
        await transaction.ExecuteAsync($"{dialect.LockTables} CREATE TABLE IF NOT EXISTS grading_schema (version BIGINT NOT NULL);", cancellation).ConfigureAwait(false);
        await using var asked = connection.Command("SELECT COALESCE(MAX(version), 0) FROM grading_schema");
        asked.Transaction = transaction;
        var found = Convert.ToInt64(await asked.ExecuteScalarAsync(cancellation).ConfigureAwait(false), CultureInfo.InvariantCulture);
        if (found > Version)
        {
            throw new JobStoreException(StoreFault.Damaged, $"The jobs are kept in version {found}, by a newer server; this one reads {Version}.");
        }

        if (found < 1)
        {
            await transaction.ExecuteAsync(First(dialect), cancellation).ConfigureAwait(false);
        }

        if (found < 2)
        {
            // Whether failed rows are to be graded anew.
            await transaction.ExecuteAsync("ALTER TABLE grading_jobs ADD COLUMN retry BIGINT NOT NULL DEFAULT 0", cancellation).ConfigureAwait(false);
            await transaction.ExecuteAsync("INSERT INTO grading_schema (version) VALUES (@version)", cancellation, ("version", Version)).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellation).ConfigureAwait(false);
    }

    // Times in milliseconds since 1970. What "last_line" is not beyond has all its results: both change in one transaction.
    private static string First(StoreDialect dialect) => $"""
        CREATE TABLE grading_jobs (
            number {dialect.Counted},
            id TEXT NOT NULL UNIQUE,
            state TEXT NOT NULL,
            settings TEXT NOT NULL,
            rubric TEXT NOT NULL,
            rubric_hash TEXT NOT NULL,
            definition TEXT NOT NULL,
            content TEXT NOT NULL DEFAULT '',
            row_count BIGINT NOT NULL DEFAULT 0,
            rows_done BIGINT NOT NULL DEFAULT 0,
            scored BIGINT NOT NULL DEFAULT 0,
            skipped BIGINT NOT NULL DEFAULT 0,
            failed BIGINT NOT NULL DEFAULT 0,
            reward_sum DOUBLE PRECISION NOT NULL DEFAULT 0,
            last_line BIGINT NOT NULL DEFAULT 0,
            created BIGINT NOT NULL,
            started BIGINT,
            ended BIGINT,
            run_started BIGINT,
            run_done BIGINT NOT NULL DEFAULT 0,
            fault TEXT,
            owner TEXT NOT NULL,
            lease BIGINT NOT NULL,
            attempt BIGINT NOT NULL DEFAULT 1);
        CREATE INDEX grading_jobs_state ON grading_jobs (state, number);
        CREATE TABLE grading_rows (job BIGINT NOT NULL, line BIGINT NOT NULL, content {dialect.Bytes}, error TEXT, PRIMARY KEY (job, line));
        CREATE TABLE grading_results (job BIGINT NOT NULL, line BIGINT NOT NULL, sample BIGINT NOT NULL, result {dialect.Bytes} NOT NULL, PRIMARY KEY (job, line, sample));
        """;
}
