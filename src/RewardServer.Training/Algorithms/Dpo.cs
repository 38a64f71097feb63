using RewardServer.Training.Tensors;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace RewardServer.Training.Algorithms;

/// <summary>
/// Direct preference optimisation: −log σ(β (log π(w)/π_ref(w) − log π(l)/π_ref(l))) for each pair of a better completion w and a worse one l, where a
/// logarithm is the sum over a completion's tokens (Rafailov et al. 2023, arXiv:2305.18290, equation 7). β (log π − log π_ref) is its implicit reward.
/// </summary>
public static class Dpo
{
    /// <summary>The loss of each pair.</summary>
    /// <param name="better">log π of the better of each pair: [P], with gradients.</param>
    /// <param name="worse">log π of the worse: [P], with gradients.</param>
    /// <param name="betterReference">log π_ref of the better: [P].</param>
    /// <param name="worseReference">log π_ref of the worse: [P].</param>
    /// <param name="beta">β: how dear it is to go away from the reference; above 0. The paper's is 0.1.</param>
    public static PairLosses Of(Tensor better, Tensor worse, Tensor betterReference, Tensor worseReference, double beta = 0.1)
    {
        using var scope = NewDisposeScope();
        var margins = ((better - betterReference) - (worse - worseReference)).Times(beta);
        return new((-F.logsigmoid(margins)).MoveToOuterDisposeScope(), margins.detach().MoveToOuterDisposeScope());
    }
}

/// <summary>What a loss of pairs gives.</summary>
/// <param name="Values">The loss of each pair: [P], with gradients. To be made small.</param>
/// <param name="Margins">By how much the better is rewarded more: [P], without gradients. Above 0 the pair is told right.</param>
public sealed record PairLosses(Tensor Values, Tensor Margins);
