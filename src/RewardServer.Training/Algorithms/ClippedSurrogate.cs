using RewardServer.Training.Tensors;
using static TorchSharp.torch;

namespace RewardServer.Training.Algorithms;

/// <summary>
/// The clipped surrogate of PPO and GRPO, −min(r A, clip(r, 1 − ε_low, 1 + ε_high) A) for each token, with r = π / π_old (PPO, Schulman et al.
/// 2017, arXiv:1707.06347, equation 7; GRPO, DeepSeekMath, arXiv:2402.03300, equation 3). A higher ε_high than ε_low is clip-higher (DAPO, Yu et
/// al. 2025, arXiv:2503.14476, equation 10).
/// </summary>
public static class ClippedSurrogate
{
    /// <summary>The loss of each token.</summary>
    /// <param name="terms">What is known of the tokens.</param>
    /// <param name="low">ε_low: how far below 1 a ratio still has a gradient where the advantage is negative; from 0 to 1.</param>
    /// <param name="high">ε_high: how far above 1 a ratio still has a gradient where the advantage is positive; at least 0.</param>
    public static TokenLosses Of(TokenTerms terms, double low, double high)
    {
        using var scope = NewDisposeScope();
        var losses = Of(terms.LogProbabilities - terms.Behaviour, terms.Advantages, low, high);
        return new(losses.Values.MoveToOuterDisposeScope(), losses.Clipped.MoveToOuterDisposeScope());
    }

    /// <summary>The loss of each token by the logarithm of its ratio: [N]. What it makes is left to the scope of the caller.</summary>
    internal static TokenLosses Of(Tensor logRatios, Tensor advantages, double low, double high)
    {
        var ratios = Ratio.Of(logRatios);
        // Where the minimum of the two is the clipped one and differs: a better token is likely enough, or a worse one unlikely enough.
        var clipped = (advantages.IsAbove(0) & ratios.IsAbove(1 + high)) | (advantages.IsBelow(0) & ratios.IsBelow(1 - low));
        var bounded = where(clipped, ratios.detach().Clamped(1 - low, 1 + high), ratios);
        // A ratio beyond the limit has no gradient either, on the side where PPO would leave it one.
        var still = clipped | logRatios.abs().IsAbove(Ratio.Limit);
        return new(-advantages * bounded, still.to_type(bounded.dtype));
    }
}
