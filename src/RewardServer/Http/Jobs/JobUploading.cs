using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using RewardServer.Compatibility;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Rubrics.Library;
using RewardServer.Hosting;
using RewardServer.Jobs.Rows;
using RewardServer.Jobs.Store;

namespace RewardServer.Http.Jobs;

/// <summary>Takes jobs: the rows go to the store as they come.</summary>
internal sealed class JobUploading(JobStore store, RubricLibrary library, JobOptions options, ServerOptions server, TimeProvider time) : IDisposable
{
    private const int LongestId = 100;

    // Of their own: uploads last long, and must not stand in the way of other calls.
    private readonly BodyBudget rows = new(server, time);

    /// <summary>Takes one.</summary>
    /// <param name="http">The request.</param>
    /// <param name="id">The job's name; null to make one.</param>
    /// <param name="rubric">The rubric's name.</param>
    /// <param name="set">The data set.</param>
    /// <param name="map">The columns.</param>
    /// <param name="deduplicate">Whether equal answers to equal tasks are worked on once.</param>
    public async Task<IResult> TakeAsync(HttpContext http, string? id, string? rubric, string? set, string? map, bool? deduplicate)
    {
        var (result, isTaken) = await AnswerAsync(http, id, rubric, set, map, deduplicate);
        if (!isTaken)
        {
            await BodyLimit.DiscardAsync(http.Request.Body, http.RequestAborted);
        }

        return result;
    }

    /// <inheritdoc/>
    public void Dispose() => rows.Dispose();

    /// <summary>What is wrong with a name; null where nothing is.</summary>
    public static string? ErrorOf(string id) =>
        id.Length is 0 or > LongestId || !char.IsAsciiLetterOrDigit(id[0]) || id.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_' or '.'))
            ? $"must have from 1 to {LongestId} letters, figures, '-', '_' and '.', and begin with a letter or figure"
            : null;

    private async Task<(IResult Result, bool IsTaken)> AnswerAsync(HttpContext http, string? id, string? rubric, string? set, string? map, bool? deduplicate)
    {
        var (query, problem) = JobQuery.Read(http.Request, rubric, set, map, deduplicate, library);
        if (id is not null && ErrorOf(id) is { } error)
        {
            return (Problems.Invalid("id", error), false);
        }

        if (query is null)
        {
            return (problem!, false);
        }

        try
        {
            return await StoreAsync(http, id ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), query);
        }
        catch (InvalidDataException broken)
        {
            return (Problems.Invalid("", broken.Message), false);
        }
        catch (UploadTooLargeException large)
        {
            return (Problems.TooLarge(
                $"The upload has more than the {large.Most} bytes that the server takes, as it is sent, unpacked, or with 64 bytes a row; Jobs:MaxBodyMb sets the limit."), false);
        }
        catch (NoRoomException)
        {
            http.Response.Headers.RetryAfter = "10";
            return (TypedResults.Problem(BodyBudget.Full, statusCode: StatusCodes.Status429TooManyRequests, title: "Too many uploads; try again"), false);
        }
        catch (JobStoreException fault)
        {
            return (Problems.Lost(fault), false);
        }
        catch (JobLostException)
        {
            return (TypedResults.Problem(
                "The server could not keep the rows for so long that it took the upload for broken off; send it again.",
                statusCode: StatusCodes.Status503ServiceUnavailable,
                title: "The upload is lost"), false);
        }
    }

    private async Task<(IResult Result, bool IsTaken)> StoreAsync(HttpContext http, string id, JobQuery query)
    {
        var counts = await store.CountAsync(http.RequestAborted);
        if (counts.GetValueOrDefault(JobState.Waiting) + counts.GetValueOrDefault(JobState.Receiving) >= options.MaxWaiting && await store.FindAsync(id, http.RequestAborted) is null)
        {
            http.Response.Headers.RetryAfter = "10";
            return (TypedResults.Problem(
                $"{options.MaxWaiting} jobs wait; Jobs:MaxWaiting sets the limit.", statusCode: StatusCodes.Status429TooManyRequests, title: "Too many jobs; try again"), false);
        }

        await using var upload = await store.Uploads.BeginAsync(id, query.Settings, query.Rubric, http.RequestAborted);
        if (upload is null)
        {
            return await CompareAsync(http, id, query);
        }

        await foreach (var row in RowsOf(http, query))
        {
            await upload.AddAsync(row, http.RequestAborted);
        }

        if (upload.Rows == 0)
        {
            return (Problems.Invalid("", "the body must hold at least one row"), true);
        }

        await upload.CompleteAsync(http.RequestAborted);
        http.Response.Headers.Location = $"/v1/jobs/{id}";
        return await store.FindAsync(id, http.RequestAborted) is { } job ? (Answer(job, StatusCodes.Status201Created), true) : (JobEndpoints.Unknown(id), true);
    }

    // The same upload a second time is no second job: its client lost the answer to the first.
    private async Task<(IResult Result, bool IsTaken)> CompareAsync(HttpContext http, string id, JobQuery query)
    {
        if (await store.FindAsync(id, http.RequestAborted) is not { State: not JobState.Receiving } job)
        {
            // Not final, as a conflict is: the first call may have broken off without the server's knowing yet.
            http.Response.Headers.RetryAfter = "2";
            return (TypedResults.Problem(
                $"Another call is uploading the job '{id}', or has broken off a moment ago; send it again.",
                statusCode: StatusCodes.Status503ServiceUnavailable,
                title: "The job is being uploaded; try again"), false);
        }

        using var hash = new ContentHash(query.Settings);
        await foreach (var row in RowsOf(http, query))
        {
            hash.Add(row);
        }

        if (hash.Value() != job.Content)
        {
            return (Conflict($"There is a job '{id}' of other rows or settings; remove it, or take another name."), true);
        }

        if (job.State == JobState.Broken)
        {
            await store.Retries.BeginAsync(job, http.RequestAborted);
        }

        return await store.FindAsync(id, http.RequestAborted) is { } now ? (Answer(now, StatusCodes.Status200OK), true) : (JobEndpoints.Unknown(id), true);
    }

    private IAsyncEnumerable<Row> RowsOf(HttpContext http, JobQuery query) =>
        UploadRows.ReadAsync(http.Request.Body, query.Format, options.MaxBodyBytes, (int)server.MaxRequestBytes, isPacked => ReserveAsync(http, query, isPacked), http.RequestAborted);

    // A row is held whole, and what is unpacked can be one row.
    private async Task ReserveAsync(HttpContext http, JobQuery query, bool isPacked)
    {
        query.CheckPacking(isPacked);
        _ = await rows.ReserveAsync(http, isPacked ? null : http.Request.ContentLength) ?? throw new NoRoomException();
    }

    private static JsonHttpResult<JobResponse> Answer(Job job, int status) => TypedResults.Json(JobResponse.Of(job, null), ItemJson.Options, statusCode: status);

    private static ProblemHttpResult Conflict(string detail) => TypedResults.Problem(detail, statusCode: StatusCodes.Status409Conflict, title: "There is such a job");

    /// <summary>Too many large uploads are held.</summary>
    private sealed class NoRoomException : Exception;
}
