using System.Collections.Immutable;
using System.Diagnostics;
using RewardServer.Grading.Completions;
using RewardServer.Training.Optimization;
using RewardServer.Training.Policies;
using RewardServer.Training.Problems;
using RewardServer.Training.Recipes;
using RewardServer.Training.Rewards;
using RewardServer.Training.Rollouts;
using RewardServer.Training.Tokens;

namespace RewardServer.Training.Runs;

/// <summary>What every loop begins with: prompts, completions of each, and what they earned. The same step and round give the same.</summary>
/// <param name="recipe">The recipe.</param>
/// <param name="problems">What is asked.</param>
/// <param name="template">How a question becomes a prompt.</param>
/// <param name="tokenizer">What makes tokens of texts.</param>
/// <param name="rewards">What gives rewards.</param>
internal sealed class GradedRollouts(Recipe recipe, ProblemMix problems, PromptTemplate template, ITokenizer tokenizer, IRewards rewards)
{
    private readonly RolloutRecipe asked = recipe.Rollouts;

    /// <summary>One round of some new problems: completions of each, and what they earned.</summary>
    /// <param name="policies">Who writes.</param>
    /// <param name="step">Which step it is for.</param>
    /// <param name="clock">What it took is added there.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RewardsUnavailableException">No rewards are to be had.</exception>
    public async Task<Group[]> RoundAsync(Replicas policies, int step, LoopClock clock, CancellationToken cancellation)
    {
        var written = Write(policies, Draw(step, 1, asked.Prompts), step, 1, clock, cancellation);
        var groups = await GradeAsync(written, clock, cancellation).ConfigureAwait(false);
        Check(groups, step);
        return groups;
    }

    /// <summary>Some new problems.</summary>
    public Problem[] Draw(int step, int round, int count)
    {
        var random = Seeds.Random(recipe.Seed, Purpose.Prompts, step, round);
        return [.. Enumerable.Range(0, count).Select(_ => problems.Draw(random).Draw(Split.Reinforcement, random))];
    }

    /// <summary>A group of completions of each problem.</summary>
    /// <param name="policies">Who writes.</param>
    /// <param name="questions">The problems.</param>
    /// <param name="step">Which step it is for.</param>
    /// <param name="round">Which round of it.</param>
    /// <param name="clock">What it took is added there.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="words">What is asked in place of the problem's question; null for that.</param>
    public Written[] Write(
        Replicas policies, IReadOnlyList<Problem> questions, int step, int round, LoopClock clock, CancellationToken cancellation, Func<Problem, string>? words = null)
    {
        clock.Generating.Start();
        var tokens = questions.Select(problem => tokenizer.Encode(template.Of(words?.Invoke(problem) ?? problem.Question))).SelectMany(prompt => Enumerable.Repeat(prompt, asked.Group)).ToArray();
        var rollouts = policies.Generate(tokenizer.Ends, tokens, new()
        {
            Temperature = asked.Temperature,
            TopK = asked.TopK,
            TopP = asked.TopP,
            MaxTokens = asked.MaxTokens,
            Seed = Seeds.Of(recipe.Seed, Purpose.Rollouts, step, round),
        }, cancellation);
        clock.Generating.Stop();
        return [.. rollouts.Chunk(asked.Group).Select((group, i) => new Written(questions[i], template.Of(questions[i].Question), group))];
    }

    /// <summary>What they earn, as answers to the problems' own questions.</summary>
    /// <exception cref="RewardsUnavailableException">No rewards are to be had.</exception>
    public async Task<Group[]> GradeAsync(IReadOnlyList<Written> written, LoopClock clock, CancellationToken cancellation)
    {
        clock.Rewarding.Start();
        var items = written.SelectMany((asked, i) => asked.Rollouts.Select((rollout, j) => new Item
        {
            Id = $"{i}-{j}",
            Group = $"{i}",
            Prompt = asked.Prompt,
            Completion = tokenizer.Decode(rollout.Tokens),
            CompletionTokens = rollout.Tokens.Length,
            Truncated = rollout.Truncated,
            Meta = ModelRewards.MetaOf(asked.Problem.Kind),
            Task = asked.Problem.Task,
        })).ToArray();
        var earned = await rewards.OfAsync(items, cancellation).ConfigureAwait(false);
        clock.Rewarding.Stop();
        var members = written.SelectMany(asked => asked.Rollouts).Select((rollout, i) => new Rewarded(rollout, items[i].CompletionText!, earned[i]));
        return [.. members.Chunk(asked.Group).Select((group, i) => new Group(written[i].Problem, written[i].Prompt, [.. group]))];
    }

    /// <summary>Makes sure that something has a reward.</summary>
    /// <exception cref="RewardsUnavailableException">Nothing has.</exception>
    public static void Check(IReadOnlyList<Group> groups, int step)
    {
        if (groups.All(group => group.Rewards.Length == 0))
        {
            var reason = groups[0].Members.Select(member => member.Reward.Reason).FirstOrDefault(reason => reason is not null);
            throw new RewardsUnavailableException($"no completion of step {step} has a reward: {reason ?? "no reason was given"}");
        }
    }
}

/// <summary>What generating and rewards of a step took.</summary>
internal sealed class LoopClock
{
    public Stopwatch Generating { get; } = new();

    public Stopwatch Rewarding { get; } = new();
}

/// <summary>Completions of one prompt.</summary>
/// <param name="Problem">What was asked.</param>
/// <param name="Prompt">Its prompt.</param>
/// <param name="Rollouts">What was written.</param>
internal sealed record Written(Problem Problem, string Prompt, Rollout[] Rollouts);

/// <summary>The completions of one prompt with what they earned.</summary>
/// <param name="Problem">What was asked.</param>
/// <param name="Prompt">Its prompt.</param>
/// <param name="Members">What was written, and what it earned.</param>
internal sealed record Group(Problem Problem, string Prompt, ImmutableArray<Rewarded> Members)
{
    /// <summary>The rewards that there are.</summary>
    public double[] Rewards { get; } = [.. Members.Select(member => member.Reward.Value).OfType<double>()];
}

/// <summary>A completion with what it earned.</summary>
/// <param name="Rollout">Its tokens.</param>
/// <param name="Text">Its text.</param>
/// <param name="Reward">What it earned.</param>
internal sealed record Rewarded(Rollout Rollout, string Text, Reward Reward)
{
    /// <summary>Its prompt and itself, of which the latter is learned.</summary>
    public TokenSequence Sequence { get; } = new([.. Rollout.Prompt, .. Rollout.Tokens], Rollout.Prompt.Length);
}
