using TorchSharp;
using static TorchSharp.torch;

namespace RewardServer.Training.Tensors;

/// <summary>Comparisons of tensors with a number, which is kept until libtorch has read it, as in <see cref="Arithmetic"/>.</summary>
internal static class Comparisons
{
    /// <summary>Where a number is above another.</summary>
    public static Tensor IsAbove(this Tensor tensor, double bound)
    {
        using var scalar = bound.ToScalar();
        return tensor.gt(scalar);
    }

    /// <summary>Where a number is below another.</summary>
    public static Tensor IsBelow(this Tensor tensor, double bound)
    {
        using var scalar = bound.ToScalar();
        return tensor.lt(scalar);
    }

    /// <summary>Where a number is another or above.</summary>
    public static Tensor IsAtLeast(this Tensor tensor, double bound)
    {
        using var scalar = bound.ToScalar();
        return tensor.ge(scalar);
    }
}
