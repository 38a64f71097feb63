using RewardServer.Grading.Completions;
using RewardServer.Sandboxing.Engines;
using RewardServer.Sandboxing.Languages;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Http;

/// <summary>Says what this server can run.</summary>
public static class CatalogEndpoints
{
    /// <summary>Adds <c>GET /v1/languages</c>.</summary>
    public static void MapCatalog(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/languages", async (SandboxPool sandbox, HttpContext http) =>
            {
                await sandbox.LookAgainAsync(null, http.RequestAborted);
                return TypedResults.Json(
                    new LanguagesResponse(sandbox.Engine, sandbox.Languages, ResourceLimits.Default, ResourceLimits.Ceiling, sandbox.Noise), ItemJson.Options);
            })
            .WithName("languages")
            .WithTags("Catalogue")
            .Produces<LanguagesResponse>()
            .WithSummary("The languages whose programs can be run here, the sandbox that runs them, and the limits.");
    }
}

/// <summary>What <c>GET /v1/languages</c> gives.</summary>
/// <param name="Engine">The sandbox engine that was found.</param>
/// <param name="Languages">Each language and whether it can be run.</param>
/// <param name="DefaultLimits">What a test may use where its task is silent.</param>
/// <param name="LimitCeilings">The most that a task may ask for.</param>
/// <param name="Noise">How well this machine measures CPU time; null until it has been tried.</param>
public sealed record LanguagesResponse(
    EngineReport Engine, IReadOnlyList<LanguageReport> Languages, ResourceLimits DefaultLimits, ResourceLimits LimitCeilings, TimingNoise? Noise);
