using RewardServer.Training.Policies;
using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;
using RewardServer.Training.Rewards;
using RewardServer.Training.Tokens;

namespace RewardServer.Training.Runs;

/// <summary>
/// Rejection sampling into files, a step at a time: the policy answers, and what a filter keeps is written down for a later run to learn from (DeepSeek-R1, Guo et
/// al. 2025, section 2.3.3). Nothing is learned.
/// </summary>
/// <param name="policies">Who answers.</param>
/// <param name="recipe">The recipe; its <see cref="Recipe.Sampling"/> is not null.</param>
/// <param name="problems">What is asked.</param>
/// <param name="template">How a question becomes a prompt.</param>
/// <param name="tokenizer">What makes tokens of texts.</param>
/// <param name="rewards">What judges completions.</param>
/// <param name="folder">Where what each step kept is written.</param>
public sealed class Sampling(
    Replicas policies, Recipe recipe, ProblemMix problems, PromptTemplate template, ITokenizer tokenizer, IRewards rewards, string folder) : ITrainingLoop
{
    private readonly FilterRecipe filter = recipe.Sampling?.Filter ?? throw new ArgumentException("the recipe has no sampling", nameof(recipe));
    private readonly GradedRollouts source = new(recipe, problems, template, tokenizer, rewards);

    /// <summary>Takes a step.</summary>
    /// <param name="step">Which, from 1.</param>
    /// <param name="seconds">Seconds since the run began, asked at the end of the step.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RewardsUnavailableException">No rewards are to be had.</exception>
    /// <exception cref="RecipeException">The filter asks for a score that the rubric does not give.</exception>
    public async Task<StepMetrics> StepAsync(int step, Func<double> seconds, CancellationToken cancellation)
    {
        var clock = new LoopClock();
        var groups = await source.RoundAsync(policies, step, clock, cancellation).ConfigureAwait(false);
        KeptSample[] kept = [.. RejectionSampling.Of(filter, groups)];
        RejectionSampling.Write(RejectionSampling.FileOf(folder, step), kept);
        return StepMetrics.Unlearned(step, seconds()) with { Rollouts = RolloutSummary.Of(groups, policies.Policy.Shape, clock) with { Kept = kept.Length } };
    }
}
