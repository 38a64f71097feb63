using System.Text.Json;
using RewardServer.Compatibility.Programs;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Code;
using RewardServer.Grading.Rubrics;
using RewardServer.Http;

namespace RewardServer.Compatibility.SandboxFusion.Batch;

/// <summary>Grades a completion by all its tests in one call, as a fork of SandboxFusion does.</summary>
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

    private static async Task<IResult> EvaluateAsync(HttpContext http, TrainerGrading grading, RubricCompiler compiler)
    {
        var (request, problem) = await TrainerBody.ReadAsync<BatchRequest>(http);
        if (request is null)
        {
            return problem!;
        }

        if (request.Completion is null || request.Config is not { } config)
        {
            return Problems.Invalid(request.Completion is null ? "completion" : "config", "must not be null");
        }

        if (config is { RunTimeout: not (null or > 0) } or { CompileTimeout: < 0 })
        {
            return Problems.Invalid("config.run_timeout", "must be above 0, and compile_timeout not negative");
        }

        var (task, error) = BatchTask.Of(config);
        if (task is null)
        {
            return Problems.Invalid([error!.Value]);
        }

        var item = new Item { Id = "batch", Prompt = "", Completion = request.Completion, Task = task };
        var graded = (await grading.GradeAsync(http, RubricOf(compiler, config.Extra?.RunAllCases == true), [item], WaitOf(config)))[0];
        var details = graded.Components.FirstOrDefault()?.Details as CodeDetails;
        return graded.Outcome switch
        {
            Outcome.Failed => FaultAnswers.TryAgain(graded.Reason ?? "the grading failed"),
            Outcome.Skipped => FaultAnswers.CannotBeJudged("config", graded.Reason ?? "the task cannot be judged"),
            _ => TrainerBody.Json(BatchResponse.Of(request, graded.Reward == 1, details, task.Tests.Length)),
        };
    }

    private static Rubric RubricOf(RubricCompiler compiler, bool all)
    {
        var options = JsonSerializer.SerializeToElement(new { stopAtFirstFailure = !all });
        var (rubric, errors) = compiler.Compile(new RubricDefinition { Components = [new() { Grader = "accuracy", Options = options }] });
        return rubric ?? throw new InvalidOperationException(errors[0].Message);
    }

    private static TimeSpan WaitOf(BatchConfig config) => TimeSpan.FromSeconds(Math.Min(
        config.CompileTimeout is { } compile ? compile + (config.RunTimeout ?? DefaultSeconds) + Grace : PatientSeconds, MostSeconds));
}
