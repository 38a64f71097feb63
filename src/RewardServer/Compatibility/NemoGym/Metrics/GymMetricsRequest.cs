using System.Collections.Immutable;
using System.Text.Json;

namespace RewardServer.Compatibility.NemoGym.Metrics;

/// <summary>What <c>POST /aggregate_metrics</c> takes.</summary>
/// <param name="VerifyResponses">Answers of <c>/verify</c>, without prompts and outputs.</param>
internal sealed record GymMetricsRequest(ImmutableArray<Dictionary<string, JsonElement>> VerifyResponses);

/// <summary>What <c>POST /aggregate_metrics</c> gives.</summary>
/// <param name="GroupLevelMetrics">Of each task, in the order of their indices.</param>
/// <param name="AgentMetrics">Of all rollouts.</param>
/// <param name="KeyMetrics">Those of them that a person looks at first.</param>
internal sealed record GymMetricsResponse(
    IReadOnlyList<IReadOnlyDictionary<string, object>> GroupLevelMetrics,
    IReadOnlyDictionary<string, double> AgentMetrics,
    IReadOnlyDictionary<string, double> KeyMetrics);
