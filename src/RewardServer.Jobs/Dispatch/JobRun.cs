using System.Runtime.CompilerServices;
using RewardServer.Jobs.Results;
using RewardServer.Jobs.Rows;
using RewardServer.Jobs.Running;
using RewardServer.Jobs.Store;

namespace RewardServer.Jobs.Dispatch;

/// <summary>Grades one job from where its results end, to its end; before that, where it is retried, the rows that failed.</summary>
/// <param name="job">The job as it was claimed.</param>
/// <param name="grading">Grades.</param>
/// <param name="samples">Makes samples of its rows.</param>
/// <param name="store">Where it is kept.</param>
/// <param name="patience">For faults of the store.</param>
/// <param name="time">The clock.</param>
internal sealed class JobRun(Job job, IGrading grading, SampleReader samples, JobStore store, StorePatience patience, TimeProvider time)
{
    // What was graded when the server stops is still kept, if the store takes it so soon.
    private static readonly TimeSpan LastWrite = TimeSpan.FromSeconds(5);

    private RunTally tally = job.Tally;

    /// <summary>Runs.</summary>
    /// <param name="stopping">The server stops: what is under way is broken off, what is graded kept.</param>
    /// <param name="lost">The job is no more this server's.</param>
    /// <exception cref="OperationCanceledException">It was broken off.</exception>
    /// <exception cref="JobLostException">The job is no more this server's.</exception>
    /// <exception cref="InvalidDataException">No server can grade it.</exception>
    public async Task RunAsync(CancellationToken stopping, CancellationToken lost)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping, lost);
        using var last = CancellationTokenSource.CreateLinkedTokenSource(lost);
        await using var registration = stopping.Register(() => last.CancelAfter(LastWrite)).ConfigureAwait(false);
        if (job.Tally.LastRow > 0)
        {
            // Which of several filters is graded is told by the first row, and not by the one that is gone on with.
            foreach (var row in await patience.AskAsync(job.Number, token => store.Runs.RowsAsync(job.Number, 0, token), stop.Token).ConfigureAwait(false))
            {
                _ = samples.Read(row);
            }
        }

        if (job.Retries)
        {
            var failed = new FailedRows(job, grading, store, patience);
            await GradeAsync(failed, failed.RowsAsync(stop.Token), lines => ReplaceAsync(lines, last.Token), stop.Token).ConfigureAwait(false);
            await DoneAsync(token => store.Retries.EndAsync(job, token), stop.Token).ConfigureAwait(false);
        }

        await GradeAsync(grading, RowsAsync(stop.Token), lines => KeepAsync(lines, last.Token), stop.Token).ConfigureAwait(false);
        await DoneAsync(token => store.Runs.EndAsync(job, JobState.Done, null, token), stop.Token).ConfigureAwait(false);
    }

    private async Task GradeAsync(IGrading by, IAsyncEnumerable<Row> rows, Func<IReadOnlyList<ResultLine>, Task> keep, CancellationToken stop)
    {
        var batches = new ResultBatches(keep, time);
        try
        {
            await new GradingPipeline(by, samples).RunAsync(rows, batches.WriteAsync, stop).ConfigureAwait(false);
        }
        catch (System.Threading.Channels.ChannelClosedException)
        {
            // What keeps them says why, next.
        }
        finally
        {
            await batches.EndAsync().ConfigureAwait(false);
        }
    }

    private Task<bool> DoneAsync(Func<CancellationToken, Task> change, CancellationToken stop) => patience.AskAsync(
        job.Number,
        async token =>
        {
            await change(token).ConfigureAwait(false);
            return true;
        },
        stop);

    private async Task ReplaceAsync(IReadOnlyList<ResultLine> lines, CancellationToken cancellation) =>
        tally = await patience.AskAsync(job.Number, token => store.Retries.ReplaceAsync(job, lines, token), cancellation).ConfigureAwait(false);

    private async Task KeepAsync(IReadOnlyList<ResultLine> lines, CancellationToken cancellation) =>
        tally = await patience.AskAsync(job.Number, token => store.Runs.AppendAsync(job, tally, lines, token), cancellation).ConfigureAwait(false);

    private async IAsyncEnumerable<Row> RowsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var at = job.Tally.LastRow;
        while (await patience.AskAsync(job.Number, token => store.Runs.RowsAsync(job.Number, at, token), cancellation).ConfigureAwait(false) is { Count: > 0 } page)
        {
            foreach (var row in page)
            {
                at = row.Number;
                yield return row;
            }
        }
    }
}
