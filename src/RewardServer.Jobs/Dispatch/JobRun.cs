using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using RewardServer.Jobs.Results;
using RewardServer.Jobs.Rows;
using RewardServer.Jobs.Running;
using RewardServer.Jobs.Sets;
using RewardServer.Jobs.Store;

namespace RewardServer.Jobs.Dispatch;

/// <summary>Grades one job from where its results end, to its end.</summary>
/// <param name="job">The job as it was claimed.</param>
/// <param name="grading">Grades.</param>
/// <param name="store">Where it is kept.</param>
/// <param name="patience">For faults of the store.</param>
/// <param name="time">The clock.</param>
internal sealed class JobRun(Job job, IGrading grading, JobStore store, StorePatience patience, TimeProvider time)
{
    // What was graded when the server stops is still kept, if the store takes it so soon.
    private static readonly TimeSpan LastWrite = TimeSpan.FromSeconds(5);

    private RunTally tally = job.Tally;

    /// <summary>Runs.</summary>
    /// <param name="stopping">The server stops: what is under way is broken off, what is graded kept.</param>
    /// <param name="lost">The job is no more this server's.</param>
    /// <exception cref="OperationCanceledException">It was broken off.</exception>
    /// <exception cref="JobLostException">The job is no more this server's.</exception>
    /// <exception cref="InvalidDataException">It cannot be graded.</exception>
    public async Task RunAsync(CancellationToken stopping, CancellationToken lost)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping, lost);
        using var last = CancellationTokenSource.CreateLinkedTokenSource(lost);
        await using var registration = stopping.Register(() => last.CancelAfter(LastWrite)).ConfigureAwait(false);
        var writer = new ResultWriter(lines => KeepAsync(lines, last.Token), time);
        try
        {
            var samples = new SampleReader(job.Settings.Set is { } set ? DataSets.Find(set) : null, job.Settings.Map.ToImmutableDictionary());
            await new GradingPipeline(grading, samples).RunAsync(RowsAsync(stop.Token), writer.WriteAsync, stop.Token).ConfigureAwait(false);
        }
        catch (System.Threading.Channels.ChannelClosedException)
        {
            // The writer says why, next.
        }
        finally
        {
            await writer.EndAsync().ConfigureAwait(false);
        }

        await patience.AskAsync(job.Number, async token => { await store.Runs.EndAsync(job, JobState.Done, null, token).ConfigureAwait(false); return true; }, stop.Token).ConfigureAwait(false);
    }

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
