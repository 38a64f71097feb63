using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Rubrics.Library;
using RewardServer.Hosting;
using RewardServer.Jobs.Rows;
using RewardServer.Jobs.Store;

namespace RewardServer.Http.Jobs;

/// <summary>Takes jobs: the rows go to the store as they come.</summary>
internal sealed class JobUploading(JobStore store, RubricLibrary library, JobOptions options)
{
    private const int LongestId = 100;

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
            if (upload.Bytes > options.MaxBodyBytes)
            {
                return (TooLarge(), false);
            }
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
            return (Conflict($"The job '{id}' is being uploaded, or removed; try again."), false);
        }

        using var hash = new ContentHash(query.Settings);
        long bytes = 0;
        await foreach (var row in RowsOf(http, query))
        {
            hash.Add(row);
            bytes += row.Bytes;
            if (bytes > options.MaxBodyBytes)
            {
                return (TooLarge(), false);
            }
        }

        return hash.Value() == job.Content
            ? (Answer(job, StatusCodes.Status200OK), true)
            : (Conflict($"There is a job '{id}' of other rows or settings; DELETE it, or take another name."), true);
    }

    private IAsyncEnumerable<Row> RowsOf(HttpContext http, JobQuery query) =>
        RowReader.ReadAsync(new CountedBody(http.Request.Body, options.MaxBodyBytes, "Jobs:MaxBodyMb"), query.Format, cancellation: http.RequestAborted);

    private static JsonHttpResult<JobResponse> Answer(Job job, int status) => TypedResults.Json(JobResponse.Of(job, null), ItemJson.Options, statusCode: status);

    private static ProblemHttpResult Conflict(string detail) => TypedResults.Problem(detail, statusCode: StatusCodes.Status409Conflict, title: "There is such a job");

    private ProblemHttpResult TooLarge() => Problems.TooLarge($"The rows have more than the {options.MaxBodyBytes} bytes that the server takes; Jobs:MaxBodyMb sets the limit.");
}
