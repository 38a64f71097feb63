using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace RewardServer.Training.Algorithms;

/// <summary>
/// How far a student is from its teacher where the student goes: Σ_v π(v) (log π(v) − log π_teacher(v)) over the whole vocabulary at each token that the
/// student wrote itself (on-policy distillation: Agarwal et al. 2024, arXiv:2306.13649, equation 4 with the reverse divergence; MiniLLM, Gu et al. 2024,
/// arXiv:2306.08543). A student that cannot say all that its teacher says keeps to what the teacher finds likely.
/// </summary>
public static class ReverseKullbackLeibler
{
    /// <summary>The divergence at each token, in nats: [N], with gradients; never negative but by rounding.</summary>
    /// <param name="student">Logits of the student: [N, V], with gradients.</param>
    /// <param name="teacher">Logits of the teacher at the same tokens: [N, V].</param>
    public static TokenLosses Of(Tensor student, Tensor teacher)
    {
        using var scope = NewDisposeScope();
        var own = F.log_softmax(student, -1);
        var values = (own.exp() * (own - F.log_softmax(teacher.detach(), -1))).sum(-1);
        return new(values.MoveToOuterDisposeScope(), zeros_like(values.detach()).MoveToOuterDisposeScope());
    }
}
