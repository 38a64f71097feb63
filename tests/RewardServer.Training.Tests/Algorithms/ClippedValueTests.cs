using RewardServer.Training.Algorithms;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Algorithms;

public sealed class ClippedValueTests
{
    private static Tensor Row(params double[] numbers) => tensor(numbers, float64);

    // V_old = 0, ε = 0.2, G = 1. V = 0.1: ½ 0.9². V = 0.5: the clipped one is farther, ½ 0.8², and has no gradient. V = −0.5: ½ 1.5², free, for it lost.
    [Fact]
    public void A_value_does_not_gain_by_going_too_far()
    {
        using var scope = NewDisposeScope();
        var losses = ClippedValue.Of(Row(0.1, 0.5, -0.5), Row(0, 0, 0), Row(1, 1, 1), 0.2);
        Derivatives.AreClose([0.405, 0.32, 1.125], Derivatives.Numbers(losses.Values));
        Assert.Equal([0, 1, 0], Derivatives.Numbers(losses.Clipped));
        Derivatives.AreClose([-0.9, 0, -1.5], Derivatives.Derived(leaf => ClippedValue.Of(leaf, Row(0, 0, 0), Row(1, 1, 1), 0.2).Values.sum(), [0.1, 0.5, -0.5]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Its_gradient_is_that_of_finite_differences(int seed)
    {
        var random = new Random(seed);
        double[] Drawn() => [.. Enumerable.Range(0, 12).Select(_ => random.NextDouble() * 2 - 1)];
        var (values, old, returns) = (Drawn(), Drawn(), Drawn());
        Derivatives.AreClose(
            Derivatives.Differences(
                at => at.Select((value, i) => Math.Max(Math.Pow(value - returns[i], 2), Math.Pow(old[i] + Math.Clamp(value - old[i], -0.3, 0.3) - returns[i], 2)) / 2).Sum(), values),
            Derivatives.Derived(leaf => ClippedValue.Of(leaf, Row(old), Row(returns), 0.3).Values.sum(), values),
            1e-7);
    }

    // G = 0, 1, 2 has a variance of 2/3; G − V = 0, 1/2, 1 a quarter of it.
    [Fact]
    public void Explained_variance_is_1_where_all_is_foreseen_and_0_where_no_more_than_the_mean()
    {
        Assert.Equal(0.75, ClippedValue.Explained([0, 0.5, 1], [0, 1, 2])!.Value, 1e-12);
        Assert.Equal(1, ClippedValue.Explained([0, 1, 2], [0, 1, 2])!.Value, 1e-12);
        Assert.Equal(0, ClippedValue.Explained([1, 1, 1], [0, 1, 2])!.Value, 1e-12);
        Assert.True(ClippedValue.Explained([2, 1, 0], [0, 1, 2]) < 0);
        Assert.Null(ClippedValue.Explained([2, 1, 0], [0.1, 0.1, 0.1]));
    }
}
