using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using RewardServer.Grading.Graders;
using RewardServer.Jobs.Results;

namespace RewardServer.Jobs.Store;

/// <summary>Lets jobs that have ended go on, and puts results in the place of those that failed by a fault of ours: each row has its results once all the while.</summary>
public sealed class JobRetries
{
    // A list of numbers in one statement.
    private const int Together = 500;

    private readonly JobDatabase database;
    private readonly JobLeases leases;

    internal JobRetries(JobDatabase database, JobLeases leases) => (this.database, this.leases) = (database, leases);

    /// <summary>Lets a job that has ended wait for its turn again, where rows of it failed or have no results yet: these are then graded, and all others stay.</summary>
    /// <returns>Whether it had ended, and there is something to grade.</returns>
    /// <exception cref="JobStoreException">The store cannot be written.</exception>
    public Task<bool> BeginAsync(Job job, CancellationToken cancellation) => database.WriteAsync(
        async transaction => await transaction.ExecuteAsync(
            """
            UPDATE grading_jobs SET state = 'waiting', retry = 1, fault = NULL, ended = NULL
            WHERE number = @number AND state IN ('done', 'cancelled', 'broken') AND (failed > 0 OR rows_done < row_count)
            """,
            cancellation,
            ("number", job.Number)).ConfigureAwait(false) > 0,
        cancellation);

    /// <summary>The rows with results that failed.</summary>
    /// <param name="job">The job's number.</param>
    /// <param name="after">Only rows behind it.</param>
    /// <param name="last">The last row that is looked at.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="JobStoreException">The store cannot be read.</exception>
    public Task<HashSet<long>> FailedAsync(long job, long after, long last, CancellationToken cancellation) => database.ReadAsync(
        async connection =>
        {
            await using var command = connection.Command(
                "SELECT line, sample, result FROM grading_results WHERE job = @job AND line > @after AND line <= @last ORDER BY line", ("job", job), ("after", after), ("last", last));
            var failed = new HashSet<long>();
            await ReadAsync(command, line => _ = line.Outcome == Outcome.Failed && failed.Add(line.Row), cancellation).ConfigureAwait(false);
            return failed;
        },
        [],
        cancellation);

    /// <summary>Puts results in the place of those that their rows had, and counts them instead, in one transaction.</summary>
    /// <param name="job">The job as it was claimed.</param>
    /// <param name="lines">All results of these rows.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What the job's results then come to.</returns>
    /// <exception cref="JobStoreException">The store cannot be written. It may be tried again.</exception>
    /// <exception cref="JobLostException">The job is no more this server's.</exception>
    public Task<RunTally> ReplaceAsync(Job job, IReadOnlyList<ResultLine> lines, CancellationToken cancellation) => database.WriteAsync(
        async transaction =>
        {
            // First of all, so that nobody else writes until the end.
            await ChangeAsync(transaction, job, $"lease = {database.Dialect.Now} + @lease", cancellation, ("lease", leases.Milliseconds)).ConfigureAwait(false);
            var old = RunTally.Start;
            foreach (var rows in lines.Select(line => line.Row).Distinct().Chunk(Together))
            {
                var which = $"WHERE job = @job AND line IN ({string.Join(',', rows.Select(row => row.ToString(CultureInfo.InvariantCulture)))})";
                await using var command = transaction.Connection!.Command($"SELECT line, sample, result FROM grading_results {which}", ("job", job.Number));
                command.Transaction = transaction;
                await ReadAsync(command, line => old = old.With([line]), cancellation).ConfigureAwait(false);
                await transaction.ExecuteAsync($"DELETE FROM grading_results {which}", cancellation, ("job", job.Number)).ConfigureAwait(false);
            }

            await transaction.ExecuteManyAsync(JobRuns.Insert, lines, line => JobRuns.ValuesOf(job, line), cancellation).ConfigureAwait(false);
            var now = RunTally.Start.With(lines);
            await ChangeAsync(
                transaction, job, "scored = scored + @scored, skipped = skipped + @skipped, failed = failed + @failed, reward_sum = reward_sum + @sum", cancellation,
                ("scored", now.Scored - old.Scored), ("skipped", now.Skipped - old.Skipped), ("failed", now.Failed - old.Failed), ("sum", now.RewardSum - old.RewardSum)).ConfigureAwait(false);
            return await TallyAsync(transaction, job, cancellation).ConfigureAwait(false);
        },
        cancellation);

    /// <summary>Notes that all rows that had failed were graded anew.</summary>
    /// <exception cref="JobStoreException">The store cannot be written. It may be tried again.</exception>
    /// <exception cref="JobLostException">The job is no more this server's.</exception>
    public Task EndAsync(Job job, CancellationToken cancellation) => database.WriteAsync(
        async transaction =>
        {
            await ChangeAsync(transaction, job, "retry = 0", cancellation).ConfigureAwait(false);
            return true;
        },
        cancellation);

    private static async Task ChangeAsync(DbTransaction transaction, Job job, string set, CancellationToken cancellation, params (string Name, object? Value)[] values)
    {
        if (await transaction.ExecuteAsync($"UPDATE grading_jobs SET {set} {JobRuns.Ours}", cancellation, [.. values, ("number", job.Number), ("attempt", job.Attempt)]).ConfigureAwait(false) == 0)
        {
            throw new JobLostException(job.Number);
        }
    }

    private static async Task<RunTally> TallyAsync(DbTransaction transaction, Job job, CancellationToken cancellation)
    {
        await using var command = transaction.Connection!.Command("SELECT scored, skipped, failed, reward_sum, last_line FROM grading_jobs WHERE number = @number", ("number", job.Number));
        command.Transaction = transaction;
        await using var record = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        await record.ReadAsync(cancellation).ConfigureAwait(false);
        return new(record.GetInt64(0), record.GetInt64(1), record.GetInt64(2), record.GetDouble(3), record.GetInt64(4));
    }

    // Of a result no more than what is counted of it.
    private static async Task ReadAsync(DbCommand command, Action<ResultLine> each, CancellationToken cancellation)
    {
        await using var records = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        while (await records.ReadAsync(cancellation).ConfigureAwait(false))
        {
            using var result = JsonDocument.Parse(records.GetFieldValue<byte[]>(2));
            var outcome = Enum.Parse<Outcome>(result.RootElement.GetProperty("outcome").GetString()!, ignoreCase: true);
            double? reward = outcome == Outcome.Scored ? result.RootElement.GetProperty("reward").GetDouble() : null;
            each(new(records.GetInt64(0), (int)records.GetInt64(1), outcome, reward, default));
        }
    }
}
