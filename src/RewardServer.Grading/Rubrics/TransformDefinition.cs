using System.Text.Json;

namespace RewardServer.Grading.Rubrics;

/// <summary>One transform of a group's rewards as it is written.</summary>
public sealed record TransformDefinition
{
    /// <summary>Which transform, by its name in the table of transforms.</summary>
    public required string Transform { get; init; }

    /// <summary>Its name in results; the transform's where silent. No two of a rubric are the same.</summary>
    public string? Name { get; init; }

    /// <summary>The transform's own options, as an object.</summary>
    public JsonElement? Options { get; init; }
}
