using RewardServer.Jobs.Store;

namespace RewardServer.Http.Jobs;

/// <summary>A job's results, also while it runs.</summary>
internal static class JobResultsEndpoint
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    public static void MapJobResults(this IEndpointRouteBuilder jobs) =>
        jobs.MapGet("/{id}/results", GetAsync)
            .WithName("job-results")
            .Produces(StatusCodes.Status200OK, contentType: "application/x-ndjson")
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("The results, one JSON object a line, in the order of the rows.")
            .WithDescription("Follows a job that runs until it ends (?follow=false: what there is now). ?from=ROW leaves out the rows before.");

    private static async Task<IResult> GetAsync(string id, bool? follow, long? from, JobStore store, TimeProvider time, HttpContext http)
    {
        if (from < 0)
        {
            return Problems.Invalid("from", $"must be the number of a row, but is {from}");
        }

        return await store.FindAsync(id, http.RequestAborted) is { } job
            ? TypedResults.Stream(output => WriteAsync(output, job, (from ?? 0) - 1, follow ?? true, store, time, http), "application/x-ndjson")
            : JobEndpoints.Unknown(id);
    }

    private static async Task WriteAsync(Stream output, Job job, long row, bool follow, JobStore store, TimeProvider time, HttpContext http)
    {
        var (cancellation, sample) = (http.RequestAborted, int.MaxValue);
        // Whoever follows sees that the answer has begun.
        await output.FlushAsync(cancellation);
        while (true)
        {
            // Asked before its results: what comes between is written the next time round.
            var current = await WhenThereAsync(() => store.FindAsync(job.Id, cancellation), follow, time, cancellation);
            if (current?.Number != job.Number)
            {
                // Removed meanwhile. An end like any other would look like all of it.
                http.Abort();
                return;
            }

            while (await WhenThereAsync(() => store.Results.PageAsync(job.Number, row, sample, cancellation), follow, time, cancellation) is { Count: > 0 } page)
            {
                foreach (var result in page)
                {
                    await output.WriteAsync(result.Json, cancellation);
                    await output.WriteAsync("\n"u8.ToArray(), cancellation);
                }

                await output.FlushAsync(cancellation);
                (row, sample) = (page[^1].Row, page[^1].Sample);
            }

            if (!follow || current.IsEnded)
            {
                return;
            }

            await Task.Delay(Pause, time, cancellation);
        }
    }

    // Whoever follows a job waits for a store that cannot be read now, as the job itself does.
    private static async Task<T> WhenThereAsync<T>(Func<Task<T>> read, bool follow, TimeProvider time, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await read();
            }
            catch (JobStoreException) when (follow)
            {
                await Task.Delay(Pause, time, cancellation);
            }
        }
    }
}
