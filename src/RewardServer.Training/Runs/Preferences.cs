using System.Diagnostics;
using RewardServer.Training.Algorithms;
using RewardServer.Training.Optimization;
using RewardServer.Training.Policies;
using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;
using RewardServer.Training.Rewards;
using RewardServer.Training.Tokens;
using static TorchSharp.torch;

namespace RewardServer.Training.Runs;

/// <summary>
/// Learning from pairs, a step at a time: they are given, all of them once before any twice, or the policy writes groups, of each of which rewards tell the best
/// and the worst. Either the policy learns to prefer the better (<see cref="Dpo"/>; on pairs of its own as in Guo et al. 2024, arXiv:2402.04792), or a reward
/// model learns to tell them apart (<see cref="BradleyTerry"/>), and the policy is left as it is.
/// </summary>
/// <param name="policies">Who writes.</param>
/// <param name="references">The policy before the first step, for DPO; else null.</param>
/// <param name="model">The reward model, where one learns; else null.</param>
/// <param name="optimizer">The policy's optimizer.</param>
/// <param name="recipe">The recipe; its <see cref="Recipe.Preferences"/> is not null.</param>
/// <param name="given">The pairs that are given; none where the policy writes what is compared.</param>
/// <param name="problems">What is asked.</param>
/// <param name="template">How a question becomes a prompt.</param>
/// <param name="tokenizer">What makes tokens of texts.</param>
/// <param name="rewards">What tells better from worse.</param>
internal sealed class Preferences(
    Replicas policies, Replicas? references, RewardModel? model, AdamW optimizer, Recipe recipe, PreferencePair[] given,
    ProblemMix problems, PromptTemplate template, ISavedTokenizer tokenizer, IRewards rewards) : ITrainingLoop
{
    private readonly PreferenceRecipe how = recipe.Preferences ?? throw new ArgumentException("the recipe has no preferences", nameof(recipe));
    private readonly Policy policy = policies.Policy;
    private readonly OptimizationRecipe plan = recipe.Reinforcement.Optimization;
    private readonly GradedRollouts source = new(recipe, problems, template, tokenizer, rewards);
    private readonly Epochs? epochs = given.Length > 0 ? new([.. given.Select(pair => pair.Length)], recipe.Reinforcement.Optimization.BatchTokens, recipe.Seed) : null;

    /// <summary>Takes a step.</summary>
    /// <param name="step">Which, from 1.</param>
    /// <param name="seconds">Seconds since the run began, asked at the end of the step.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NotFiniteException">A gradient is no number.</exception>
    /// <exception cref="RewardsUnavailableException">No rewards are to be had.</exception>
    public async Task<StepMetrics> StepAsync(int step, Func<double> seconds, CancellationToken cancellation)
    {
        var clock = new LoopClock();
        var groups = epochs is null ? await source.RoundAsync(policies, step, clock, cancellation).ConfigureAwait(false) : [];
        // From here on nothing is broken off: a step is taken whole or not at all.
        cancellation.ThrowIfCancellationRequested();

        var started = Stopwatch.GetTimestamp();
        var own = PreferencePairs.Of(groups);
        var (rate, updates) = (plan.RateAt(step), recipe.Reinforcement.Updates);
        var (seen, tokens, passes, norm) = (new List<Preferred>(), 0L, 0.0, 0.0);
        for (var i = 0; i < updates; i++)
        {
            var pairs = epochs is null ? own : [.. epochs.Batch((step - 1) * updates + i).Select(place => given[place])];
            if (pairs.Length == 0)
            {
                break;
            }

            (var told, norm) = model is null ? Prefer(pairs, rate, step) : model.Learn(pairs, how.Centring, plan, rate);
            seen.Add(told);
            tokens += pairs.Sum(pair => (long)pair.Length);
            passes += pairs.Sum(pair => Flops.Forward(policy.Shape, pair.Better.Tokens.Length) + Flops.Forward(policy.Shape, pair.Worse.Tokens.Length));
        }

        // Pairs are told before they are learned from: each update's own, or those of all updates in the first.
        var untaught = epochs is null ? seen.Take(1).ToList() : seen;
        var update = new PolicyUpdate(seen.LastOrDefault()?.Loss ?? 0, norm, tokens, (model is null ? 1 + Flops.Passes(policy) : 3) * passes);
        return update.Metrics(step, seconds(), rate, started) with
        {
            PairAccuracy = untaught.Count > 0 ? untaught.Average(told => told.Accuracy) : null,
            PairMargin = untaught.Count > 0 ? untaught.Average(told => told.Margin) : null,
            Rollouts = groups.Length > 0 ? RolloutSummary.Of(groups, policy.Shape, clock) : null,
        };
    }

    /// <summary>Writes the reward model, where one learns, into the folder of a checkpoint.</summary>
    public void Write(string checkpoint) => model?.Write(checkpoint, tokenizer);

    /// <summary>Reads it again.</summary>
    /// <exception cref="InvalidDataException">It is not there, or that of another policy.</exception>
    public void Read(string checkpoint) => model?.Read(checkpoint);

    private (Preferred Seen, double Norm) Prefer(PreferencePair[] pairs, double rate, int step)
    {
        var seen = PreferencePairs.Backward(policies, pairs, plan.BatchTokens, (learner, sequences) =>
        {
            var own = LogProbabilities(learner, sequences).view(-1, 2);
            Tensor before;
            using (no_grad())
            {
                before = LogProbabilities(references!.Beside(policies, learner), sequences).view(-1, 2);
            }

            return Dpo.Of(own.select(1, 0), own.select(1, 1), before.select(1, 0), before.select(1, 1), how.Beta);
        });
        var norm = optimizer.Step(rate, plan.WeightDecay, plan.Clip);
        return double.IsFinite(norm) ? (seen, norm) : throw NotFiniteException.Found(policy.Parameters, $"step {step}");
    }

    private Tensor LogProbabilities(Policy who, TokenSequence[] sequences) =>
        SequencePass.Of(sequences, plan.BatchTokens, batch => SequencePass.Sums(batch, sequences, batch.LogProbabilitiesOf(who)));
}
