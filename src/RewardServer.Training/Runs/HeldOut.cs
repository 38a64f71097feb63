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
/// <param name="policies">Who answers.</param>
/// <param name="recipe">The recipe.</param>
/// <param name="problems">What is asked: equally many of each kind.</param>
/// <param name="template">How a question becomes a prompt.</param>
/// <param name="tokenizer">What makes tokens of texts.</param>
/// <param name="rewards">What judges answers.</param>
public sealed class HeldOut(Replicas policies, Recipe recipe, ProblemMix problems, PromptTemplate template, ITokenizer tokenizer, IRewards rewards)
{
    private readonly Problem[] asked = [.. problems.Each(Split.HeldOut, recipe.Evaluation.Problems, Seeds.Random(recipe.Seed, Purpose.HeldOut, 0))];
    private readonly int limit = recipe.Rollouts.MaxTokens;
    private readonly TestTimeRecipe? tried = recipe.Evaluation.TestTime;

    /// <summary>Asks all of them; with votes, as often as there are at most.</summary>
    /// <param name="step">After which step; other tokens are drawn after another.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RewardsUnavailableException">No rewards are to be had.</exception>
    public async Task<EvaluationMetrics> AskAsync(int step, CancellationToken cancellation)
    {
        var rounds = new List<HeldOutAnswer[]>();
        for (var round = 0; round < (tried?.Votes[^1] ?? 1); round++)
        {
            rounds.Add(await AnswersAsync(step, round, cancellation).ConfigureAwait(false));
        }

        return new EvaluationMetrics
        {
            // What could not be judged says nothing of the policy.
            Accuracy = rounds.SelectMany(round => round).Where(answer => answer.Reward.Value is not null)
                .GroupBy(answer => answer.Problem.Kind, answer => answer.Reward.Right && answer.Rollout.Tokens.Length <= limit ? 1.0 : 0)
                .ToImmutableSortedDictionary(right => right.Key, right => right.Average()),
            CompletionTokens = rounds.Average(round => round.Average(answer => (double)answer.Tokens(limit))),
            TestTime = tried is null ? null : TestTimeCurve.Of(tried, policies.Policy.Shape, [.. asked.Select((_, i) => rounds.Select(round => round[i]).ToArray())]),
            Samples = [.. Samples(step).Select(i => new Sample(asked[i].Kind, asked[i].Question, rounds[0][i].Text, rounds[0][i].Reward.Value))],
        };
    }

    private async Task<HeldOutAnswer[]> AnswersAsync(int step, int round, CancellationToken cancellation)
    {
        var prompts = asked.Select(problem => template.Of(problem.Question)).ToArray();
        var rollouts = policies.Generate(tokenizer.Ends, [.. prompts.Select(tokenizer.Encode)], new()
        {
            Temperature = recipe.Evaluation.Temperature,
            MaxTokens = Math.Max(limit, tried?.Budgets[^1] ?? 0),
            Seed = Seeds.Of(recipe.Seed, Purpose.Answers, step, round),
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
        return [.. asked.Select((problem, i) => new HeldOutAnswer(problem, rollouts[i], texts[i], earned[i]))];
    }

    // Of every kind in turn, and at each evaluation others.
    private IEnumerable<int> Samples(int step)
    {
        var kinds = problems.Kinds.Length;
        var each = asked.Length / kinds;
        return Enumerable.Range(0, Math.Min(recipe.Evaluation.Samples, asked.Length)).Select(i => i % kinds * each + (step + i / kinds) % each).Distinct();
    }
}

/// <summary>An answer to a held-out problem.</summary>
/// <param name="Problem">What was asked.</param>
/// <param name="Rollout">What was written, as tokens.</param>
/// <param name="Text">What was written.</param>
/// <param name="Reward">What it earned.</param>
internal sealed record HeldOutAnswer(Problem Problem, Rollout Rollout, string Text, Reward Reward)
{
    /// <summary>Whether it ended, within so many tokens.</summary>
    public bool EndedWithin(int budget) => Rollout.Tokens.Length < budget || Rollout.Tokens.Length == budget && !Rollout.Truncated;

    /// <summary>Whether it is right, and ended within so many tokens: what is longer would have been cut off, which draws nothing else until then.</summary>
    public bool IsRight(int budget) => Reward.Right && EndedWithin(budget);

    /// <summary>How many tokens of it would have been written.</summary>
    public int Tokens(int budget) => Math.Min(Rollout.Tokens.Length, budget);
}
