using System.Text.Json;
using RewardServer.Compatibility.Programs;
using RewardServer.Compatibility.Tasks;
using RewardServer.Grading.Completions;
using RewardServer.Http;

namespace RewardServer.Compatibility.SandboxFusion.Submit;

/// <summary>Tells of the data sets that were uploaded, as SandboxFusion tells of its own (sandbox/server/online_judge_api.py).</summary>
internal static class DataSetEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Adds <c>GET /list_datasets</c> and <c>POST</c> <c>/list_ids</c>, <c>/get_prompts</c>, <c>/get_prompt_by_id</c>, <c>/get_metrics</c>, <c>/get_metrics_function</c>.</summary>
    public static void MapDataSets(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/list_datasets", IResult (TaskStore store) =>
            TrainerBody.Json(store.Sets().Select(known => known.Set).Where(set => set.Length > 0).ToList())).Guarded();
        Map(routes, "/list_ids", (request, store) => TrainerBody.Json(request.Ids(store)));
        Map(routes, "/get_prompts", (request, store) => TrainerBody.Json(Prompts(request, store)));
        Map(routes, "/get_prompt_by_id", Prompt);

        // No data set of tasks has metrics of its own, and for such it answers so.
        Map(routes, "/get_metrics", (_, _) => TrainerBody.Json(new Dictionary<string, object>()));
        Map(routes, "/get_metrics_function", (_, _) => TrainerBody.Json(new MetricsFunction(null)));
    }

    private static void Map(IEndpointRouteBuilder routes, string path, Func<PromptsRequest, TaskStore, IResult> answer) =>
        routes.MapPost(path, async Task<IResult> (HttpContext http, TaskStore store) =>
        {
            var (request, problem) = await TrainerBody.ReadAsync<PromptsRequest>(http);
            return request is null ? problem!
                : request.Errors().ToList() is { Count: > 0 } errors ? Problems.Invalid(errors)
                : !DataSets.IsThere(store, request.Dataset!) ? DataSets.Unknown(request.Dataset!)
                : answer(request, store);
        }).Guarded();

    private static void Guarded(this RouteHandlerBuilder builder) =>
        builder.ExcludeFromDescription().BehindTrainerGate(Patience, FaultAnswers.TryAgain).AnsweringFaults(FaultAnswers.TryAgain);

    // One after the other, as they are written: a set may be large.
    private static IEnumerable<PromptAnswer> Prompts(PromptsRequest request, TaskStore store) =>
        request.Ids(store).Select(id => store.Find(request.Dataset!, id)).OfType<StoredTask>()
            .Where(task => task.Prompt is not null).Select(task => new PromptAnswer(task.Id, task.Prompt!));

    private static IResult Prompt(PromptsRequest request, TaskStore store)
    {
        if (SubmitRequest.EnvelopeErrors(request.Dataset, request.Id).ToList() is { Count: > 0 } errors)
        {
            return Problems.Invalid(errors);
        }

        var id = request.Id.ValueKind == JsonValueKind.String ? LenientText.Of(request.Id)! : request.Id.GetRawText();
        return store.Find(request.Dataset!, id) is { Prompt: { } prompt }
            ? TrainerBody.Json(new PromptAnswer(request.Id, prompt))
            : DataSets.NoSuchProblem(request.Dataset!, $"{id} that has a prompt");
    }

    private sealed record MetricsFunction(string? Function);
}

/// <summary>What calls about data sets take.</summary>
internal sealed record PromptsRequest
{
    private const int MostIds = 1_000_000;

    /// <summary>The data set.</summary>
    public string? Dataset { get; init; }

    /// <summary>The problem's name, for the call that asks for one.</summary>
    public JsonElement Id { get; init; }

    /// <summary>How its prompts would be made; what was uploaded has them.</summary>
    public SubmitConfig? Config { get; init; }

    /// <summary>How many problems to leave out at the start.</summary>
    public long Offset { get; init; }

    /// <summary>How many to give at most; also what SandboxFusion gives where nobody says it.</summary>
    public long Limit { get; init; } = MostIds;

    /// <summary>Each member that is missing or out of its range.</summary>
    public IEnumerable<(string Path, string Message)> Errors()
    {
        if (string.IsNullOrEmpty(Dataset))
        {
            yield return ("dataset", "is required");
        }

        if (Config is { } config && SubmitConfig.IsTrue(config.ProvidedData))
        {
            yield return ("config.provided_data", "is for /submit: prompts are told of uploaded tasks alone (PUT /v1/tasks)");
        }

        if (Offset < 0)
        {
            yield return ("offset", "must not be negative");
        }

        if (Limit < 0)
        {
            yield return ("limit", "must not be negative");
        }
    }

    /// <summary>The names that it asks for.</summary>
    public IReadOnlyList<string> Ids(TaskStore store) => store.Ids(Dataset!, Offset, (int)Math.Min(Limit, MostIds));
}

/// <summary>A problem's prompt.</summary>
/// <param name="Id">The problem's name.</param>
/// <param name="Prompt">A text, or messages.</param>
internal sealed record PromptAnswer(object Id, ChatText Prompt)
{
    /// <summary>Nothing: what an uploaded task has beside its prompt is how it is judged.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}
