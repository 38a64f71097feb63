using RewardServer.Compatibility.Programs;
using RewardServer.Compatibility.Tasks;
using RewardServer.Http;

namespace RewardServer.Compatibility.SandboxFusion.Submit;

/// <summary>Judges a completion as SandboxFusion does (sandbox/server/online_judge_api.py): by the problem that the call brings, or one that was uploaded.</summary>
internal static class SubmitEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Adds <c>POST /submit</c>.</summary>
    public static void MapSubmit(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/submit", SubmitAsync).ExcludeFromDescription()
            .BehindTrainerGate(Patience, FaultAnswers.TryAgain)
            .AnsweringFaults(FaultAnswers.TryAgain);

    private static async Task<IResult> SubmitAsync(HttpContext http, TaskStore store, Submitting submitting)
    {
        var (request, problem) = await TrainerBody.ReadAsync<SubmitRequest>(http);
        if (request is null)
        {
            return problem!;
        }

        var errors = request.Errors().ToList();
        if (errors.Count > 0)
        {
            return Problems.Invalid(errors);
        }

        // A client of this protocol knows no third outcome.
        var (skipped, wrong) = SkippedReward.Of(http);
        if (wrong is not null)
        {
            return wrong;
        }

        var (judged, refusal) = Find(request, store);
        return judged is null ? refusal! : SubmitAnswer.Of(await submitting.JudgeAsync(http, request, judged), request, "dataset", skipped);
    }

    private static (JudgedProblem? Problem, IResult? Refusal) Find(SubmitRequest request, TaskStore store)
    {
        var (dataset, config) = (request.Dataset!, request.Settings);
        if (!SubmitConfig.IsTrue(config.ProvidedData))
        {
            return store.Find(dataset, request.Name) is { } stored
                ? (StoredProblem.Of(stored, config), null)
                : (null, DataSets.IsThere(store, dataset) ? DataSets.NoSuchProblem(dataset, request.Name) : DataSets.Unknown(dataset));
        }

        if (DatasetTypes.TypeOf(dataset, config) is not { } type)
        {
            return (null, DataSets.Refused($"no eval class found for dataset {dataset}: config.dataset_type says which; here are {DatasetTypes.Names}"));
        }

        if (DatasetTypes.ReaderOf(type) is not { } read)
        {
            return (null, DataSets.Refused($"eval class {type} not found: here are {DatasetTypes.Names}"));
        }

        var row = new ProvidedRow(config.ProvidedData, "config.provided_data");
        var problem = read(row, request);
        return row.Error is { } error ? (null, Problems.Invalid(error.Path, error.Message)) : (problem, null);
    }
}
