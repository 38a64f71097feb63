using System.Diagnostics;
using RewardServer.Grading.Completions;
using RewardServer.Training.Optimization;
using RewardServer.Training.Policies;
using RewardServer.Training.Problems;
using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;
using RewardServer.Training.Rewards;
using RewardServer.Training.Tokens;

namespace RewardServer.Training.Runs;

/// <summary>
/// Expert iteration, a step at a time: the policy answers, what is good is kept, and the policy is fine-tuned on it (Anthony et al. 2017, arXiv:1705.08439;
/// for reasoning STaR, Zelikman et al. 2022, arXiv:2203.14465, algorithm 1). With rationalization, problems of which nothing was kept are asked again with
/// the right answer beside the question; what comes of it is learned after the question alone, as if the policy had not been told.
/// </summary>
/// <param name="policies">Who learns.</param>
/// <param name="restart">Makes the policy what it was before the first step, where each step begins with that; else null.</param>
/// <param name="optimizer">The policy's optimizer.</param>
/// <param name="recipe">The recipe; its <see cref="Recipe.Imitation"/> is not null.</param>
/// <param name="problems">What is asked.</param>
/// <param name="template">How a question becomes a prompt.</param>
/// <param name="tokenizer">What makes tokens of texts.</param>
/// <param name="rewards">What judges completions.</param>
/// <param name="folder">Where what each step kept is written.</param>
public sealed class Imitation(
    Replicas policies, Action? restart, AdamW optimizer, Recipe recipe,
    ProblemMix problems, PromptTemplate template, ITokenizer tokenizer, IRewards rewards, string folder) : ITrainingLoop
{
    private readonly ImitationRecipe how = recipe.Imitation ?? throw new ArgumentException("the recipe has no imitation", nameof(recipe));
    private readonly Policy policy = policies.Policy;
    private readonly OptimizationRecipe plan = recipe.Reinforcement.Optimization;
    private readonly GradedRollouts source = new(recipe, problems, template, tokenizer, rewards);
    private readonly FineTuning tuning = new(policies, optimizer, recipe.Reinforcement.Optimization);

    /// <summary>Takes a step.</summary>
    /// <param name="step">Which, from 1.</param>
    /// <param name="seconds">Seconds since the run began, asked at the end of the step.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NotFiniteException">A gradient is no number.</exception>
    /// <exception cref="RewardsUnavailableException">No rewards are to be had.</exception>
    /// <exception cref="RecipeException">The filter asks for a score that the rubric does not give.</exception>
    public async Task<StepMetrics> StepAsync(int step, Func<double> seconds, CancellationToken cancellation)
    {
        // The policy answers, and what is good is kept.
        var clock = new LoopClock();
        var groups = await source.RoundAsync(policies, step, clock, cancellation).ConfigureAwait(false);
        List<KeptSample> kept = [.. RejectionSampling.Of(how.Filter, groups)];

        // Where nothing was, it explains the right answer, where there is one to be told.
        var solved = kept.Select(sample => sample.Group).ToHashSet();
        Problem[] missed = how.Rationalize ? [.. groups.Where(group => !solved.Contains(group)).Select(group => group.Problem).Where(problem => Hinted(how, problem) is not null)] : [];
        Group[] told = [];
        if (missed.Length > 0)
        {
            var written = source.Write(policies, missed, step, 2, clock, cancellation, problem => Hinted(how, problem)!);
            told = await source.GradeAsync(written, clock, cancellation).ConfigureAwait(false);
            kept.AddRange(RejectionSampling.Of(how.Filter, told, hinted: true));
        }

        // From here on nothing is broken off: a step is taken whole or not at all.
        cancellation.ThrowIfCancellationRequested();
        RejectionSampling.Write(RejectionSampling.FileOf(folder, step), kept);

        // Fine-tuning on what was kept, after the prompt without a hint.
        var started = Stopwatch.GetTimestamp();
        if (restart is not null && kept.Count > 0)
        {
            restart();
            optimizer.Reset();
        }

        TokenSequence[] examples = [.. kept.Select(Learned)];
        var rate = plan.RateAt(step);
        var tuned = tuning.Learn(examples, recipe.Reinforcement.Updates, rate, Seeds.Random(recipe.Seed, Purpose.Examples, step), step);
        return tuned.Metrics(step, seconds(), rate, started) with
        {
            Rollouts = RolloutSummary.Of(groups, policy.Shape, clock, told) with
            {
                Kept = kept.Count,
                Rationalized = how.Rationalize ? kept.Count(sample => sample.Hinted) : null,
                Told = how.Rationalize ? told.Sum(group => group.Members.Length) : null,
            },
        };
    }

    /// <summary>A question with the right answer beside it; null where the task has no one text that is it.</summary>
    internal static string? Hinted(ImitationRecipe how, Problem problem) =>
        problem.Task is MathTask { Answer: { } answer } ? problem.Question + how.Hint.Replace("{answer}", answer, StringComparison.Ordinal) : null;

    private TokenSequence Learned(KeptSample sample)
    {
        var prompt = tokenizer.Encode(sample.Group.Prompt);
        return new([.. prompt, .. sample.Member.Rollout.Tokens], prompt.Length);
    }
}
