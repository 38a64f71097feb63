using RewardServer.Training.Algorithms;
using RewardServer.Training.Optimization;
using RewardServer.Training.Policies;
using RewardServer.Training.Tensors;
using static TorchSharp.torch;

namespace RewardServer.Training.Runs;

/// <summary>The gradient of a mean over all tokens that are learned, which is added to what a policy has of it, a batch at a time.</summary>
internal static class MeanLoss
{
    /// <summary>Of a loss of one's own.</summary>
    /// <param name="policy">Who learns.</param>
    /// <param name="sequences">What is learned from.</param>
    /// <param name="budget">Tokens of a pass.</param>
    /// <param name="losses">The loss of each token that is learned of a batch: [learned].</param>
    /// <returns>The mean.</returns>
    public static double Backward(Policy policy, IReadOnlyList<TokenSequence> sequences, int budget, Func<TokenBatch, Tensor> losses)
    {
        double learned = sequences.Sum(one => one.Learned), mean = 0;
        foreach (var batch in TokenBatch.Pack(sequences, budget))
        {
            using var scope = NewDisposeScope();
            var share = losses(batch).sum().Over(learned);
            policy.Backward(share);
            mean += share.item<float>();
        }

        return mean;
    }

    /// <summary>Of the cross-entropy: what texts are learned by.</summary>
    /// <param name="policy">Who learns.</param>
    /// <param name="sequences">The texts.</param>
    /// <param name="budget">Tokens of a pass.</param>
    /// <returns>The mean.</returns>
    public static double Backward(Policy policy, IReadOnlyList<TokenSequence> sequences, int budget) =>
        Backward(policy, sequences, budget, batch => CrossEntropy.Of(batch.LogProbabilitiesOf(policy)).Values);
}
