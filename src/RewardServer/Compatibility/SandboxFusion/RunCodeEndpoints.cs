using RewardServer.Compatibility.Programs;
using RewardServer.Compatibility.Roll;
using RewardServer.Http;

namespace RewardServer.Compatibility.SandboxFusion;

/// <summary>Runs a program as SandboxFusion does: what verl, ROLL, tinker-cookbook and SandboxFusion's own client call.</summary>
internal static class RunCodeEndpoints
{
    // Who sends compile_timeout waits for both time-outs and 10 s (verl/utils/reward_score/sandbox_fusion/utils.py); the answer must be there before.
    private const double VerlGrace = 10, Margin = 2;

    // ROLL waits for 90 s (roll/pipeline/rlvr/rewards/code_sandbox_reward_worker.py).
    private const double RollSeconds = 85;

    // tinker-cookbook waits for 6000 s and never tries again (tinker_cookbook/sandbox/sandboxfusion.py); it does not send compile_timeout.
    private const double PatientSeconds = 1200;

    private const double MostSeconds = 3600;

    /// <summary>Adds <c>POST /run_code</c> and <c>GET /v1/ping</c>.</summary>
    public static void MapRunCode(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/run_code", RunAsync).ExcludeFromDescription().AnsweringFaults(FaultAnswers.TryAgain);
        routes.MapGet("/v1/ping", () => TypedResults.Json("pong")).ExcludeFromDescription();
    }

    // How long a client waits for a place its request says: so that is read first.
    private static async Task<IResult> RunAsync(HttpContext http, TrainerGate gate, BodyBudget bodies, ProgramRuns runs, PassedTests passed, TimeProvider time)
    {
        TrainerGate.Arrive(http, time);
        if (await bodies.ReserveAsync(http) is not { } held)
        {
            return FaultAnswers.TryAgain(BodyBudget.Full);
        }

        var (request, problem) = await TrainerBody.ReadAsync<RunCodeRequest>(http);
        if (request is null)
        {
            return problem!;
        }

        var (program, fetched, error) = request.Read();
        if (program is null)
        {
            return Problems.Invalid([error!.Value]);
        }

        var test = RollTest.Of(request);
        if (test is not null && passed.Take(test) is { } known)
        {
            return TrainerBody.Json(known);
        }

        var wait = TimeSpan.FromSeconds(Math.Min(WaitOf(request), MostSeconds));
        var running = gate.PassAsync(
            http, typeof(RunCodeEndpoints).Namespace!, () => UnderDeadlineAsync(http, held, runs, program, wait, test is null, time), wait, ProgramEnd.FailedBy, NeverTriesAgain(request));
        return test is null ? AnswerOf(await running, fetched) : new KeptAlive(AnswerAsync(running.AsTask(), test, passed), KeptAlive.Beat, time);
    }

    private static async ValueTask<ProgramEnd> UnderDeadlineAsync(
        HttpContext http, IDisposable held, ProgramRuns runs, TrainerProgram program, TimeSpan wait, bool inPieces, TimeProvider time)
    {
        held.Dispose();
        using var deadline = new Deadline(http, wait, time);
        return await runs.RunAsync(http, program, deadline, inPieces);
    }

    private static async Task<(RunCodeResponse? Answer, IResult? Fault)> AnswerAsync(Task<ProgramEnd> running, RollTest test, PassedTests passed)
    {
        var end = await running;
        if (end.Run is not { } run)
        {
            return (null, AnswerOf(end));
        }

        var answer = RunCodeResponse.Of(run, new Dictionary<string, string>());
        passed.Keep(test, answer);
        return (answer, null);
    }

    private static IResult AnswerOf(ProgramEnd end, IReadOnlyDictionary<string, string> fetched)
    {
        if (end.Run is not { } run)
        {
            return AnswerOf(end);
        }

        var answer = new JsonInPieces();
        return answer.Answer(RunCodeResponse.Of(run, fetched, answer), TrainerBody.Options);
    }

    /// <summary>The answer where nothing is known of a program.</summary>
    public static IResult AnswerOf(ProgramEnd end) =>
        end.Failed is { } fault ? FaultAnswers.TryAgain(fault)
        : end.Skipped is { } reason ? FaultAnswers.CannotBeJudged("language", reason)
        : Problems.Invalid([end.Malformed!.Value]);

    private static bool NeverTriesAgain(RunCodeRequest request) => request is { ExpectedStdout: null, CompileTimeout: null };

    private static double WaitOf(RunCodeRequest request) =>
        request.ExpectedStdout is not null ? RollSeconds
        : request.CompileTimeout is { } compile ? compile + request.RunSeconds + VerlGrace - Margin
        : Math.Max(PatientSeconds, 2 * request.RunSeconds);
}
