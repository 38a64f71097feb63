using System.Text.Json.Serialization;

namespace RewardServer.Grading.Completions;

/// <summary>A task that no rule decides, such as a letter to write: a judge does.</summary>
/// <param name="Criteria">By what the response is judged, besides what the rubric says; null where that is enough.</param>
/// <param name="Reference">An answer that is known to be good, to compare with; null where there is none.</param>
public sealed record JudgeTask(
    [property: JsonConverter(typeof(LenientTextConverter))] string? Criteria = null,
    [property: JsonConverter(typeof(LenientTextConverter))] string? Reference = null) : GradingTask;
