using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Http;

/// <summary>What <c>POST /v1/grade</c> takes.</summary>
public sealed record GradeRequest
{
    /// <summary>The name of a rubric, or a rubric itself as an object.</summary>
    public required RubricReference Rubric { get; init; }

    /// <summary>The items to grade; at least one.</summary>
    public required ImmutableArray<Item> Items { get; init; }
}

/// <summary>What <c>POST /v1/grade</c> gives back.</summary>
/// <param name="Items">What each item earned, in the order of the request.</param>
public sealed record GradeResponse(IReadOnlyList<GradedItem> Items);
