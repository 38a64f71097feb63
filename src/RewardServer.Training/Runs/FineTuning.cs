using RewardServer.Training.Optimization;
using RewardServer.Training.Policies;
using RewardServer.Training.Recipes;

namespace RewardServer.Training.Runs;

/// <summary>Supervised fine-tuning on some examples: cross-entropy of what is learned after what is given.</summary>
/// <param name="policies">Who learns.</param>
/// <param name="optimizer">Its optimizer.</param>
/// <param name="plan">How it is moved; <see cref="OptimizationRecipe.BatchTokens"/> of examples a step of the optimizer.</param>
internal sealed class FineTuning(Replicas policies, AdamW optimizer, OptimizationRecipe plan)
{
    /// <summary>Takes some steps of the optimizer, each on the next examples of a random order, which begins anew where it ends.</summary>
    /// <param name="examples">What is learned; none takes no step.</param>
    /// <param name="updates">How many steps.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="random">What orders them.</param>
    /// <param name="step">Which step of the run, for errors.</param>
    /// <exception cref="NotFiniteException">A gradient is no number; that step was not taken.</exception>
    public PolicyUpdate Learn(IReadOnlyList<TokenSequence> examples, int updates, double rate, Random random, int step)
    {
        var done = new PolicyUpdate(0, 0, 0, 0);
        var order = new Queue<int>();
        for (var i = 0; i < updates && examples.Count > 0; i++)
        {
            var taken = Next(examples, order, random);
            var loss = MeanLoss.Backward(policies, taken, plan.BatchTokens);
            var norm = optimizer.Step(rate, plan.WeightDecay, plan.Clip);
            if (!double.IsFinite(norm))
            {
                throw NotFiniteException.Found(policies.Policy.Parameters, $"step {step}");
            }

            done = new(loss, norm, done.Tokens + taken.Sum(one => (long)one.Learned), done.Flops + Flops.Passes(policies.Policy) * taken.Sum(one => Flops.Forward(policies.Policy.Shape, one.Tokens.Length)));
        }

        return done;
    }

    // As many as a pass computes, at least one.
    private List<TokenSequence> Next(IReadOnlyList<TokenSequence> examples, Queue<int> order, Random random)
    {
        var (taken, tokens) = (new List<TokenSequence>(), 0);
        while (taken.Count < examples.Count)
        {
            if (order.Count == 0)
            {
                int[] all = [.. Enumerable.Range(0, examples.Count)];
                random.Shuffle(all);
                Array.ForEach(all, order.Enqueue);
            }

            tokens += examples[order.Peek()].Tokens.Length;
            if (tokens > plan.BatchTokens && taken.Count > 0)
            {
                break;
            }

            taken.Add(examples[order.Dequeue()]);
        }

        return taken;
    }
}
