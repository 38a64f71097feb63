using RewardServer.Training.Tensors;
using static TorchSharp.torch;

namespace RewardServer.Training.Algorithms;

/// <summary>
/// The ratio of what the policy and the policy that wrote a token say of it. Its logarithm is held within ±20: e^20 is far outside every clip
/// range, and its square and its product with an advantage are finite in fp32, where an infinite one would make NaN of an advantage of 0.
/// </summary>
internal static class Ratio
{
    /// <summary>The greatest logarithm, in nats.</summary>
    public const double Limit = 20;

    /// <summary>exp of logarithms of ratios: [N]. Those beyond the limit have no gradient.</summary>
    public static Tensor Of(Tensor logarithms) => logarithms.Clamped(-Limit, Limit).exp();
}
