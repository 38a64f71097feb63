using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Training.Policies;
using RewardServer.Training.Problems;
using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;
using RewardServer.Training.Rewards;
using RewardServer.Training.Rollouts;
using RewardServer.Training.Tokens;

namespace RewardServer.Training.Runs;

/// <summary>Held-out problems, the same at every evaluation of a run: how many of them a policy answers rightly.</summary>
/// <param name="policy">Who answers.</param>
/// <param name="recipe">The recipe.</param>
/// <param name="problems">What is asked: equally many of each kind.</param>
/// <param name="template">How a question becomes a prompt.</param>
/// <param name="tokenizer">What makes tokens of texts.</param>
/// <param name="rewards">What judges answers.</param>
public sealed class HeldOut(Policy policy, Recipe recipe, ProblemMix problems, PromptTemplate template, ITokenizer tokenizer, IRewards rewards)
{
    private readonly Problem[] asked = [.. problems.Each(Split.HeldOut, recipe.Evaluation.Problems, Seeds.Random(recipe.Seed, Purpose.HeldOut, 0))];

    /// <summary>Asks all of them.</summary>
    /// <param name="step">After which step; other tokens are drawn after another.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RewardsUnavailableException">No rewards are to be had.</exception>
    public async Task<EvaluationMetrics> AskAsync(int step, CancellationToken cancellation)
    {
        var prompts = asked.Select(problem => template.Of(problem.Question)).ToArray();
        var rollouts = Generation.Generate(policy, tokenizer.Ends, [.. prompts.Select(tokenizer.Encode)], new()
        {
            Temperature = recipe.Evaluation.Temperature,
            MaxTokens = recipe.Rollouts.MaxTokens,
            Seed = Seeds.Of(recipe.Seed, Purpose.Answers, step),
        }, cancellation);
        var texts = rollouts.Select(rollout => tokenizer.Decode(rollout.Tokens)).ToArray();
        var earned = await rewards.OfAsync([.. asked.Select((problem, i) => new Item
        {
            Id = $"{i}",
            Group = $"{i}",
            Prompt = prompts[i],
            Completion = texts[i],
            CompletionTokens = rollouts[i].Tokens.Length,
            Truncated = rollouts[i].Truncated,
            Meta = ModelRewards.MetaOf(problem.Kind),
            Task = problem.Task,
        })], cancellation).ConfigureAwait(false);
        return new EvaluationMetrics
        {
            // What could not be judged says nothing of the policy.
            Accuracy = asked.Zip(earned).Where(pair => pair.Second.Value is not null)
                .GroupBy(pair => pair.First.Kind, pair => pair.Second.Right ? 1.0 : 0)
                .ToImmutableSortedDictionary(right => right.Key, right => right.Average()),
            CompletionTokens = rollouts.Average(rollout => (double)rollout.Tokens.Length),
            Samples = [.. Samples(step).Select(i => new Sample(asked[i].Kind, asked[i].Question, texts[i], earned[i].Value))],
        };
    }

    // Of every kind in turn, and at each evaluation others.
    private IEnumerable<int> Samples(int step)
    {
        var kinds = problems.Kinds.Length;
        var each = asked.Length / kinds;
        return Enumerable.Range(0, Math.Min(recipe.Evaluation.Samples, asked.Length)).Select(i => i % kinds * each + (step + i / kinds) % each).Distinct();
    }
}
