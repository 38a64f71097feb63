using static TorchSharp.torch;

namespace RewardServer.Training.Algorithms;

/// <summary>
/// Cross-entropy of texts that are to be imitated, −log π for each token, in nats: pretraining and supervised fine-tuning (as
/// a gradient beside those of reinforcement: DeepSeekMath, Shao et al. 2024, arXiv:2402.03300, appendix A.1.1).
/// </summary>
public static class CrossEntropy
{
    /// <summary>The loss of each token; nothing is clipped.</summary>
    /// <param name="logProbabilities">Of each token under the policy that is being trained: [N], with gradients.</param>
    public static TokenLosses Of(Tensor logProbabilities)
    {
        using var scope = NewDisposeScope();
        return new((-logProbabilities).MoveToOuterDisposeScope(), zeros_like(logProbabilities.detach()).MoveToOuterDisposeScope());
    }
}
