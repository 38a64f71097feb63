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
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .WithSummary("The results, one JSON object a line, in the order of the rows.")
            .WithDescription("Follows a job that runs until it ends (?follow=false: what there is now). ?from=ROW leaves out the rows before. "
                + "A connection that breaks tells that not all was answered: the job was removed, or the server stops.");

    private static async Task<IResult> GetAsync(string id, bool? follow, long? from, JobStore store, JobFollowers followers, TimeProvider time, HttpContext http)
    {
        if (from < 0)
        {
            return Problems.Invalid("from", $"must be the number of a row, but is {from}");
        }

        if (await store.FindAsync(id, http.RequestAborted) is not { } job)
        {
            return JobEndpoints.Unknown(id);
        }

        var (ask, problem) = followers.Enter(id, http);
        return ask is null ? problem! : TypedResults.Stream(
            async output =>
            {
                if (!await new Answer(output, job, ask, store, time, http.RequestAborted, followers.Stopping).WriteAsync((from ?? 0) - 1, follow ?? true))
                {
                    // An end like any other would look like all of it.
                    http.Abort();
                }
            },
            "application/x-ndjson");
    }

    private sealed class Answer(Stream output, Job job, Func<CancellationToken, Task<Job?>> ask, JobStore store, TimeProvider time, CancellationToken cancellation, CancellationToken stopping)
    {
        /// <summary>Writes results until there are no more to come.</summary>
        /// <returns>Whether that was all: not where the job was removed meanwhile, or the server stops.</returns>
        public async Task<bool> WriteAsync(long row, bool follow)
        {
            var sample = int.MaxValue;
            // Whoever follows sees that the answer has begun.
            await output.FlushAsync(cancellation);
            while (!stopping.IsCancellationRequested || !follow)
            {
                // Asked before its results: what comes between is written the next time round.
                if (await WhenThereAsync(() => ask(cancellation), follow) is not { } current || current.Number != job.Number)
                {
                    return false;
                }

                if (follow && current is { Retries: true, IsEnded: false })
                {
                    // What failed is about to be replaced: nobody who follows is to be left with the old.
                    await PauseAsync();
                    continue;
                }

                while (await WhenThereAsync(() => store.Results.PageAsync(job.Number, row, sample, cancellation), follow) is { Count: > 0 } page)
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
                    // Asked again: of a job that was removed while it was read, a part can be missing.
                    return row >= current.Tally.LastRow && await WhenThereAsync(() => store.FindAsync(job.Id, cancellation), follow) is { } still && still.Number == job.Number;
                }

                await PauseAsync();
            }

            return false;
        }

        // Whoever follows a job waits for a store that cannot be read now, as the job itself does.
        private async Task<T?> WhenThereAsync<T>(Func<Task<T>> read, bool follow)
        {
            while (true)
            {
                try
                {
                    return await read();
                }
                catch (JobStoreException) when (follow)
                {
                    if (stopping.IsCancellationRequested)
                    {
                        return default;
                    }

                    await PauseAsync();
                }
            }
        }

        private async Task PauseAsync()
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stopping);
            await Task.Delay(Pause, time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellation.ThrowIfCancellationRequested();
        }
    }
}
