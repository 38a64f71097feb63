using RewardServer.Training.Tensors;
using static TorchSharp.torch;

namespace RewardServer.Training.Algorithms;

/// <summary>
/// GSPO: the clipped surrogate with one ratio a sequence, s = (π(y|x) / π_old(y|x))^(1/|y|), so that a whole sequence is clipped or not (Zheng et
/// al. 2025, arXiv:2507.18071, equations 5 and 7). In the form of GSPO-token, s_t = sg[s] π_t / sg[π_t] (equations 13 and 14): each token has the
/// value of its sequence and a gradient of its own, and under one advantage a sequence and weights of 1/|y| the sum of them is GSPO's gradient.
/// </summary>
public static class Gspo
{
    /// <summary>The loss of each token.</summary>
    /// <param name="terms">What is known of the tokens of whole sequences.</param>
    /// <param name="low">ε_low of the sequence's ratio; from 0 to 1. The paper's is 3e-4: a mean over many tokens varies little.</param>
    /// <param name="high">ε_high of the sequence's ratio; at least 0. The paper's is 4e-4.</param>
    public static TokenLosses Of(TokenTerms terms, double low, double high)
    {
        using var scope = NewDisposeScope();
        var stopped = terms.LogProbabilities.detach();
        var sums = zeros_like(terms.Lengths, stopped.dtype).AddedAt(terms.Sequences, stopped - terms.Behaviour);
        var sequences = (sums / terms.Lengths).index_select(0, terms.Sequences);
        // What is added is 0, and has the gradient.
        var losses = ClippedSurrogate.Of(sequences.Plus(terms.LogProbabilities - stopped), terms.Advantages, low, high);
        return new(losses.Values.MoveToOuterDisposeScope(), losses.Clipped.MoveToOuterDisposeScope());
    }
}
