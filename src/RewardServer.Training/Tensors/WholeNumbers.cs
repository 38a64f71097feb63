using TorchSharp;
using static TorchSharp.torch;

namespace RewardServer.Training.Tensors;

/// <summary>Whole numbers in a row; what bounds them is kept until libtorch has read it, as in <see cref="Arithmetic"/>.</summary>
internal static class WholeNumbers
{
    /// <summary>From one number on, up to before another: int64, or of another type.</summary>
    public static Tensor Between(long first, long end, Device device, ScalarType type = ScalarType.Int64)
    {
        using var start = first.ToScalar();
        using var stop = end.ToScalar();
        using var step = 1.ToScalar();
        return arange(start, stop, step, type, device);
    }
}
