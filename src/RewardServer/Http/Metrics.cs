using OpenTelemetry.Metrics;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Judge;
using RewardServer.Http.Jobs;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Http;

/// <summary>What the server tells of its work to Prometheus.</summary>
public static class Metrics
{
    /// <summary>Where it tells it.</summary>
    public const string Path = "/metrics";

    /// <summary>Collects the meters of grading, of the judges, of jobs, of the sandbox and of the HTTP server.</summary>
    public static void AddServerMetrics(this IServiceCollection services) =>
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(SandboxMetrics.MeterName, Deduplication.MeterName, JudgeMetrics.MeterName, JobMetrics.MeterName)
            .AddAspNetCoreInstrumentation()
            .AddPrometheusExporter());

    /// <summary>Adds <c>GET /metrics</c>.</summary>
    public static void MapServerMetrics(this IEndpointRouteBuilder routes) => routes.MapPrometheusScrapingEndpoint(Path);
}
