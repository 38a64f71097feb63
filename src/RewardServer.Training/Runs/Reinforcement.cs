using System.Diagnostics;
using System.Text.Json;
using RewardServer.Training.Algorithms;
using RewardServer.Training.Optimization;
using RewardServer.Training.Policies;
using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;
using RewardServer.Training.Rewards;
using RewardServer.Training.Rollouts;
using RewardServer.Training.Tokens;
using static TorchSharp.torch;

namespace RewardServer.Training.Runs;

/// <summary>
/// The loop of reinforcement learning with verifiable rewards, a step at a time, from top to bottom: prompts, completions, rewards,
/// advantages, loss, and a step of the optimizer (GRPO: DeepSeekMath, Shao et al. 2024, algorithm 1; its kin by <see cref="Algorithm"/>).
/// </summary>
/// <param name="policies">Who learns, on each of its devices.</param>
/// <param name="references">The policy that it is not to stray from, on the same devices; null where the algorithm's coefficient of the divergence is 0.</param>
/// <param name="optimizer">The policy's optimizer.</param>
/// <param name="recipe">The recipe.</param>
/// <param name="algorithm">What is done with rewards.</param>
/// <param name="problems">What is asked.</param>
/// <param name="template">How a question becomes a prompt.</param>
/// <param name="tokenizer">What makes tokens of texts.</param>
/// <param name="rewards">What gives rewards.</param>
/// <param name="critic">What says how much is to be expected; null where the algorithm's advantage needs none.</param>
public sealed class Reinforcement(
    Replicas policies, Replicas? references, AdamW optimizer, Recipe recipe, Algorithm algorithm,
    ProblemMix problems, PromptTemplate template, ITokenizer tokenizer, IRewards rewards, Critic? critic = null) : ITrainingLoop
{
    private const string BaselineFile = "baseline.json";

    private readonly RolloutRecipe asked = recipe.Rollouts;
    private readonly OptimizationRecipe plan = recipe.Reinforcement.Optimization;
    private readonly GradedRollouts source = new(recipe, problems, template, tokenizer, rewards);
    private readonly RunningBaseline baseline = new(algorithm.BaselineMomentum);

    /// <summary>Takes a step.</summary>
    /// <param name="step">Which, from 1.</param>
    /// <param name="seconds">Seconds since the run began, asked at the end of the step.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="NotFiniteException">A gradient is no number; no step was taken.</exception>
    /// <exception cref="RewardsUnavailableException">No rewards are to be had.</exception>
    public async Task<StepMetrics> StepAsync(int step, Func<double> seconds, CancellationToken cancellation)
    {
        // Prompts, completions and rewards; with dynamic sampling, more of them in place of groups that teach nothing.
        var groups = new List<Group>();
        var clock = new LoopClock();
        var sampling = new DynamicSampling(asked.Prompts, algorithm.SamplingRounds);
        for (var (prompts, round) = (asked.Prompts, 1); prompts > 0; round++)
        {
            var written = source.Write(policies, source.Draw(step, round, prompts), step, round, clock, cancellation);
            groups.AddRange(await source.GradeAsync(written, clock, cancellation).ConfigureAwait(false));
            prompts = algorithm.DynamicSampling ? sampling.More([.. groups.Select(group => group.Rewards)], round) : 0;
        }

        GradedRollouts.Check(groups, step);

        // From here on nothing is broken off: a step is taken whole or not at all.
        cancellation.ThrowIfCancellationRequested();

        // What the reference and the critic say of every token of what has a reward, as they are before the step.
        var kept = algorithm.DynamicSampling ? [.. sampling.Kept([.. groups.Select(group => group.Rewards)]).Select(i => groups[i])] : groups;
        var started = Stopwatch.GetTimestamp();
        var rewarded = kept.SelectMany((group, i) => group.Members.Where(member => member.Reward.Value is not null).Select(member => (Group: i, Member: member))).ToArray();
        TokenSequence[] sequences = [.. rewarded.Select(one => one.Member.Sequence)];
        var referred = references?.Numbers(sequences, plan.BatchTokens, Referred);
        var values = critic?.Values(sequences, plan.BatchTokens);

        // Advantages and weights; what has neither an advantage nor another term in its loss has no gradient, and is not computed.
        double[] earned = [.. rewarded.Select(one => one.Member.Reward.Value!.Value)];
        var credits = Credit.Of(algorithm, [.. rewarded.Select((one, i) => new Episode(one.Group, earned[i], one.Member.Rollout.LogProbabilities)
        {
            Reference = referred?[i],
            Values = values?[i],
        })], earned.Length == 0 ? null : baseline.Of(earned));
        var weights = algorithm.WeightsOf([.. rewarded.Select(one => one.Member.Rollout.Tokens.Length)], [.. rewarded.Select(one => one.Member.Rollout.Truncated)], asked.MaxTokens);
        Trained[] trained = [.. rewarded.Select((one, i) => new Trained(one.Member.Rollout, sequences[i], credits.Advantages[i], weights[i], referred?[i])).Where(Teaches)];

        // The loss and its gradient, a batch at a time, then a step; again on the same completions where the recipe says so.
        var update = new Update();
        var rate = plan.RateAt(step);
        for (var i = 0; i < recipe.Reinforcement.Updates && trained.Length > 0; i++)
        {
            update = new Update();
            foreach (var seen in policies.Backward([.. trained.Select(one => one.Sequence)], plan.BatchTokens, (policy, batch) => Backward(policy, batch, trained)))
            {
                update.Add(seen);
            }

            update.GradientNorm = optimizer.Step(rate, plan.WeightDecay, plan.Clip);
            if (!double.IsFinite(update.GradientNorm))
            {
                throw NotFiniteException.Found(policies.Policy.Parameters, $"step {step}");
            }

            update.ValueLoss = critic?.Learn(sequences, values!, credits.Returns!, plan.BatchTokens, rate * algorithm.CriticRate, plan.Clip);
        }

        if (earned.Length > 0)
        {
            baseline.Add(earned);
        }

        var updates = recipe.Reinforcement.Updates;
        var (shape, passes) = (policies.Policy.Shape, Flops.Passes(policies.Policy));
        var flops = updates * trained.Sum(one => passes * Flops.Forward(shape, one.Rollout.Length))
            + (critic is null ? 0 : (1 + passes * updates) * sequences.Sum(one => Flops.Forward(critic.Shape, one.Tokens.Length)));
        return new PolicyUpdate(update.Loss, update.GradientNorm, updates * trained.Sum(one => (long)one.Rollout.Length), flops).Metrics(step, seconds(), rate, started) with
        {
            Rollouts = RolloutSummary.Of(groups, shape, clock) with
            {
                Clipped = update.Tokens > 0 ? update.Clipped / update.Tokens : 0,
                KullbackLeibler = references is null || update.Tokens == 0 ? null : update.Divergence / update.Tokens,
                ValueLoss = update.ValueLoss,
                ExplainedVariance = values is null ? null : ClippedValue.Explained([.. values.SelectMany(one => one).Select(value => (double)value)], [.. credits.Returns!.SelectMany(one => one)]),
            },
        };
    }

    /// <summary>Writes what it needs to go on into the folder of a checkpoint: the critic, and the running baseline.</summary>
    public void Write(string checkpoint)
    {
        critic?.Write(checkpoint);
        File.WriteAllText(Path.Combine(checkpoint, BaselineFile), JsonSerializer.Serialize(baseline.Mean));
    }

    /// <summary>Reads it again.</summary>
    /// <exception cref="InvalidDataException">It is not there, or not what was written.</exception>
    public void Read(string checkpoint)
    {
        critic?.Read(checkpoint);
        var path = Path.Combine(checkpoint, BaselineFile);
        try
        {
            baseline.Mean = JsonSerializer.Deserialize<double?>(File.ReadAllText(path));
        }
        catch (Exception exception) when (exception is JsonException or IOException)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    private bool Teaches(Trained one) =>
        one.Weight > 0 && (algorithm.EntropyCoefficient != 0 || algorithm.KlCoefficient != 0 && algorithm.KlPlacement == KlPlacementKind.Loss || one.Advantages.Any(advantage => advantage != 0));

    private Seen Backward(Policy policy, TokenBatch batch, Trained[] trained)
    {
        Trained[] members = [.. batch.Members.Select(i => trained[i])];
        var lengths = members.Select(one => one.Rollout.Tokens.Length).ToArray();
        Tensor Each(Func<Trained, IEnumerable<float>> values) => tensor(members.SelectMany(values).ToArray(), device: policy.Device);

        var numbers = batch.Numbers(policy, OfLogits);
        var terms = new TokenTerms(
            numbers[0],
            Each(one => one.Rollout.LogProbabilities),
            Each(one => one.Advantages.Select(advantage => (float)advantage)),
            tensor(lengths.SelectMany((length, i) => Enumerable.Repeat((long)i, length)).ToArray(), device: policy.Device),
            tensor(lengths.Select(length => (float)length).ToArray(), device: policy.Device));
        var divergences = references is null ? null : KullbackLeibler.K3(terms.LogProbabilities, Each(one => one.Reference!));
        var losses = algorithm.LossesOf(terms, divergences, numbers.ElementAtOrDefault(1));
        var loss = (losses.Values * Each(one => Enumerable.Repeat((float)one.Weight, one.Rollout.Tokens.Length))).sum();
        policy.Backward(loss);

        // One wait for the device a batch.
        var seen = stack([loss.detach(), losses.Clipped.sum().to(ScalarType.Float32), divergences?.detach().sum() ?? zeros_like(loss.detach())]).cpu().data<float>();
        return new(seen[0], seen[1], seen[2], lengths.Sum());
    }

    // Log-probabilities, and entropies where the loss has a term of them.
    private Tensor[] OfLogits(Tensor logits, Tensor targets, long start)
    {
        var warm = TokenBatch.AtTemperature(logits, asked.Temperature);
        var probabilities = TokenBatch.LogProbabilities(warm, targets);
        return algorithm.EntropyCoefficient == 0 ? [probabilities] : [probabilities, Entropy.Of(warm)];
    }

    private Tensor Referred(Policy reference, TokenBatch batch) => batch.LogProbabilitiesOf(reference, asked.Temperature);

    /// <summary>A completion that is trained on: how much better than expected each of its tokens did, and what each counts.</summary>
    private sealed record Trained(Rollout Rollout, TokenSequence Sequence, double[] Advantages, double Weight, float[]? Reference);

    /// <summary>Sums over the tokens of a batch.</summary>
    private readonly record struct Seen(float Loss, float Clipped, float Divergence, int Tokens);

    /// <summary>Sums over the tokens of an update.</summary>
    private sealed class Update
    {
        public double Loss { get; set; }

        public double GradientNorm { get; set; }

        public double Clipped { get; set; }

        public double Divergence { get; set; }

        public double? ValueLoss { get; set; }

        public long Tokens { get; set; }

        public void Add(Seen batch)
        {
            Loss += batch.Loss;
            Clipped += batch.Clipped;
            Divergence += batch.Divergence;
            Tokens += batch.Tokens;
        }
    }
}
