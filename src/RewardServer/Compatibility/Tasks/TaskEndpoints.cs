using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using RewardServer.Grading.Completions;
using RewardServer.Hosting;
using RewardServer.Http;

namespace RewardServer.Compatibility.Tasks;

/// <summary>Keeps tasks, so that a trainer's label need only name one: <c>task:ID</c>.</summary>
public static class TaskEndpoints
{
    private const int MostIds = 10_000;
    private const string One = Below + "{**name}";
    private const string Below = "/v1/tasks/";

    /// <summary>Adds the endpoints below <c>/v1/tasks</c>.</summary>
    public static void MapTasks(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/v1/tasks", PutAsync)
            .WithName("put-tasks").WithTags("Tasks").RequireRateLimiting(Admission.Policy)
            .WithSummary("Keeps tasks, all or none, in place of those of the same names. A trainer's label then names one as task:ID or task:SET/ID.")
            .Accepts<TasksRequest>("application/json")
            .Produces<TasksResponse>()
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        routes.MapGet("/v1/tasks", (TaskStore store, string? set, long? offset) => TypedResults.Json(
                new TaskListResponse(
                    [.. store.Sets().Select(known => new TaskSetSize(known.Set, known.Tasks))],
                    store.Ids(set ?? "", Math.Max(0, offset ?? 0), MostIds)),
                ItemJson.Options))
            .WithName("tasks").WithTags("Tasks").Produces<TaskListResponse>()
            .WithSummary("The sets, and the names of the tasks of one (?set=NAME; those of none where silent), 10,000 at a time (?offset=).");
        routes.MapGet(One, IResult (string name, string? set, HttpContext http, TaskStore store) =>
                (set is null ? store.Find(Sent(http, name)) : store.Find(set, Sent(http, name))) is { } task
                    ? TypedResults.Json(TaskUpload.Of(task), ItemJson.Options)
                    : Unknown(http, name))
            .WithName("task").WithTags("Tasks").Produces<TaskUpload>().ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("A task that was kept: ID or SET/ID, or ID with ?set=SET.");
        routes.MapDelete(One, IResult (string name, string? set, HttpContext http, TaskStore store) =>
                (set is null ? store.Remove(Sent(http, name)) : store.Remove(set, Sent(http, name))) ? TypedResults.NoContent() : Unknown(http, name))
            .WithName("delete-task").WithTags("Tasks").Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Forgets a task, named as above.");
    }

    private static async Task<IResult> PutAsync(HttpContext http, TaskStore store, ServerOptions options)
    {
        var (request, problem) = await RequestBody.ReadAsync<TasksRequest>(http);
        if (request is null)
        {
            return problem!;
        }

        if (request.Tasks.Length > options.MaxItems)
        {
            return Problems.TooLarge($"tasks: {request.Tasks.Length} tasks are more than the {options.MaxItems} of one call; Server:MaxItems sets the limit.");
        }

        var errors = TaskErrors.Of(request).ToList();
        if (errors.Count > 0)
        {
            return Problems.Invalid(errors);
        }

        store.Put(request.Tasks.Select(task => task.Stored()));
        return TypedResults.Json(new TasksResponse(request.Tasks.Length), ItemJson.Options);
    }

    // A slash that is escaped stays so in a path, where "a/b" and "a%2Fb" would be one: only the target as it was sent tells.
    private static string Sent(HttpContext http, string name)
    {
        var path = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        var start = path.IndexOf(Below, StringComparison.Ordinal);
        return start < 0 ? name : Uri.UnescapeDataString(path[(start + Below.Length)..]);
    }

    private static ProblemHttpResult Unknown(HttpContext http, string name) =>
        TypedResults.Problem($"There is no task '{Sent(http, name)}'.", statusCode: StatusCodes.Status404NotFound, title: "No such task");
}
