using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Sets;

namespace RewardServer.Training.Rewards;

/// <summary>Rewards by a rubric in this process.</summary>
/// <param name="rubric">The rubric.</param>
/// <param name="grader">What grades by it.</param>
public sealed class RubricRewards(Rubric rubric, SetGrader grader) : IRewards
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<Reward>> OfAsync(IReadOnlyList<Item> items, CancellationToken cancellation) =>
        [.. (await grader.GradeAsync(rubric, items, cancellation).ConfigureAwait(false)).Select(graded =>
            new Reward(graded.Reward, graded.Components.ToDictionary(component => component.Name, component => component.Score), graded.Reason) { Answer = GivenAnswer.Of(graded), Failed = graded.Outcome == Outcome.Failed })];
}
