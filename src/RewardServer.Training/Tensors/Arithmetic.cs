using TorchSharp;
using static TorchSharp.torch;

namespace RewardServer.Training.Tensors;

/// <summary>
/// Arithmetic of tensors with numbers, here and in this folder's other classes in place of TorchSharp's own. libtorch is given a number as a
/// <see cref="Scalar"/>, which its finalizer frees. One that TorchSharp's operators make on their way is reachable no longer once the call has begun: a
/// collection of garbage on another thread then frees it while libtorch reads it, which throws, or computes with what lies there by then. Here each is kept
/// until the call is over.
/// </summary>
internal static class Arithmetic
{
    /// <summary>The sum of two tensors: libtorch adds the second times a number, for which TorchSharp makes a 1.</summary>
    public static Tensor Plus(this Tensor tensor, Tensor summand)
    {
        using var scalar = 1.ToScalar();
        return tensor.add(summand, scalar);
    }

    /// <summary>Each number times another.</summary>
    public static Tensor Times(this Tensor tensor, double factor)
    {
        using var scalar = factor.ToScalar();
        return tensor.mul(scalar);
    }

    /// <summary>Each number over another.</summary>
    public static Tensor Over(this Tensor tensor, double divisor)
    {
        using var scalar = divisor.ToScalar();
        return tensor.div(scalar);
    }

    /// <summary>The square of each number; its gradient is in the last digits that of a power, and not that of a product.</summary>
    public static Tensor Squared(this Tensor tensor)
    {
        using var scalar = 2.ToScalar();
        return tensor.pow(scalar);
    }

    /// <summary>Each number, or the bound that it is beyond.</summary>
    public static Tensor Clamped(this Tensor tensor, double least, double most)
    {
        using var low = least.ToScalar();
        using var high = most.ToScalar();
        return tensor.clamp(low, high);
    }

    /// <summary>Each number, or the most where it is above that.</summary>
    public static Tensor AtMost(this Tensor tensor, double most)
    {
        using var scalar = most.ToScalar();
        return tensor.clamp_max(scalar);
    }

    /// <summary>Each number, or another where a mask is true.</summary>
    public static Tensor Masked(this Tensor tensor, Tensor mask, double value)
    {
        using var scalar = value.ToScalar();
        return tensor.masked_fill(mask, scalar);
    }

    /// <summary>The rows of another tensor added to those that an index names.</summary>
    public static Tensor AddedAt(this Tensor tensor, Tensor index, Tensor rows)
    {
        using var scalar = 1.ToScalar();
        return tensor.index_add(0, index, rows, scalar);
    }
}
