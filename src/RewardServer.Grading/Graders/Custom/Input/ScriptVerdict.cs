using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Grading.Graders.Custom.Scripts;

namespace RewardServer.Grading.Graders.Custom.Input;

/// <summary>What an earlier component of the rubric found, as scripts see it.</summary>
/// <param name="Outcome">"scored", "skipped" or "failed".</param>
/// <param name="Score">Its score; null unless scored.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="Signals">Why the completion is suspect.</param>
/// <param name="Details">The details, an object; null where it has none.</param>
public sealed record ScriptVerdict(string Outcome, double? Score, string Reason, ImmutableArray<string> Signals, JsonElement? Details)
{
    internal static ScriptVerdict Of(Verdict verdict) => new(
        JsonSerializer.SerializeToElement(verdict.Outcome, ScriptJson.Options).GetString()!,
        verdict.Score,
        verdict.Reason,
        verdict.Signals,
        verdict.Details is { } details ? JsonSerializer.SerializeToElement(details, details.GetType(), ScriptJson.Options) : null);
}
