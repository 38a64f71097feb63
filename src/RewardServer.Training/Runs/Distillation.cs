using System.Diagnostics;
using RewardServer.Training.Algorithms;
using RewardServer.Training.Optimization;
using RewardServer.Training.Policies;
using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;
using RewardServer.Training.Rewards;
using RewardServer.Training.Tensors;
using RewardServer.Training.Tokens;
using static TorchSharp.torch;

namespace RewardServer.Training.Runs;

/// <summary>
/// A student learns from a teacher, a step at a time: it is fine-tuned on what the teacher wrote and a filter kept (sequence-level distillation, Kim and Rush
/// 2016, arXiv:1606.07947; for reasoning DeepSeek-R1, Guo et al. 2025, section 2.4), or it writes itself and is drawn to what the teacher finds likely at
/// each of its tokens (<see cref="ReverseKullbackLeibler"/>).
/// </summary>
/// <param name="policies">The student.</param>
/// <param name="teachers">The teacher, of the same tokenizer, on the same devices.</param>
/// <param name="optimizer">The student's optimizer.</param>
/// <param name="recipe">The recipe; its <see cref="Recipe.Distillation"/> is not null.</param>
/// <param name="problems">What is asked.</param>
/// <param name="template">How a question becomes a prompt.</param>
/// <param name="tokenizer">What makes tokens of texts.</param>
/// <param name="rewards">What judges completions.</param>
/// <param name="folder">Where what each step kept is written.</param>
public sealed class Distillation(
    Replicas policies, Replicas teachers, AdamW optimizer, Recipe recipe,
    ProblemMix problems, PromptTemplate template, ITokenizer tokenizer, IRewards rewards, string folder) : ITrainingLoop
{
    private readonly DistillationRecipe how = recipe.Distillation ?? throw new ArgumentException("the recipe has no distillation", nameof(recipe));
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
        // Completions of who is to be learned from: the teacher's, or the student's own. The rewards of the latter are measured alone.
        var clock = new LoopClock();
        var imitates = how.Kind == DistillationKind.Samples;
        var writer = imitates ? teachers : policies;
        var groups = await source.RoundAsync(writer, step, clock, cancellation).ConfigureAwait(false);
        KeptSample[] kept = imitates ? [.. RejectionSampling.Of(how.Filter, groups)] : [];

        // From here on nothing is broken off: a step is taken whole or not at all.
        cancellation.ThrowIfCancellationRequested();
        if (imitates)
        {
            RejectionSampling.Write(RejectionSampling.FileOf(folder, step), kept);
        }

        var started = Stopwatch.GetTimestamp();
        var rate = plan.RateAt(step);
        TokenSequence[] own = [.. groups.SelectMany(group => group.Members).Select(member => member.Sequence)];
        var tuned = imitates
            ? tuning.Learn([.. kept.Select(sample => sample.Member.Sequence)], recipe.Reinforcement.Updates, rate, Seeds.Random(recipe.Seed, Purpose.Examples, step), step)
            : Approach(own, rate, step);
        return tuned.Metrics(step, seconds(), rate, started) with
        {
            Rollouts = RolloutSummary.Of(groups, writer.Policy.Shape, clock) with { Kept = imitates ? kept.Length : null },
        };
    }

    // Towards the teacher at every token of the student's own; the distributions are those that the tokens were drawn from.
    private PolicyUpdate Approach(TokenSequence[] own, double rate, int step)
    {
        var done = new PolicyUpdate(0, 0, 0, 0);
        for (var i = 0; i < recipe.Reinforcement.Updates; i++)
        {
            var loss = MeanLoss.Backward(policies, own, plan.BatchTokens, Divergences);
            var norm = optimizer.Step(rate, plan.WeightDecay, plan.Clip);
            done = double.IsFinite(norm)
                ? new(loss, norm, done.Tokens + own.Sum(one => (long)one.Learned), done.Flops + own.Sum(one => Flops.Passes(policies.Policy) * Flops.Forward(policies.Policy.Shape, one.Tokens.Length) + Flops.Forward(teachers.Policy.Shape, one.Tokens.Length)))
                : throw NotFiniteException.Found(policies.Policy.Parameters, $"step {step}");
        }

        return done;
    }

    private Tensor Divergences(Policy policy, TokenBatch batch)
    {
        var asked = teachers.Beside(policies, policy);
        Tensor told;
        using (no_grad())
        {
            told = batch.Before(asked).Hidden;
        }

        return batch.Numbers(policy, (logits, _, start) =>
        {
            using var __ = NewDisposeScope();
            Tensor wanted;
            using (no_grad())
            {
                wanted = asked.Logits(told.narrow(0, start, logits.shape[0])).Over(recipe.Rollouts.Temperature);
            }

            return [ReverseKullbackLeibler.Of(logits.Over(recipe.Rollouts.Temperature), wanted).Values.MoveToOuterDisposeScope()];
        })[0];
    }
}
