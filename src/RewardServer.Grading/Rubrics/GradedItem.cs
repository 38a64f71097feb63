using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;

namespace RewardServer.Grading.Rubrics;

/// <summary>What an item earned, and why.</summary>
/// <param name="Id">The item's.</param>
/// <param name="Outcome">How the grading ended.</param>
/// <param name="Reward">The sum of the components' scores, each times its weight; null unless scored.</param>
/// <param name="Reason">Why there is no reward; null where there is one.</param>
/// <param name="Components">Each component of the rubric, in its order; empty where none was tried.</param>
public sealed record GradedItem(
    string Id,
    Outcome Outcome,
    double? Reward,
    string? Reason,
    ImmutableArray<GradedComponent> Components)
{
    /// <summary>The item's, where it has one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Group { get; init; }

    /// <summary>The item's, echoed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(EchoedJsonConverter))]
    public JsonElement? Meta { get; init; }

    /// <summary>
    /// Combines components to a reward. A failed component of weight other than 0 makes the item failed,
    /// a skipped one skipped; those of weight 0 never do.
    /// </summary>
    public static GradedItem Combine(Item item, ImmutableArray<GradedComponent> components)
    {
        var counted = components.Where(component => component.Weight != 0).ToArray();
        var blocking = counted.FirstOrDefault(component => component.Outcome == Outcome.Failed)
            ?? counted.FirstOrDefault(component => component.Outcome == Outcome.Skipped);
        var outcome = blocking?.Outcome ?? Outcome.Scored;
        var reward = blocking is null ? counted.Sum(component => component.Weight * component.Score!.Value) : (double?)null;
        return Of(item, outcome, reward, blocking is null ? null : $"{blocking.Name}: {blocking.Reason}", components);
    }

    /// <summary>An item that cannot be judged at all.</summary>
    public static GradedItem Skipped(Item item, string reason) => Of(item, Outcome.Skipped, null, reason, []);

    /// <summary>An item on which we failed.</summary>
    public static GradedItem Failed(Item item, string reason) => Of(item, Outcome.Failed, null, reason, []);

    private static GradedItem Of(
        Item item, Outcome outcome, double? reward, string? reason, ImmutableArray<GradedComponent> components) =>
        new(item.Id, outcome, reward, reason, components) { Group = item.Group, Meta = item.Meta };
}

/// <summary>What one component found.</summary>
/// <param name="Name">The component's name in the rubric.</param>
/// <param name="Weight">What its score is multiplied by.</param>
/// <param name="Score">From 0 to 1; null unless scored.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reason">One sentence for people.</param>
/// <param name="Signals">Why the completion is suspect; often empty.</param>
/// <param name="Details">What a person needs to see why.</param>
public sealed record GradedComponent(
    string Name,
    double Weight,
    double? Score,
    Outcome Outcome,
    string Reason,
    ImmutableArray<string> Signals,
    object? Details)
{
    internal static GradedComponent Of(RubricComponent component, Verdict verdict) => new(
        component.Name, component.Weight, verdict.Score, verdict.Outcome, verdict.Reason, verdict.Signals, verdict.Details);
}
