using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Rubrics;

/// <summary>A rubric as it is written: which graders, with what weights.</summary>
public sealed record RubricDefinition
{
    /// <summary>Its name; "inline" for one that stands in a request.</summary>
    public string Name { get; init; } = "inline";

    /// <summary>What it is for, in a sentence.</summary>
    public string Description { get; init; } = "";

    /// <summary>The tags between which completions think and answer, for all its graders.</summary>
    public ThinkTags Tags { get; init; } = new();

    /// <summary>Its components; the reward is the sum of their scores, each times its weight.</summary>
    public required ImmutableArray<ComponentDefinition> Components { get; init; }
}

/// <summary>One component of a rubric as it is written.</summary>
public sealed record ComponentDefinition
{
    /// <summary>Which grader, by its name in the table of graders.</summary>
    public required string Grader { get; init; }

    /// <summary>The component's name in results; the grader's where silent. No two of a rubric are the same.</summary>
    public string? Name { get; init; }

    /// <summary>What its score is multiplied by. Of weight 0, it is reported and decides nothing.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The grader's own options, as an object.</summary>
    public JsonElement? Options { get; init; }
}
