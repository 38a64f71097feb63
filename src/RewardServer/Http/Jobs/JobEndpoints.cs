using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Sets;
using RewardServer.Hosting;
using RewardServer.Jobs.Dispatch;
using RewardServer.Jobs.Store;

namespace RewardServer.Http.Jobs;

/// <summary>Many completions, graded in the background.</summary>
public static class JobEndpoints
{
    private const int MostListed = 1000;
    private const int UsuallyListed = 100;

    private static readonly Dictionary<string, JobState> States =
        Enum.GetValues<JobState>().Where(state => state != JobState.Removing).ToDictionary(state => state.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>Adds the store of jobs, and what grades them.</summary>
    public static void AddJobs(this IServiceCollection services, JobOptions options, StorageOptions storage)
    {
        services.AddSingleton(options);
        services.AddSingleton(_ => new JobStore(
            options.Postgres is { } postgres ? new PostgresDialect(postgres) : new SqliteDialect(storage.JobsFile), TimeSpan.FromSeconds(options.LeaseSeconds)));
        services.AddSingleton(provider =>
        {
            var log = provider.GetRequiredService<ILogger<JobDispatch>>();
            return new JobDispatch(
                provider.GetRequiredService<JobStore>(), provider.GetRequiredService<RubricCompiler>(), provider.GetRequiredService<SetGrader>(),
                options.Parallel, options.Retention, provider.GetRequiredService<TimeProvider>(),
                (what, exception) => log.LogError(exception, "A fault at {What}: {Reason}", what, exception.Message));
        });
        services.AddSingleton<JobUploading>();
        services.AddSingleton<JobMetrics>();
        services.AddSingleton<JobFollowers>();
        services.AddHostedService<BackgroundJobs>();
    }

    /// <summary>Adds the endpoints below <c>/v1/jobs</c>.</summary>
    public static void MapJobs(this IEndpointRouteBuilder routes)
    {
        var options = routes.ServiceProvider.GetRequiredService<JobOptions>();
        var jobs = routes.MapGroup("/v1/jobs").WithTags("Jobs").ProducesProblem(StatusCodes.Status503ServiceUnavailable).AddEndpointFilterFactory(QueryParameters.Check);
        Upload(jobs.MapPost("", (HttpContext http, string? rubric, string? set, string? map, bool? deduplicate, JobUploading uploading) =>
                uploading.TakeAsync(http, null, rubric, set, map, deduplicate)), options)
            .WithName("post-job")
            .WithSummary("Grades many rows in the background: JSON lines, a JSON array or CSV, plain or gzip.");
        Upload(jobs.MapPut("/{id}", (string id, HttpContext http, string? rubric, string? set, string? map, bool? deduplicate, JobUploading uploading) =>
                uploading.TakeAsync(http, id, rubric, set, map, deduplicate)), options)
            .WithName("put-job")
            .Produces<JobResponse>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("The same under a name of the caller's. The same upload again is no second job and answered 200; other rows or settings, 409.")
            .WithDescription("While another call uploads it, or one that broke off is not yet found out, the answer is 503 with Retry-After.");
        jobs.MapGet("", ListAsync)
            .WithName("jobs").Produces<JobListResponse>().ProducesValidationProblem()
            .WithSummary("The jobs, the newest first (?state=, ?limit=; ?before= with what the answer before gave as next).");
        jobs.MapGet("/{id}", FindAsync)
            .WithName("job").Produces<JobResponse>().ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Where a job stands.");
        // As for every resource that can be read (RFC 9110, 9.1); the answer is without its body.
        jobs.MapMethods("", [HttpMethods.Head], ListAsync).ExcludeFromDescription();
        jobs.MapMethods("/{id}", [HttpMethods.Head], FindAsync).ExcludeFromDescription();
        jobs.MapDelete("/{id}", DeleteAsync)
            .WithName("delete-job").Produces<JobResponse>().Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesValidationProblem()
            .WithSummary("Cancels a job that waits or runs; the results that it has stay. With ?remove=true it is removed, with its rows and results (204).")
            .WithDescription("Without ?remove=true, a job that has ended is answered as it stands (200): a call that is sent again does no more than the first.");
        jobs.MapPost("/{id}/retry", RetryAsync)
            .WithName("retry-job").Produces<JobResponse>().Produces<JobResponse>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .WithSummary("Lets a job that has ended go on: rows that failed are graded anew, and those without results (202). 200 where there is nothing to do, or it has not ended.")
            .WithDescription("Where the rubric compares, rows are graded anew with their groups. New results take the place of the old ones; each row has its results once all the while.");
        jobs.MapJobResults();
        jobs.MapJobEvents();
        jobs.MapJobReport();
    }

    internal static ProblemHttpResult Unknown(string id) =>
        TypedResults.Problem($"There is no job '{id}', or none any more.", statusCode: StatusCodes.Status404NotFound, title: "No such job");

    private static RouteHandlerBuilder Upload(RouteHandlerBuilder route, JobOptions options) => route
        .RequireRateLimiting(Admission.Policy)
        .WithMetadata(new OwnBodyLimit(options.MaxBodyBytes, "Jobs:MaxBodyMb"))
        .Accepts<Stream>("application/x-ndjson", [.. JobQuery.Types.Skip(1)])
        .Produces<JobResponse>(StatusCodes.Status201Created)
        .ProducesValidationProblem()
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status429TooManyRequests)
        .ProducesProblem(StatusCodes.Status507InsufficientStorage);

    private static async Task<IResult> ListAsync(string? state, int? limit, string? before, JobStore store, JobDispatch dispatch, HttpContext http)
    {
        JobState? only = null;
        if (state is not null)
        {
            if (!States.TryGetValue(state, out var named))
            {
                return Problems.Invalid("state", $"must be one of {string.Join(", ", States.Keys)}, but is '{state}'");
            }

            only = named;
        }

        if (limit is < 1 or > MostListed)
        {
            return Problems.Invalid("limit", $"must be from 1 to {MostListed}, but is {limit}");
        }

        var start = long.MaxValue;
        if (before is not null && !long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out start))
        {
            return Problems.Invalid("before", "must be what an earlier answer gave as next");
        }

        var most = limit ?? UsuallyListed;
        var found = await store.ListAsync(only, start, most, http.RequestAborted);
        return TypedResults.Json(
            new JobListResponse(
                [.. found.Select(job => JobResponse.Of(job, dispatch.FaultOf(job)))],
                found.Count == most ? found[^1].Number.ToString(CultureInfo.InvariantCulture) : null),
            ItemJson.Options);
    }

    private static async Task<IResult> FindAsync(string id, JobStore store, JobDispatch dispatch, HttpContext http) =>
        await store.FindAsync(id, http.RequestAborted) is { } job ? TypedResults.Json(JobResponse.Of(job, dispatch.FaultOf(job)), ItemJson.Options) : Unknown(id);

    private static async Task<IResult> RetryAsync(string id, JobStore store, JobDispatch dispatch, HttpContext http)
    {
        if (await store.FindAsync(id, http.RequestAborted) is not { } job)
        {
            return Unknown(id);
        }

        if (job.State == JobState.Receiving)
        {
            return TypedResults.Problem($"The job '{id}' is being uploaded.", statusCode: StatusCodes.Status409Conflict, title: "The job is being uploaded");
        }

        var isBegun = await store.Retries.BeginAsync(job, http.RequestAborted);
        return await store.FindAsync(id, http.RequestAborted) is { } now
            ? TypedResults.Json(JobResponse.Of(now, dispatch.FaultOf(now)), ItemJson.Options, statusCode: isBegun ? StatusCodes.Status202Accepted : StatusCodes.Status200OK)
            : Unknown(id);
    }

    private static async Task<IResult> DeleteAsync(string id, bool? remove, JobStore store, HttpContext http)
    {
        if (await store.FindAsync(id, http.RequestAborted) is not { } job)
        {
            return Unknown(id);
        }

        if (job.State == JobState.Receiving)
        {
            return TypedResults.Problem($"The job '{id}' is being uploaded; end the upload.", statusCode: StatusCodes.Status409Conflict, title: "The job is being uploaded");
        }

        // One that has ended stays as it is.
        _ = await store.Removal.CancelAsync(job, http.RequestAborted);
        if (remove == true && await store.Removal.RemoveAsync(job, http.RequestAborted))
        {
            return TypedResults.NoContent();
        }

        if (await store.FindAsync(id, http.RequestAborted) is not { } now || now.Number != job.Number)
        {
            return Unknown(id);
        }

        return remove == true
            ? TypedResults.Problem($"The job '{id}' was begun again meanwhile.", statusCode: StatusCodes.Status409Conflict, title: "The job goes on")
            : TypedResults.Json(JobResponse.Of(now, null), ItemJson.Options);
    }
}
