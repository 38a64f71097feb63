using Microsoft.AspNetCore.Http.HttpResults;
using RewardServer.Grading.Completions;
using RewardServer.Sandboxing;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Http;

/// <summary>Sequences of runs that keep their files.</summary>
public static class SessionEndpoints
{
    private const string Path = "/v1/sessions/{id}";

    /// <summary>Adds the endpoints below <c>/v1/sessions</c>.</summary>
    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/sessions", OpenAsync)
            .WithName("open-session").WithTags("Execution").RequireRateLimiting(Admission.Policy)
            .WithSummary("Opens a session: a slot of its own, whose files stay from run to run.")
            .WithDescription("Between runs no process of it lives. It is closed when nobody has used it for a while; 429 where there are as many as there may be.")
            .Accepts<SessionRequest>("application/json")
            .Produces<SessionResponse>(StatusCodes.Status201Created)
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        routes.MapGet("/v1/sessions", (SandboxPool sandbox, SandboxOptions options) =>
                TypedResults.Json(new SessionsResponse(sandbox.Sessions.Count, options.MaxSessions), ItemJson.Options))
            .WithName("sessions").WithTags("Execution").Produces<SessionsResponse>()
            .WithSummary("How many sessions are open. Their ids are their owners' secrets.");
        routes.MapPost(Path + "/execute", ExecuteAsync)
            .WithName("execute-in-session").WithTags("Execution").RequireRateLimiting(Admission.Policy)
            .WithSummary("Runs a program among the files of a session.")
            .WithDescription("As POST /v1/execute, on one input. 404 where there is no such session, or none any more; 410 where its slot broke and its files are lost.")
            .Accepts<ExecuteRequest>("application/json")
            .Produces<ExecuteResponse>()
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status410Gone)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        routes.MapDelete(Path, async Task<IResult> (string id, SandboxPool sandbox) =>
                await sandbox.Sessions.CloseAsync(id) ? TypedResults.NoContent() : Unknown())
            .WithName("close-session").WithTags("Execution")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("Closes a session; its files are gone.");
    }

    private static async Task<IResult> OpenAsync(HttpContext http, SandboxPool sandbox, SandboxOptions options)
    {
        var (request, problem) = await RequestBody.ReadAsync<SessionRequest>(http);
        if (request is null)
        {
            return problem!;
        }

        var memory = request.MemoryMb ?? ResourceLimits.Default.MemoryMb;
        var errors = (await ExecuteCheck.LanguageErrorsAsync(new() { Language = request.Language, Code = "" }, sandbox, http.RequestAborted))
            .Concat(new ExecuteLimits(MemoryMb: request.MemoryMb).Errors()).ToList();
        if (errors.Count > 0)
        {
            return Problems.Invalid(errors);
        }

        var session = await sandbox.Sessions.OpenAsync(request.Language, memory, http.RequestAborted);
        return TypedResults.Json(
            new SessionResponse(session.Id, session.Language, memory, options.SessionIdleMinutes), ItemJson.Options, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> ExecuteAsync(string id, HttpContext http, SandboxPool sandbox, OutputBudget budget)
    {
        var (request, problem) = await RequestBody.ReadAsync<ExecuteRequest>(http);
        if (request is null)
        {
            return problem!;
        }

        if (sandbox.Sessions.Find(id) is not { } session)
        {
            return Unknown();
        }

        // Where silent, no more than the session has.
        var limits = request.Limits ?? new();
        request = request with { Limits = limits with { MemoryMb = limits.MemoryMb ?? Math.Min(ResourceLimits.Default.MemoryMb, session.MemoryMb) } };
        var errors = ExecuteCheck.Errors(request, 1, budget).ToList();
        if (request.Language is { } other && other != session.Language)
        {
            errors.Add(("language", $"the session is one of {session.Language}"));
        }

        if (request.Limits.MemoryMb > session.MemoryMb)
        {
            errors.Add(("limits.memoryMb", $"the session was opened for {session.MemoryMb} MiB, not for {request.Limits.MemoryMb}"));
        }

        if (!request.Stdins.IsDefaultOrEmpty)
        {
            errors.Add(("stdins", "a session runs on one input at a time: stdin"));
        }

        if (request.Measure is not null)
        {
            errors.Add(("measure", "not in a session"));
        }

        if (errors.Count > 0)
        {
            return Problems.Invalid(errors);
        }

        try
        {
            return await ExecuteEndpoints.AnswerAsync(
                request, session.Language, [request.Stdin ?? new(default)], sandbox, budget, session.RunAsync, http);
        }
        catch (InvalidOperationException lost)
        {
            return TypedResults.Problem(lost.Message, statusCode: StatusCodes.Status410Gone, title: "The session is lost");
        }
    }

    private static ProblemHttpResult Unknown() =>
        TypedResults.Problem("There is no such session, or none any more: an idle one is closed.", statusCode: StatusCodes.Status404NotFound, title: "No such session");
}

/// <summary>What <c>POST /v1/sessions</c> takes.</summary>
public sealed record SessionRequest
{
    /// <summary>One of the languages that <c>GET /v1/languages</c> calls available.</summary>
    public required string Language { get; init; }

    /// <summary>The most memory that a run in it will ask for, in MiB; the default limit where silent.</summary>
    public int? MemoryMb { get; init; }
}

/// <summary>A session that was opened.</summary>
/// <param name="Id">Its name in paths; whoever knows it can use it.</param>
/// <param name="Language">The language whose programs it runs.</param>
/// <param name="MemoryMb">The most memory of a run, in MiB.</param>
/// <param name="IdleMinutes">Minutes without a call after which it is closed.</param>
public sealed record SessionResponse(string Id, string Language, int MemoryMb, double IdleMinutes);

/// <summary>What <c>GET /v1/sessions</c> gives.</summary>
/// <param name="Open">How many are open.</param>
/// <param name="Most">How many there may be.</param>
public sealed record SessionsResponse(int Open, int Most);
