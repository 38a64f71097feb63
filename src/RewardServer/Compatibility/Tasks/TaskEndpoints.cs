using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using RewardServer.Grading.Completions;
using RewardServer.Hosting;
using RewardServer.Http;

namespace RewardServer.Compatibility.Tasks;

/// <summary>Keeps tasks, so that a trainer's label need only name one: <c>task:ID</c>.</summary>
public static class TaskEndpoints
{
    private const int MostIds = 10_000;

    /// <summary>Adds the endpoints below <c>/v1/tasks</c>.</summary>
    public static void MapTasks(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/v1/tasks", PutAsync)
            .WithName("put-tasks").WithTags("Tasks").RequireRateLimiting(Admission.Policy)
            .WithSummary("Keeps tasks, all or none, in place of those of the same names. A trainer's label then names one as task:ID or task:SET/ID.")
            .Accepts<TasksRequest>("application/json")
            .Produces<TasksResponse>()
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge);
        routes.MapGet("/v1/tasks", (TaskStore store, string? set, long? offset) => TypedResults.Json(
                new TaskListResponse(
                    [.. store.Sets().Select(known => new TaskSetSize(known.Set, known.Tasks))],
                    store.Ids(set ?? "", Math.Max(0, offset ?? 0), MostIds)),
                ItemJson.Options))
            .WithName("tasks").WithTags("Tasks").Produces<TaskListResponse>()
            .WithSummary("The sets, and the names of the tasks of one (?set=NAME; those of none where silent), 10,000 at a time (?offset=).");
        routes.MapGet("/v1/tasks/{**name}", IResult (string name, TaskStore store) =>
                store.Find(name) is { } task ? TypedResults.Json(TaskUpload.Of(task), ItemJson.Options) : Unknown(name))
            .WithName("task").WithTags("Tasks").Produces<TaskUpload>().ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("A task that was kept.");
        routes.MapDelete("/v1/tasks/{**name}", IResult (string name, TaskStore store) =>
                store.Find(name) is { } task && store.Remove(task.Set, task.Id) ? TypedResults.NoContent() : Unknown(name))
            .WithName("delete-task").WithTags("Tasks").Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Forgets a task.");
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

        var errors = Errors(request).ToList();
        if (errors.Count > 0)
        {
            return Problems.Invalid(errors);
        }

        store.Put(request.Tasks.Select(task => task.Stored()));
        return TypedResults.Json(new TasksResponse(request.Tasks.Length), ItemJson.Options);
    }

    private static IEnumerable<(string Path, string Message)> Errors(TasksRequest request)
    {
        if (request.Tasks.IsDefaultOrEmpty)
        {
            yield return ("tasks", "must hold at least one task");
            yield break;
        }

        for (var i = 0; i < request.Tasks.Length; i++)
        {
            if (request.Tasks[i] is not { } task)
            {
                yield return ($"tasks[{i}]", "must not be null");
                continue;
            }

            if (task.Id.Length is 0 or > 1000)
            {
                yield return ($"tasks[{i}].id", "must have from 1 to 1000 characters");
            }

            if (task.Set.Length > 1000 || task.Set.Contains('/', StringComparison.Ordinal))
            {
                yield return ($"tasks[{i}].set", "must have at most 1000 characters and no '/'");
            }

            foreach (var (member, error) in task.Task.MemberErrors())
            {
                yield return ($"tasks[{i}].task.{member}", error);
            }
        }
    }

    private static ProblemHttpResult Unknown(string name) =>
        TypedResults.Problem($"There is no task '{name}'.", statusCode: StatusCodes.Status404NotFound, title: "No such task");
}

/// <summary>What <c>PUT /v1/tasks</c> takes.</summary>
public sealed record TasksRequest
{
    /// <summary>The tasks; at least one.</summary>
    public required ImmutableArray<TaskUpload> Tasks { get; init; }
}

/// <summary>A task to keep.</summary>
public sealed record TaskUpload
{
    /// <summary>Its name, unique within its set.</summary>
    public required string Id { get; init; }

    /// <summary>The data set that it belongs to; empty for none.</summary>
    public string Set { get; init; } = "";

    /// <summary>What a model is asked, for clients that ask for it.</summary>
    public ChatText? Prompt { get; init; }

    /// <summary>The task.</summary>
    public required GradingTask Task { get; init; }

    internal static TaskUpload Of(StoredTask task) => new() { Id = task.Id, Set = task.Set, Prompt = task.Prompt, Task = task.Task };

    internal StoredTask Stored() => new(Set, Id, Task, Prompt);
}

/// <summary>What <c>PUT /v1/tasks</c> gives.</summary>
/// <param name="Kept">How many tasks were kept.</param>
public sealed record TasksResponse(int Kept);

/// <summary>What <c>GET /v1/tasks</c> gives.</summary>
/// <param name="Sets">The sets that there are; the tasks of none stand under the empty name.</param>
/// <param name="Ids">The names of one set's tasks.</param>
public sealed record TaskListResponse(IReadOnlyList<TaskSetSize> Sets, IReadOnlyList<string> Ids);

/// <summary>A set of tasks.</summary>
/// <param name="Set">Its name.</param>
/// <param name="Tasks">How many there are.</param>
public sealed record TaskSetSize(string Set, long Tasks);
