using RewardServer.Compatibility.Programs;
using RewardServer.Http;

namespace RewardServer.Compatibility.OpenR1;

/// <summary>Runs batches of scripts in the place of open-r1's routers to E2B and to MorphCloud.</summary>
internal static class ExecuteBatchEndpoints
{
    // MorphCloud's client gives up after 96 s, E2B's never (src/open_r1/utils/code_providers.py).
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Adds <c>POST /execute_batch</c>.</summary>
    public static void MapExecuteBatch(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/execute_batch", ExecuteAsync).ExcludeFromDescription()
            .BehindTrainerGate(Patience, reason => new MaskedBatch(reason))
            .AnsweringFaults(reason => new MaskedBatch(reason));

    private static async Task<IResult> ExecuteAsync(HttpContext http, ProgramRuns runs, TimeProvider time)
    {
        var (request, problem) = await TrainerBody.ReadAsync<ExecuteBatchRequest>(http);
        if (request is null)
        {
            return problem!;
        }

        if (request.Error() is { } error)
        {
            return Problems.Invalid(error.Path, error.Message);
        }

        MaskedBatch.Remember(http, request);
        using var deadline = new Deadline(http, request.Wait(), time);
        var ends = await runs.RunAsync(http, request.Programs(), deadline);
        return TrainerBody.Json(ends.Select((end, i) => ScriptResult.Of(end, request.IsPython(i))).ToList());
    }
}
