using RewardServer.Compatibility.NemoGym.Metrics;
using RewardServer.Compatibility.Programs;
using RewardServer.Http;

namespace RewardServer.Compatibility.NemoGym;

/// <summary>
/// What a resources server of NeMo-Gym answers (nemo_gym/base_resources_server.py). NeMo-RL calls it through NeMo-Gym's agents, prime-rl
/// through verifiers (verifiers/v1/tasksets/nemo_gym).
/// </summary>
internal static class GymEndpoints
{
    // With its observability on, NeMo-Gym puts the rollout's id before the path (nemo_gym/rollout_correlation.py).
    private static readonly string[] Prefixes = ["", "/ng-rollout/{rollout}"];

    /// <summary>Adds what the endpoints need.</summary>
    public static void AddNemoGym(this IServiceCollection services)
    {
        services.AddSingleton<GymTasks>();
        services.AddSingleton<GymVerification>();
    }

    /// <summary>Adds the endpoints.</summary>
    public static void MapNemoGym(this IEndpointRouteBuilder routes)
    {
        foreach (var prefix in Prefixes)
        {
            Named(routes.MapPost(prefix + "/seed_session", IResult (HttpContext http) => Seed(http)));
            // How long a rollout's client waits for a place its row says: so that is read first.
            Named(routes.MapPost(prefix + "/verify", (HttpContext http, GymVerification verification) => verification.AnswerAsync(http)));
            // Only NeMo-Gym itself asks for metrics.
            Named(routes.MapPost(prefix + "/aggregate_metrics", Task<IResult> (HttpContext http) => MetricsAsync(http)))
                .BehindTrainerGate(GymCaller.Collection.Patience(), GymAnswer.Unavailable);
            // A row and its response are all that a verdict needs, so `gym eval reverify` may ask again at any time.
            Named(routes.MapGet(prefix + "/reverify_mode", IResult () => TrainerBody.Json("stateless")));
        }
    }

    private static RouteHandlerBuilder Named(RouteHandlerBuilder endpoint) => endpoint.ExcludeFromDescription().AnsweringFaults(GymAnswer.Unavailable);

    // The row that comes with it is not needed: it comes again with the response.
    private static IResult Seed(HttpContext http)
    {
        GymSession.Carry(http);
        return TrainerBody.Json(new Dictionary<string, string>());
    }

    private static async Task<IResult> MetricsAsync(HttpContext http)
    {
        GymSession.Carry(http);
        var (request, problem) = await TrainerBody.ReadAsync<GymMetricsRequest>(http);
        return request is null ? problem!
            : request.VerifyResponses.IndexOf(null!) is >= 0 and var missing ? Problems.Invalid($"verify_responses[{missing}]", "must not be null")
            : TrainerBody.Json(GymMetrics.Of(request.VerifyResponses));
    }
}
