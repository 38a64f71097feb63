using RewardServer.Training.Tensors;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace RewardServer.Training.Algorithms;

/// <summary>
/// The loss of a reward model, −log σ(s_w − s_l) for each pair of a better completion w and a worse one l (Bradley and Terry 1952; InstructGPT, Ouyang et
/// al. 2022, arXiv:2203.02155, equation 1), plus c (s_w + s_l)², which holds the scores around 0, where differences alone would let them drift
/// (Eisenstein et al. 2023, arXiv:2312.09244, section 4).
/// </summary>
public static class BradleyTerry
{
    /// <summary>The loss of each pair.</summary>
    /// <param name="better">The score of the better of each pair: [P], with gradients.</param>
    /// <param name="worse">That of the worse: [P], with gradients.</param>
    /// <param name="centring">c; at least 0.</param>
    public static PairLosses Of(Tensor better, Tensor worse, double centring = 0.01)
    {
        using var scope = NewDisposeScope();
        var margins = better - worse;
        var values = (-F.logsigmoid(margins)).Plus(better.Plus(worse).Squared().Times(centring));
        return new(values.MoveToOuterDisposeScope(), margins.detach().MoveToOuterDisposeScope());
    }
}
