using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RewardServer.Grading.Rubrics;

/// <summary>One component of a rubric as it is written. Its value is its grader's score, scaled, then clipped, then gated; that times its weight is what it gives.</summary>
public sealed record ComponentDefinition
{
    /// <summary>Which grader, by its name in the table of graders.</summary>
    public required string Grader { get; init; }

    /// <summary>The component's name in results; the grader's where silent. No two of a rubric are the same.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// What its value is multiplied by; 1 where silent, but 0 for a grader that is a metric. Of weight 0, it is reported and decides
    /// nothing, unless a gate reads it.
    /// </summary>
    public double? Weight { get; init; }

    /// <summary>The grader's own options, as an object.</summary>
    public JsonElement? Options { get; init; }

    /// <summary>The value of a score of 0 and that of a score of 1; those of other scores lie on the line through them. Silent: the score itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public NumberPair? Scale { get; init; }

    /// <summary>The lowest and the highest value. Silent: no bounds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public NumberPair? Clip { get; init; }

    /// <summary>What must hold for the value to count; where one does not, the first such gate gives the value.</summary>
    public ImmutableArray<GateDefinition> Gates { get; init; } = [];

    /// <summary>The score from which on the component passes, for the combination "first-failure"; 1, or its grader's highest where that is lower, where silent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? PassAt { get; init; }
}

/// <summary>A condition on what another component found.</summary>
public sealed record GateDefinition
{
    /// <summary>The other component's name. Its score decides, before scale, clip and gates.</summary>
    public required string Component { get; init; }

    /// <summary>The gate is open where the score is at least this; where neither bound is given 1, or the grader's highest score where that is lower.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? AtLeast { get; init; }

    /// <summary>The gate is open where the score is below this.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Below { get; init; }

    /// <summary>The value, before the weight, of the component where the gate is closed.</summary>
    public double Otherwise { get; init; }

    internal bool IsOpen(double score) => (AtLeast ?? (Below is null ? 1 : double.NegativeInfinity)) <= score && !(score >= Below);
}
