using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Rubrics;
using RewardServer.Jobs.Results;

namespace RewardServer.Jobs.Store;

/// <summary>Takes new jobs.</summary>
public sealed class JobUploads
{
    private readonly JobDatabase database;
    private readonly JobLeases leases;
    private readonly JobRemoval removal;

    internal JobUploads(JobDatabase database, JobLeases leases, JobRemoval removal) => (this.database, this.leases, this.removal) = (database, leases, removal);

    /// <summary>Begins an upload.</summary>
    /// <param name="id">The job's name.</param>
    /// <param name="settings">What its caller asks for.</param>
    /// <param name="rubric">The rubric, which the job keeps.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The upload; null where there is a job of that name.</returns>
    /// <exception cref="JobStoreException">The store cannot be written.</exception>
    public async Task<JobUpload?> BeginAsync(string id, JobSettings settings, Rubric rubric, CancellationToken cancellation)
    {
        var identity = RunIdentity.Of(rubric);
        var number = await database.WriteAsync(
            async transaction =>
            {
                await using var command = transaction.Connection!.Command(
                    $"""
                    INSERT INTO grading_jobs (id, state, settings, rubric, rubric_hash, definition, created, owner, lease)
                    VALUES (@id, 'receiving', @settings, @rubric, @hash, @definition, {database.Dialect.Now}, @owner, {database.Dialect.Now} + @lease)
                    ON CONFLICT (id) DO NOTHING
                    RETURNING number
                    """,
                    ("id", id), ("settings", JsonSerializer.Serialize(settings, ItemJson.Options)), ("rubric", identity.Rubric), ("hash", identity.RubricHash),
                    ("definition", JsonSerializer.Serialize(rubric.Definition, ItemJson.Options)), ("owner", leases.Owner), ("lease", leases.Milliseconds));
                command.Transaction = transaction;
                return (long?)await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false);
            },
            cancellation).ConfigureAwait(false);
        return number is { } ours ? new(database, leases.Hold(ours, 1), removal, settings) : null;
    }
}
