using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Http;

/// <summary>What <c>POST /v1/grade</c> takes.</summary>
public sealed record GradeRequest
{
    /// <summary>The name of a rubric, or a rubric itself as an object.</summary>
    public required RubricReference Rubric { get; init; }

    /// <summary>
    /// Whether an answer that was graded before, or is being graded, for the same task is not worked on again. False to have each worked on anew.
    /// </summary>
    public bool Deduplicate { get; init; } = true;

    /// <summary>The items to grade; at least one.</summary>
    public required ImmutableArray<Item> Items { get; init; }
}

/// <summary>What <c>POST /v1/grade</c> gives back.</summary>
/// <param name="Rubric">The rubric's name and version, "r1-zero@1", by which a later request can ask for the same; "inline:NAME@VERSION" of one that stood in the request.</param>
/// <param name="Items">What each item earned, in the order of the request.</param>
public sealed record GradeResponse(string Rubric, IReadOnlyList<GradedItem> Items);
