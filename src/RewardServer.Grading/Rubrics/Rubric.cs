using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;

namespace RewardServer.Grading.Rubrics;

/// <summary>A rubric ready to grade: its graders made, its options checked.</summary>
/// <param name="Definition">As it was written.</param>
/// <param name="Components">Its graders with their weights, in the order of the definition.</param>
public sealed record Rubric(RubricDefinition Definition, ImmutableArray<RubricComponent> Components)
{
    /// <summary>Grades one item by every component and combines them to a reward.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<GradedItem> GradeAsync(Item item, CancellationToken cancellation)
    {
        if (item.CompletionText is null)
        {
            return GradedItem.Skipped(item, "the completion holds no message of the assistant");
        }

        var graded = new GradedComponent[Components.Length];
        for (var i = 0; i < graded.Length; i++)
        {
            var component = Components[i];
            var verdict = await component.Grader.GradeAsync(item, cancellation).ConfigureAwait(false);
            graded[i] = GradedComponent.Of(component, verdict);
        }

        return GradedItem.Combine(item, [.. graded]);
    }
}

/// <summary>One component of a rubric that is ready to grade.</summary>
/// <param name="Name">Its name in results.</param>
/// <param name="Weight">What its score is multiplied by.</param>
/// <param name="Grader">What gives its score.</param>
public sealed record RubricComponent(string Name, double Weight, IGrader Grader);
