using Microsoft.AspNetCore.Http.Features;
using RewardServer.Compatibility.Programs;
using RewardServer.Http;
using RewardServer.Sandboxing.Interpreters;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Compatibility.NemoSkills;

/// <summary>The sandbox of NeMo-Skills (nemo_skills/code_execution/sandbox.py): cells in live sessions, and programs.</summary>
internal static class NemoSkillsEndpoints
{
    private const string SessionHeader = "X-Session-ID";

    // Memory of a program, in MiB; that of a session is the interpreter's own.
    private const int MemoryMb = 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Adds the endpoints.</summary>
    public static void MapNemoSkills(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/execute", ExecuteAsync).ExcludeFromDescription()
            .WithSignsOfLife()
            .BehindTrainerGate(Patience, reason => new NemoFault(reason))
            .AnsweringFaults(reason => new NemoFault(reason));
        routes.MapGet("/sessions", (NemoSessions sessions) => TrainerBody.Json(new
        {
            sessions = sessions.All.ToDictionary(
                session => session.Id,
                session => new { backend = "ipython", created = UnixSeconds(session.Created), last_used = UnixSeconds(session.LastUsed), alive = true }),
            backend = "ipython",
        })).ExcludeFromDescription();
        routes.MapDelete("/sessions/{id}", Task<IResult> (HttpContext http, NemoSessions sessions) => DeleteAsync(NameIn(http), sessions)).ExcludeFromDescription();
        routes.MapGet("/health", async (SandboxPool sandbox, HttpContext http) => await LanguageHere.WhyNoPythonAsync(sandbox, http.RequestAborted) is { } reason
            ? TrainerBody.Json(new { status = "unhealthy", reason }, StatusCodes.Status503ServiceUnavailable)
            : TrainerBody.Json(new { status = "healthy", worker = "0" })).ExcludeFromDescription();
    }

    private static async Task<IResult> DeleteAsync(string id, NemoSessions sessions) => await sessions.CloseAsync(id)
        ? TrainerBody.Json(new { message = $"IPython session {id} deleted successfully" })
        : TrainerBody.Json(new { error = $"IPython session {id} not found" }, StatusCodes.Status404NotFound);

    // As it was sent: of the path alone, %2F cannot be told from %252F.
    private static string NameIn(HttpContext http)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var path = target.AsSpan(0, target.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query ? query : target.Length).TrimEnd('/');
        return Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
    }

    private static async Task<IResult> ExecuteAsync(HttpContext http, SandboxPool sandbox, NemoSessions sessions, ProgramRuns programs, OutputBudget budget, TimeProvider time)
    {
        var (request, problem) = await TrainerBody.ReadAsync<NemoRequest>(http);
        if (request is null)
        {
            return problem!;
        }

        if (request.Errors().ToList() is { Count: > 0 } errors)
        {
            return Problems.Invalid(errors);
        }

        // A cell may take twice its time and 5 s where the machine is busy with others.
        using var deadline = new Deadline(http, Patience + TimeSpan.FromSeconds((2 * request.Seconds) + 30), time);
        try
        {
            return request.Name switch
            {
                "ipython" => await RunCellAsync(http, request, sandbox, sessions, budget, deadline),
                "python" or "python3" or "shell" => await RunProgramAsync(http, request, programs, deadline),
                _ => FaultAnswers.CannotBeJudged("language", $"'{request.Name}' is not installed; there are: ipython, python, python3, shell"),
            };
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            return new NemoFault($"not run within {deadline.Seconds:0.#} s; the server is busy");
        }
        catch (SandboxBusyException busy)
        {
            return new NemoFault(busy.Message);
        }
    }

    private static async Task<IResult> RunCellAsync(
        HttpContext http, NemoRequest request, SandboxPool sandbox, NemoSessions sessions, OutputBudget budget, Deadline deadline)
    {
        if (http.Request.Headers[SessionHeader].ToString() is not { Length: > 0 and <= 1000 } session)
        {
            return TrainerBody.Json(new { error = $"{SessionHeader} header required for ipython sessions" }, StatusCodes.Status400BadRequest);
        }

        if (await LanguageHere.WhyNoPythonAsync(sandbox, deadline.Token) is { } reason)
        {
            return FaultAnswers.CannotBeJudged("language", reason);
        }

        // A character has 4 bytes at most, and what is taken out of tracebacks and values is not counted.
        var keptKb = Math.Min((request.Characters / 256) + 64, 65536);
        http.Response.RegisterForDispose(await budget.ReserveAsync(Math.Min(2L * keptKb, budget.Most), deadline.Token));
        var cell = new Cell { Code = request.GeneratedCode, Seconds = request.Seconds, Traceback = request.Traceback, OutputKb = keptKb, DisplayKb = 64 };
        var (result, isNew) = await sessions.RunAsync(session, cell, deadline.Token);
        return result.Status == CellStatus.Fault
            ? new NemoFault(result.Problem!)
            : TrainerBody.Json((AnswerOf(request, result) with { NewSessionCreated = isNew }).CutTo(request.Characters));
    }

    private static NemoResponse AnswerOf(NemoRequest request, CellResult result)
    {
        var (stdout, stderr) = (ProgramText.Of(result.Stdout, result.StdoutBytes), ProgramText.Of(result.Stderr, result.StderrBytes));
        var (status, told) = result.Status switch
        {
            CellStatus.Completed => (NemoResponse.Completed, ""),
            CellStatus.Timeout => (NemoResponse.Timeout, NemoResponse.TimedOut(request)),
            CellStatus.Died => (NemoResponse.Error, $"\nThe interpreter ended, and its state is lost: {result.End}\n"),
            _ => (NemoResponse.Error, ""),
        };
        return new(status, NemoText.OfCell(stdout, request.Traceback), NemoText.OfCell(stderr + told, request.Traceback));
    }

    private static async Task<IResult> RunProgramAsync(HttpContext http, NemoRequest request, ProgramRuns programs, Deadline deadline)
    {
        var isShell = request.Name == "shell";
        var program = new TrainerProgram(request.Name, request.GeneratedCode)
        {
            Stdin = isShell ? default : System.Text.Encoding.UTF8.GetBytes(request.StdInput ?? ""),
            RunSeconds = request.Seconds,
            MemoryMb = MemoryMb,
        };
        var end = await programs.RunAsync(http, program, deadline);
        return end switch
        {
            { Failed: { } fault } => new NemoFault(fault),
            { Skipped: { } reason } => FaultAnswers.CannotBeJudged("language", reason),
            { Run: { } run } => TrainerBody.Json(AnswerOf(request, run, isShell).CutTo(request.Characters)),
            _ => Problems.Invalid(end.Malformed!.Value.Path, end.Malformed.Value.Message),
        };
    }

    private static NemoResponse AnswerOf(NemoRequest request, RunResult run, bool isShell)
    {
        if (ProgramText.IsLate(run))
        {
            return new(NemoResponse.Timeout, "", NemoResponse.TimedOut(request));
        }

        // Their server calls a program in python completed however it ends.
        var isError = run.Status == RunStatus.SlotBreaker || (isShell && (run.ExitCode ?? 1) != 0);
        var limit = run.Status == RunStatus.OutputLimit ? "" : ProgramText.LimitOf(run);
        return new(
            isError ? NemoResponse.Error : NemoResponse.Completed, ProgramText.StdoutOf(run), ProgramText.StderrOf(run) + (limit.Length > 0 ? limit + "\n" : ""));
    }

    private static double UnixSeconds(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds() / 1000.0;
}
