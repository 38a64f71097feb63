using static TorchSharp.torch;

namespace RewardServer.Training.Algorithms;

/// <summary>How undecided a policy is about the next token.</summary>
public static class Entropy
{
    /// <summary>
    /// −Σ p log p of each row of logits, in nats: from 0 to log V (Shannon 1948, section 6). Rows do not look at one another, so that many tokens
    /// can be taken a few at a time.
    /// </summary>
    /// <param name="logits">[N, V], finite; gradients flow through them. Less precise types are computed in fp32.</param>
    /// <returns>[N].</returns>
    public static Tensor Of(Tensor logits)
    {
        using var scope = NewDisposeScope();
        var precise = logits.dtype is ScalarType.Float16 or ScalarType.BFloat16 ? logits.to_type(ScalarType.Float32) : logits;
        var logarithms = nn.functional.log_softmax(precise, -1);
        return (-(logarithms.exp() * logarithms).sum(-1)).MoveToOuterDisposeScope();
    }
}
