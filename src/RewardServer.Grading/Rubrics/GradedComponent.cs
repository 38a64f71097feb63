using System.Collections.Immutable;
using RewardServer.Grading.Graders;

namespace RewardServer.Grading.Rubrics;

/// <summary>What one component found.</summary>
/// <param name="Name">The component's name in the rubric.</param>
/// <param name="Weight">What its value is multiplied by.</param>
/// <param name="Score">What its grader gave; null unless scored.</param>
/// <param name="Contribution">
/// What it gave to the reward: its value (the score, scaled, clipped and gated) times its weight; 0 where the rubric's combination chose
/// another's. They add up to the reward, but for a product, and for a reward that was clipped. Null where the item has no reward, or the weight is 0.
/// </param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reason">One sentence for people.</param>
/// <param name="Signals">Why the completion is suspect; often empty.</param>
/// <param name="Details">What a person needs to see why.</param>
public sealed record GradedComponent(
    string Name,
    double Weight,
    double? Score,
    double? Contribution,
    Outcome Outcome,
    string Reason,
    ImmutableArray<string> Signals,
    object? Details);
