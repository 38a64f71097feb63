using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using RewardServer.Jobs.Results;
using RewardServer.Jobs.Rows;

namespace RewardServer.Jobs.Store;

/// <summary>
/// What a server does that grades a job: claims it, reads its rows, and keeps results together with how far they go. Every change names the attempt by which
/// it is made: of two servers that both hold themselves for the owner, one alone can write.
/// </summary>
public sealed class JobRuns
{
    /// <summary>Keeps a result.</summary>
    internal const string Insert = "INSERT INTO grading_results (job, line, sample, result) VALUES (@job, @line, @sample, @result)";

    /// <summary>Which job is changed: none where it is no more this server's.</summary>
    internal const string Ours = "WHERE number = @number AND attempt = @attempt AND state = 'running'";

    private const int PageRows = 256;
    private const long PageBytes = 8 << 20;

    private readonly JobDatabase database;
    private readonly JobLeases leases;

    internal JobRuns(JobDatabase database, JobLeases leases) => (this.database, this.leases) = (database, leases);

    /// <summary>Takes the oldest job that waits, or whose server is gone: also one that this server claimed without hearing that it did.</summary>
    /// <param name="without">Numbers of jobs that are not to be taken; null for none.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The job, which is to be held (<see cref="JobLeases.Hold"/>) before another is claimed; null where there is none.</returns>
    /// <exception cref="JobStoreException">The store cannot be written. Where the answer alone was lost, the job is claimed when its lease has ended.</exception>
    public async Task<Job?> ClaimAsync(IEnumerable<long>? without, CancellationToken cancellation)
    {
        var now = database.Dialect.Now;
        // What this process holds is its own, however late its lease is renewed.
        var taken = string.Join(',', leases.Held.Concat(without ?? []).Append(0).Select(number => number.ToString(CultureInfo.InvariantCulture)));
        var free = $"(state = 'waiting' OR (state = 'running' AND lease < {now})) AND number NOT IN ({taken})";
        // Looked for first, so that nobody writes while there is nothing to do.
        var isOne = await database.ReadAsync(
            async connection =>
            {
                await using var command = connection.Command($"SELECT 1 FROM grading_jobs WHERE {free} LIMIT 1");
                return await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is not null;
            },
            false,
            cancellation).ConfigureAwait(false);
        return !isOne ? null : await database.WriteAsync(
            async transaction =>
            {
                await using var command = transaction.Connection!.Command(
                    $"""
                    UPDATE grading_jobs SET state = 'running', owner = @owner, lease = {now} + @lease, attempt = attempt + 1, fault = NULL,
                        started = COALESCE(started, {now}), run_started = {now}, run_done = rows_done
                    WHERE number = (SELECT number FROM grading_jobs WHERE {free} ORDER BY number LIMIT 1) AND {free}
                    RETURNING {JobRecord.Columns(database.Dialect)}
                    """,
                    ("owner", leases.Owner), ("lease", leases.Milliseconds));
                command.Transaction = transaction;
                await using var record = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
                return await record.ReadAsync(cancellation).ConfigureAwait(false) ? JobRecord.Read(record) : null;
            },
            cancellation).ConfigureAwait(false);
    }

    /// <summary>The next rows of a job; empty at its end.</summary>
    /// <param name="job">The job's number.</param>
    /// <param name="after">The number of the last row that is not to be read again.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="JobStoreException">The store cannot be read.</exception>
    public Task<List<Row>> RowsAsync(long job, long after, CancellationToken cancellation) => database.ReadAsync(
        async connection =>
        {
            await using var command = connection.Command(
                $"SELECT line, content, error FROM grading_rows WHERE job = @job AND line > @after ORDER BY line LIMIT {PageRows}", ("job", job), ("after", after));
            await using var records = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            var rows = new List<Row>();
            long bytes = 0;
            while (bytes < PageBytes && await records.ReadAsync(cancellation).ConfigureAwait(false))
            {
                var content = records.IsDBNull(1) ? null : records.GetFieldValue<byte[]>(1);
                rows.Add(content is null ? Row.Unreadable(records.GetInt64(0), records.GetString(2)) : new(records.GetInt64(0), JsonElement.Parse(content)));
                bytes += content?.Length ?? 0;
            }

            return rows;
        },
        [],
        cancellation);

    /// <summary>Keeps the results of further rows, whole, and what the job's results then come to, in one transaction.</summary>
    /// <param name="job">The job as it was claimed.</param>
    /// <param name="before">What they came to before.</param>
    /// <param name="lines">The results.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What they come to.</returns>
    /// <exception cref="JobStoreException">The store cannot be written. It may be tried again: what stands already is not written twice.</exception>
    /// <exception cref="JobLostException">The job is no more this server's.</exception>
    public Task<RunTally> AppendAsync(Job job, RunTally before, IReadOnlyList<ResultLine> lines, CancellationToken cancellation)
    {
        var tally = before.With(lines);
        return database.WriteAsync(
            async transaction =>
            {
                var changed = await transaction.ExecuteAsync(
                    $"""
                    UPDATE grading_jobs SET scored = @scored, skipped = @skipped, failed = @failed, reward_sum = @sum, last_line = @last,
                        rows_done = rows_done + @rows, lease = {database.Dialect.Now} + @lease
                    {Ours} AND last_line = @before
                    """,
                    cancellation,
                    ("scored", tally.Scored), ("skipped", tally.Skipped), ("failed", tally.Failed), ("sum", tally.RewardSum), ("last", tally.LastRow),
                    ("rows", lines.Select(line => line.Row).Distinct().LongCount()), ("lease", leases.Milliseconds),
                    ("number", job.Number), ("attempt", job.Attempt), ("before", before.LastRow)).ConfigureAwait(false);
                if (changed > 0)
                {
                    await transaction.ExecuteManyAsync(
                        Insert,
                        lines,
                        line => ValuesOf(job, line),
                        cancellation).ConfigureAwait(false);
                }
                else if (!await StandsAsync(transaction, job, tally.LastRow, cancellation).ConfigureAwait(false))
                {
                    throw new JobLostException(job.Number);
                }

                return tally;
            },
            cancellation);
    }

    /// <summary>Ends a job.</summary>
    /// <param name="job">The job as it was claimed.</param>
    /// <param name="state">As what.</param>
    /// <param name="fault">Why; null where it is done.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="JobStoreException">The store cannot be written.</exception>
    public Task EndAsync(Job job, JobState state, string? fault, CancellationToken cancellation) => database.WriteAsync(
        transaction => transaction.ExecuteAsync(
            $"UPDATE grading_jobs SET state = @state, fault = @fault, ended = {database.Dialect.Now} {Ours}",
            cancellation,
            ("state", JobRecord.NameOf(state)), ("fault", fault), ("number", job.Number), ("attempt", job.Attempt)),
        cancellation);

    /// <summary>Gives a job back that is not done, for the next server that claims it.</summary>
    /// <param name="job">The job as it was claimed.</param>
    /// <param name="fault">Why it could not go on here, which it shows until somebody claims it; null where nothing hindered it.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="JobStoreException">The store cannot be written; the job's lease ends by itself.</exception>
    public Task ReleaseAsync(Job job, string? fault, CancellationToken cancellation) => database.WriteAsync(
        transaction => transaction.ExecuteAsync(
            $"UPDATE grading_jobs SET state = 'waiting', fault = @fault {Ours}", cancellation, ("fault", fault), ("number", job.Number), ("attempt", job.Attempt)),
        cancellation);

    /// <summary>The values of <see cref="Insert"/>.</summary>
    internal static (string Name, object? Value)[] ValuesOf(Job job, ResultLine line) =>
        [("job", job.Number), ("line", line.Row), ("sample", (long)line.Sample), ("result", line.Json.ToArray())];

    // A connection that broke while it committed does not tell whether it did.
    private static async Task<bool> StandsAsync(DbTransaction transaction, Job job, long last, CancellationToken cancellation)
    {
        await using var command = transaction.Connection!.Command(
            $"SELECT 1 FROM grading_jobs {Ours} AND last_line = @last", ("number", job.Number), ("attempt", job.Attempt), ("last", last));
        command.Transaction = transaction;
        return await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is not null;
    }
}
