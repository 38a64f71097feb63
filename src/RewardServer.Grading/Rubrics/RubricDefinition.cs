using System.Collections.Immutable;
using System.Text.Json.Serialization;
using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Rubrics;

/// <summary>A rubric as it is written: the named, versioned recipe that turns verdicts into one scalar.</summary>
public sealed record RubricDefinition
{
    /// <summary>Its name; "inline" for one that stands in a request.</summary>
    public string Name { get; init; } = "inline";

    /// <summary>Its version, from 1. A request may insist on one: "r1@1".</summary>
    public int Version { get; init; } = 1;

    /// <summary>What it is for, in a sentence.</summary>
    public string Description { get; init; } = "";

    /// <summary>The tags between which completions think and answer, for all its graders.</summary>
    public ThinkTags Tags { get; init; } = new();

    /// <summary>Its components, whose values make the reward.</summary>
    public required ImmutableArray<ComponentDefinition> Components { get; init; }

    /// <summary>How the components' values become one.</summary>
    public Combination Combine { get; init; } = Combination.Sum;

    /// <summary>What each signal adds to the reward of an item that carries it, by the signal's name; negative to take away.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableSortedDictionary<string, double>? Signals { get; init; }

    /// <summary>The lowest and the highest reward: what lies outside is drawn to the nearer one. Silent: no bounds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public NumberPair? Clip { get; init; }

    /// <summary>What is given beside the rewards that only makes sense within a group: advantages, ranks, lengths.</summary>
    public ImmutableArray<TransformDefinition> Transforms { get; init; } = [];
}
