using RewardServer.Grading.Completions;

namespace RewardServer.Http;

/// <summary>Probes for those who run the server.</summary>
public static class HealthEndpoints
{
    /// <summary>Adds <c>GET /healthz</c> (the process answers) and <c>GET /readyz</c> (it grades).</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => TypedResults.Json(new HealthResponse("ok"), ItemJson.Options))
            .WithName("healthz")
            .WithTags("Health")
            .Produces<HealthResponse>()
            .WithSummary("Whether the process answers.");
        routes.MapGet("/readyz", async (Readiness readiness, HttpContext http) =>
            {
                var answer = await readiness.CheckAsync(http.RequestAborted);
                var status = answer.Status == "ready" ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
                return TypedResults.Json(answer, ItemJson.Options, statusCode: status);
            })
            .WithName("readyz")
            .WithTags("Health")
            .Produces<ReadyResponse>()
            .WithSummary("Whether the server grades: a canary goes through the verifier and every sandboxed language.")
            .Produces<ReadyResponse>(StatusCodes.Status503ServiceUnavailable);
    }
}

/// <summary>What <c>GET /healthz</c> gives.</summary>
/// <param name="Status">"ok".</param>
public sealed record HealthResponse(string Status);
