using System.Collections.Immutable;
using RewardServer.Compatibility.NemoSkills;
using RewardServer.Compatibility.Programs;
using RewardServer.Http;
using RewardServer.Sandboxing.Interpreters;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Compatibility.SandboxFusion.Jupyter;

/// <summary>Runs the cells of a notebook as SandboxFusion does: in a fresh interpreter for each call, each cell after the one before, whatever that did.</summary>
internal static class JupyterEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // SandboxFusion's own client waits without end (scripts/client, run_jupyter): so long beyond the cells' time, for others' calls and a busy machine.
    private static readonly TimeSpan Beyond = TimeSpan.FromMinutes(5);

    /// <summary>Adds <c>POST /run_jupyter</c>.</summary>
    public static void MapJupyter(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/run_jupyter", RunAsync).ExcludeFromDescription()
            .BehindTrainerGate(Patience, FaultAnswers.TryAgain)
            .AnsweringFaults(FaultAnswers.TryAgain);

    private static async Task<IResult> RunAsync(HttpContext http, SandboxPool sandbox, NemoSessions sessions, OutputBudget budget, TimeProvider time)
    {
        var (request, problem) = await TrainerBody.ReadAsync<JupyterRequest>(http);
        if (request is null)
        {
            return problem!;
        }

        var fetched = new Dictionary<string, string>(StringComparer.Ordinal);
        var (cells, wanted, error) = request.Read(fetched);
        if (wanted is null)
        {
            return Problems.Invalid(error!.Value.Path, error.Value.Message);
        }

        using var deadline = new Deadline(http, TimeSpan.FromSeconds(2 * request.TotalSeconds) + Beyond, time);
        try
        {
            if (await LanguageHere.WhyNoPythonAsync(sandbox, deadline.Token) is { } missing)
            {
                return FaultAnswers.CannotBeJudged("kernel", missing);
            }

            http.Response.RegisterForDispose(await budget.ReserveAsync(Math.Min(Notebook.MostKb(fetched.Count > 0), budget.Most), deadline.Token));
            return await AnswerAsync(request, cells, wanted, fetched, sandbox, sessions, deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            return FaultAnswers.TryAgain($"not run within {deadline.Seconds:0.#} s; the server is busy");
        }
        catch (SandboxBusyException busy)
        {
            return FaultAnswers.TryAgain(busy.Message);
        }
        catch (ArgumentException malformed)
        {
            // What only the sandbox can know: a file in the place of another's folder, or more than its scratch folder holds.
            return Problems.Invalid("files", malformed.Message);
        }
    }

    private static async Task<IResult> AnswerAsync(
        JupyterRequest request,
        ImmutableArray<string> cells,
        InterpreterRequest wanted,
        Dictionary<string, string> fetched,
        SandboxPool sandbox,
        NemoSessions sessions,
        CancellationToken cancellation)
    {
        var interpreter = await sessions.OpenAsync(wanted, cancellation);
        JupyterResponse? answer;
        string? fault;
        try
        {
            (answer, fault) = await Notebook.RunAsync(interpreter, request, cells, cancellation);
        }
        catch
        {
            // Whoever gave up: no interpreter is left behind.
            await sandbox.Interpreters.CloseAsync(interpreter);
            throw;
        }

        var files = await sandbox.Interpreters.CloseAsync(interpreter);
        return answer is null ? FaultAnswers.TryAgain(fault!)
            : answer.Status == RunCodeResponse.Success ? TrainerBody.Json(answer with { Files = files.Where(file => !file.TooLarge).ToDictionary(file => fetched[file.Path], file => file.Content.ToArray()) })
            : TrainerBody.Json(answer);
    }
}
