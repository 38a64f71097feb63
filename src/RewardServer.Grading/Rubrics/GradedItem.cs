using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;

namespace RewardServer.Grading.Rubrics;

/// <summary>What an item earned, and why.</summary>
/// <param name="Id">The item's.</param>
/// <param name="Outcome">How the grading ended.</param>
/// <param name="Reward">The scalar; null unless scored.</param>
/// <param name="Reason">Why there is no reward; null where there is one.</param>
/// <param name="Components">
/// Each component of the rubric, in its order, then each signal that it prices: the same names for every item.
/// </param>
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

    /// <summary>What the rubric's transforms give within the item's group, by their names; each null where the item has no reward.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, double?>? Transforms { get; init; }

    /// <summary>The item's, echoed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(EchoedJsonConverter))]
    public JsonElement? Meta { get; init; }

    internal static GradedItem Of(
        Item item, Outcome outcome, double? reward, string? reason, ImmutableArray<GradedComponent> components) =>
        new(item.Id, outcome, reward, reason, components) { Group = item.Group, Meta = item.Meta };
}
