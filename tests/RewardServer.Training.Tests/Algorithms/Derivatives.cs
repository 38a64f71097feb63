using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Algorithms;

/// <summary>Gradients in two ways: as TorchSharp derives them, and by central differences of a function that knows nothing of it.</summary>
internal static class Derivatives
{
    /// <summary>The gradient that flows back from a scalar: of each number of the point.</summary>
    public static double[] Derived(Func<Tensor, Tensor> scalar, double[] point)
    {
        using var scope = NewDisposeScope();
        var leaf = tensor(point, float64).requires_grad_(true);
        scalar(leaf).backward();
        return Numbers(leaf.grad!);
    }

    /// <summary>(f(x + h) − f(x − h)) / 2h for each number of the point.</summary>
    public static double[] Differences(Func<double[], double> scalar, double[] point, double step = 1e-6) =>
        [.. Enumerable.Range(0, point.Length).Select(i => (scalar(Moved(point, i, step)) - scalar(Moved(point, i, -step))) / (2 * step))];

    /// <summary>Central differences of a function of tensors.</summary>
    public static double[] Differences(Func<Tensor, Tensor> scalar, double[] point) => Differences(
        at =>
        {
            using var scope = NewDisposeScope();
            return scalar(tensor(at, float64)).item<double>();
        },
        point);

    /// <summary>The numbers of a tensor of float64.</summary>
    public static double[] Numbers(Tensor tensor) => tensor.detach().contiguous().data<double>().ToArray();

    /// <summary>Fails where two rows of numbers are not the same.</summary>
    public static void AreClose(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance = 1e-12)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.All(expected.Zip(actual), pair => Assert.True(
            Math.Abs(pair.First - pair.Second) <= tolerance * (1 + Math.Abs(pair.First)), $"expected {pair.First}, but got {pair.Second}"));
    }

    private static double[] Moved(double[] point, int at, double step)
    {
        var moved = (double[])point.Clone();
        moved[at] += step;
        return moved;
    }
}
