using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using RewardServer.Jobs.Dispatch;
using RewardServer.Jobs.Store;

namespace RewardServer.Http.Jobs;

/// <summary>How a job goes on, as server-sent events.</summary>
internal static class JobEventsEndpoint
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // Said again where nothing changes, so that a client that is gone is found out.
    private const int Silent = 15;

    public static void MapJobEvents(this IEndpointRouteBuilder jobs) =>
        jobs.MapGet("/{id}/events", FollowAsync)
            .WithName("job-events")
            .Produces(StatusCodes.Status200OK, contentType: "text/event-stream")
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .WithSummary("Events 'progress', at most one a second where something has changed, and at the end one of the state: 'done', 'cancelled', 'broken', or 'removed'.")
            .WithDescription("The data is the job as GET /v1/jobs/{id} gives it. There is nothing to catch up with: a client that comes again is told how the job stands.");

    private static async Task<IResult> FollowAsync(string id, JobStore store, JobFollowers followers, JobDispatch dispatch, TimeProvider time, HttpContext http)
    {
        if (await store.FindAsync(id, http.RequestAborted) is not { } job)
        {
            return JobEndpoints.Unknown(id);
        }

        var (ask, problem) = followers.Enter(id, http);
        return ask is null ? problem! : TypedResults.ServerSentEvents(EventsAsync(job, ask, dispatch, time, followers.Stopping, http.RequestAborted));
    }

    private static async IAsyncEnumerable<SseItem<JobResponse>> EventsAsync(
        Job job, Func<CancellationToken, Task<Job?>> ask, JobDispatch dispatch, TimeProvider time, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stopping);
        var (last, silent) = (JobResponse.Of(job, dispatch.FaultOf(job)), Silent);
        // Where the server stops, the events end without one that says so: the client comes again.
        while (!stopping.IsCancellationRequested)
        {
            var (now, isThere) = await ReadAsync(last, job, ask, dispatch, cancellation);
            if (!isThere)
            {
                yield return Event(last, "removed");
                yield break;
            }

            if (now.State is JobState.Done or JobState.Cancelled or JobState.Broken)
            {
                yield return Event(now, now.State.ToString().ToLowerInvariant());
                yield break;
            }

            if (silent++ >= Silent || (now.State, now.RowsDone, now.Failed, now.Fault) != (last.State, last.RowsDone, last.Failed, last.Fault))
            {
                (last, silent) = (now, 0);
                yield return Event(now, "progress");
            }

            await Task.Delay(Pause, time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    // A store that cannot be read now can be later: the job shows the fault meanwhile.
    private static async Task<(JobResponse Now, bool IsThere)> ReadAsync(JobResponse last, Job job, Func<CancellationToken, Task<Job?>> ask, JobDispatch dispatch, CancellationToken cancellation)
    {
        try
        {
            return await ask(cancellation) is { } found && found.Number == job.Number ? (JobResponse.Of(found, dispatch.FaultOf(found)), true) : (last, false);
        }
        catch (JobStoreException fault)
        {
            return (last with { Fault = fault.Message }, true);
        }
    }

    private static SseItem<JobResponse> Event(JobResponse job, string name) => new(job, name) { EventId = job.RowsDone.ToString(CultureInfo.InvariantCulture) };
}
