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
    /// <param name="policies">Who learns.</param>
    /// <param name="sequences">What is learned from.</param>
    /// <param name="budget">Tokens of a pass.</param>
    /// <param name="losses">The loss of each token that is learned of a batch, by the one who computes it: [learned].</param>
    /// <returns>The mean.</returns>
    public static double Backward(Replicas policies, IReadOnlyList<TokenSequence> sequences, int budget, Func<Policy, TokenBatch, Tensor> losses)
    {
        double learned = sequences.Sum(one => one.Learned);
        return policies.Backward(sequences, budget, (policy, batch) =>
        {
            var share = losses(policy, batch).sum().Over(learned);
            policy.Backward(share);
            return (double)share.item<float>();
        }).Sum();
    }

    /// <summary>Of the cross-entropy: what texts are learned by.</summary>
    /// <param name="policies">Who learns.</param>
    /// <param name="sequences">The texts.</param>
    /// <param name="budget">Tokens of a pass.</param>
    /// <returns>The mean.</returns>
    public static double Backward(Replicas policies, IReadOnlyList<TokenSequence> sequences, int budget) =>
        Backward(policies, sequences, budget, (policy, batch) => CrossEntropy.Of(batch.LogProbabilitiesOf(policy)).Values);
}
