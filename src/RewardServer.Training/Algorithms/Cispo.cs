using RewardServer.Training.Tensors;
using static TorchSharp.torch;

namespace RewardServer.Training.Algorithms;

/// <summary>
/// CISPO: −sg[clip(r, 1 − ε_low, 1 + ε_high)] A log π for each token, with r = π / π_old (MiniMax-M1, Chen et al. 2025, arXiv:2506.13585, equations
/// 4 and 5). The weight of a token is clipped, never its gradient: rare words at which a thought turns, whose ratios are the first to grow, are
/// learned from to the end.
/// </summary>
public static class Cispo
{
    /// <summary>The loss of each token. Its value tells nothing but its gradient.</summary>
    /// <param name="terms">What is known of the tokens.</param>
    /// <param name="low">ε_low; from 0 to 1. 1 is no lower bound, as in the paper.</param>
    /// <param name="high">ε_high; at least 0.</param>
    public static TokenLosses Of(TokenTerms terms, double low, double high)
    {
        using var scope = NewDisposeScope();
        var ratios = Ratio.Of(terms.LogProbabilities.detach() - terms.Behaviour);
        var weights = ratios.Clamped(1 - low, 1 + high);
        var values = -(weights * terms.Advantages) * terms.LogProbabilities;
        var clipped = (ratios.IsBelow(1 - low) | ratios.IsAbove(1 + high)).to_type(values.dtype);
        return new(values.MoveToOuterDisposeScope(), clipped.MoveToOuterDisposeScope());
    }
}
