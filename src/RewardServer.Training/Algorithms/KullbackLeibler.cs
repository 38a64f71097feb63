using RewardServer.Training.Tensors;
using static TorchSharp.torch;

namespace RewardServer.Training.Algorithms;

/// <summary>How far a policy has gone from a reference policy, by the tokens that it wrote.</summary>
public static class KullbackLeibler
{
    /// <summary>
    /// k3 = π_ref / π − log(π_ref / π) − 1 for each token, in nats: an unbiased estimate of KL(π ‖ π_ref) over tokens that π wrote, never
    /// negative, and 0 only where both agree (Schulman 2020, "Approximating KL divergence"; DeepSeekMath, Shao et al. 2024, arXiv:2402.03300,
    /// equation 4).
    /// </summary>
    /// <param name="logProbabilities">Of each token under the policy: [N]; gradients flow through them.</param>
    /// <param name="reference">Of each token under the reference policy: [N], without gradients.</param>
    /// <returns>[N]. Where the reference is more than e^20 times as likely it stands at its value there, without a gradient.</returns>
    public static Tensor K3(Tensor logProbabilities, Tensor reference)
    {
        using var scope = NewDisposeScope();
        var difference = (reference - logProbabilities).AtMost(Ratio.Limit);
        // expm1: near agreement, exp(d) − 1 would keep no digit of d²/2.
        return (difference.expm1() - difference).MoveToOuterDisposeScope();
    }
}
