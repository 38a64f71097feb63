namespace RewardServer.Jobs.Store;

/// <summary>One result as it is kept.</summary>
/// <param name="Row">The number of its row.</param>
/// <param name="Sample">Which of the row's completions, from 0.</param>
/// <param name="Json">A JSON object.</param>
public sealed record StoredResult(long Row, int Sample, byte[] Json);

/// <summary>Reads results, in pages of a bounded size.</summary>
public sealed class JobResults
{
    private const int PageLines = 512;
    private const long PageBytes = 4 << 20;

    private readonly JobDatabase database;

    internal JobResults(JobDatabase database) => this.database = database;

    /// <summary>The next results of a job, in the order of its rows; empty where there are no more yet.</summary>
    /// <param name="job">The job's number.</param>
    /// <param name="row">The row of the last result that was read.</param>
    /// <param name="sample">The sample of it.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="JobStoreException">The store cannot be read.</exception>
    public Task<List<StoredResult>> PageAsync(long job, long row, int sample, CancellationToken cancellation) => database.ReadAsync(
        async connection =>
        {
            await using var command = connection.Command(
                $"SELECT line, sample, result FROM grading_results WHERE job = @job AND (line, sample) > (@line, @sample) ORDER BY line, sample LIMIT {PageLines}",
                ("job", job), ("line", row), ("sample", (long)sample));
            await using var records = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            var page = new List<StoredResult>();
            long bytes = 0;
            while (bytes < PageBytes && await records.ReadAsync(cancellation).ConfigureAwait(false))
            {
                page.Add(new(records.GetInt64(0), (int)records.GetInt64(1), records.GetFieldValue<byte[]>(2)));
                bytes += page[^1].Json.Length;
            }

            return page;
        },
        [],
        cancellation);
}
