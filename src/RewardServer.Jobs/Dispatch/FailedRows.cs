using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using RewardServer.Jobs.Results;
using RewardServer.Jobs.Rows;
using RewardServer.Jobs.Running;
using RewardServer.Jobs.Store;

namespace RewardServer.Jobs.Dispatch;

/// <summary>Those rows of a job whose results failed, graded anew: with their groups where the rubric compares. Of all others there is no new result.</summary>
/// <param name="job">The job as it was claimed.</param>
/// <param name="grading">Grades.</param>
/// <param name="store">Where the job is kept.</param>
/// <param name="patience">For faults of the store.</param>
internal sealed class FailedRows(Job job, IGrading grading, JobStore store, StorePatience patience) : IGrading
{
    // Of the rows that are under way: no more than a run has in memory at once.
    private readonly ConcurrentDictionary<long, bool> failed = new();

    public RunIdentity Identity => grading.Identity;

    public bool NeedsGroups => grading.NeedsGroups;

    public int Parallelism => grading.Parallelism;

    public int BatchSize => grading.BatchSize;

    /// <summary>The rows; those that did not fail among them where the rubric compares, for who belongs together is told by all rows.</summary>
    public async IAsyncEnumerable<Row> RowsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        long at = 0;
        while (at < job.Tally.LastRow && await patience.AskAsync(job.Number, token => store.Runs.RowsAsync(job.Number, at, token), cancellation).ConfigureAwait(false) is { Count: > 0 } page)
        {
            var last = Math.Min(page[^1].Number, job.Tally.LastRow);
            var found = await patience.AskAsync(job.Number, token => store.Retries.FailedAsync(job.Number, at, last, token), cancellation).ConfigureAwait(false);
            foreach (var row in found)
            {
                failed[row] = true;
            }

            at = page[^1].Number;
            foreach (var row in page)
            {
                if (row.Number <= last && (grading.NeedsGroups || found.Contains(row.Number)))
                {
                    yield return row;
                }
            }
        }
    }

    public Task<IReadOnlyList<ResultLine>> GradeAsync(IReadOnlyList<Sample> samples, CancellationToken cancellation)
    {
        var any = false;
        foreach (var row in samples.Select(sample => sample.Row).Distinct())
        {
            any |= failed.TryRemove(row, out _);
        }

        return any ? grading.GradeAsync(samples, cancellation) : Task.FromResult<IReadOnlyList<ResultLine>>([]);
    }
}
