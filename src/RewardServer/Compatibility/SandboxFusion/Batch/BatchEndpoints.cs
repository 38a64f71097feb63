using RewardServer.Compatibility.Programs;
using RewardServer.Compatibility.SandboxFusion.Submit;
using RewardServer.Http;

namespace RewardServer.Compatibility.SandboxFusion.Batch;

/// <summary>Judges a completion by all its tests in one call, as a fork of SandboxFusion does.</summary>
internal static class BatchEndpoints
{
    // As verl's client for it: compile, run and 10 s (utils_common_evaluate.py); who is silent about compiling waits longer.
    private const double Grace = 8, PatientSeconds = 600, MostSeconds = 3600, DefaultSeconds = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Adds <c>POST /common_evaluate_batch</c>.</summary>
    public static void MapBatch(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/common_evaluate_batch", EvaluateAsync).ExcludeFromDescription()
            .BehindTrainerGate(Patience, FaultAnswers.TryAgain)
            .AnsweringFaults(FaultAnswers.TryAgain);

    private static async Task<IResult> EvaluateAsync(HttpContext http, Submitting submitting)
    {
        var (request, malformed) = await TrainerBody.ReadAsync<BatchRequest>(http);
        if (request is null)
        {
            return malformed!;
        }

        if (request.Completion is null || request.Config is not { } config)
        {
            return Problems.Invalid(request.Completion is null ? "completion" : "config", "must not be null");
        }

        if (config is { RunTimeout: not (null or > 0) } or { CompileTimeout: < 0 })
        {
            return Problems.Invalid("config.run_timeout", "must be above 0, and compile_timeout not negative");
        }

        var (skipped, wrong) = SkippedReward.Of(http);
        if (wrong is not null)
        {
            return wrong;
        }

        var (problem, error) = BatchTask.Of(config);
        if (problem is null)
        {
            return Problems.Invalid([error!.Value]);
        }

        var submission = request.ToSubmission();
        return SubmitAnswer.Of(await submitting.JudgeAsync(http, submission, problem, WaitOf(config)), submission, "config", skipped);
    }

    private static TimeSpan WaitOf(BatchConfig config) => TimeSpan.FromSeconds(Math.Min(
        config.CompileTimeout is { } compile ? compile + (config.RunTimeout ?? DefaultSeconds) + Grace : PatientSeconds, MostSeconds));
}
