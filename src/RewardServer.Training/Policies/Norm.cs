using RewardServer.Training.Tensors;
using static TorchSharp.torch;

namespace RewardServer.Training.Policies;

/// <summary>Root mean square normalisation (Zhang and Sennrich 2019, equation 4).</summary>
internal static class Norm
{
    /// <summary>Each last dimension over the root of its mean square, times a weight. The mean is taken in fp32.</summary>
    public static Tensor Of(Tensor hidden, Tensor weight, double epsilon)
    {
        var wide = hidden.dtype == ScalarType.Float32 ? hidden : hidden.to(ScalarType.Float32);
        var scaled = wide * wide.Squared().mean([-1], keepdim: true).Raise(epsilon).rsqrt_();
        return (ReferenceEquals(wide, hidden) ? scaled : scaled.to(hidden.dtype)) * weight;
    }
}
