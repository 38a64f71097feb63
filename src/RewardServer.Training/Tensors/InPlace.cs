using TorchSharp;
using static TorchSharp.torch;

namespace RewardServer.Training.Tensors;

/// <summary>What changes a tensor by a number, which is kept until libtorch has read it, as in <see cref="Arithmetic"/>. Each gives the tensor that it changed.</summary>
internal static class InPlace
{
    /// <summary>Sets each number to one.</summary>
    public static Tensor Fill(this Tensor tensor, double value)
    {
        using var scalar = value.ToScalar();
        return tensor.fill_(scalar);
    }

    /// <summary>Sets numbers to another where a mask is true.</summary>
    public static Tensor Fill(this Tensor tensor, Tensor mask, double value)
    {
        using var scalar = value.ToScalar();
        return tensor.masked_fill_(mask, scalar);
    }

    /// <summary>Multiplies each number.</summary>
    public static Tensor Scale(this Tensor tensor, double factor)
    {
        using var scalar = factor.ToScalar();
        return tensor.mul_(scalar);
    }

    /// <summary>Adds a number to each.</summary>
    public static Tensor Raise(this Tensor tensor, double summand)
    {
        using var scalar = summand.ToScalar();
        using var one = 1.ToScalar();
        return tensor.add_(scalar, one);
    }

    /// <summary>Sets whole numbers that are below the least to it.</summary>
    public static Tensor RaiseTo(this Tensor tensor, long least)
    {
        using var scalar = least.ToScalar();
        return tensor.clamp_min_(scalar);
    }

    /// <summary>Adds another tensor.</summary>
    public static Tensor Add(this Tensor tensor, Tensor summand)
    {
        using var scalar = 1.ToScalar();
        return tensor.add_(summand, scalar);
    }

    /// <summary>Adds another tensor times a number.</summary>
    public static Tensor Add(this Tensor tensor, Tensor summand, double factor)
    {
        using var scalar = factor.ToScalar();
        return tensor.add_(summand, scalar);
    }

    /// <summary>Adds the product of two tensors times a number.</summary>
    public static Tensor AddProduct(this Tensor tensor, Tensor one, Tensor other, double factor)
    {
        using var scalar = factor.ToScalar();
        return tensor.addcmul_(one, other, scalar);
    }

    /// <summary>Adds one tensor over another times a number.</summary>
    public static Tensor AddQuotient(this Tensor tensor, Tensor dividend, Tensor divisor, double factor)
    {
        using var scalar = factor.ToScalar();
        return tensor.addcdiv_(dividend, divisor, scalar);
    }
}
