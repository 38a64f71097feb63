using RewardServer.Training.Tensors;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace RewardServer.Training.Policies;

/// <summary>A linear projection, or several of one input as one.</summary>
/// <param name="weight">[rows, columns].</param>
/// <param name="bias">[rows]; null for none.</param>
/// <param name="adapters">What is added to it; null for nothing.</param>
internal sealed class Projection(Tensor weight, Tensor? bias, Adapters? adapters)
{
    /// <summary>What it gives: [.., rows].</summary>
    /// <param name="input">[.., columns].</param>
    public Tensor Of(Tensor input)
    {
        var given = F.linear(input, weight, bias);
        return adapters is null ? given : given.Plus(adapters.Of(input));
    }
}
