using RewardServer.Training.Algorithms;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Algorithms;

public sealed class KullbackLeiblerTests
{
    private static double[] K3(double[] own, double[] reference)
    {
        using var scope = NewDisposeScope();
        return Derivatives.Numbers(KullbackLeibler.K3(tensor(own, float64), tensor(reference, float64)));
    }

    // π_ref / π = 2: 2 − log 2 − 1.  1/2: 1/2 + log 2 − 1.  1: 0.
    [Fact]
    public void Is_the_ratio_less_its_logarithm_less_1() => Derivatives.AreClose(
        [1 - Math.Log(2), Math.Log(2) - 0.5, 0], K3([-2, -2, -2], [-2 + Math.Log(2), -2 - Math.Log(2), -2]));

    [Fact]
    public void Is_never_negative_and_0_only_where_both_agree()
    {
        double[] differences = [.. Enumerable.Range(-600, 1201).Select(i => i / 100.0), 1e-7, -1e-7, 1e-5, 50, -50, 800];
        var divergences = K3([.. differences.Select(_ => -1.0)], [.. differences.Select(difference => difference - 1)]);
        Assert.All(differences.Zip(divergences), pair =>
            Assert.True(pair.First == 0 ? pair.Second == 0 : pair.Second > 0 && double.IsFinite(pair.Second), $"{pair.First}: {pair.Second}"));
    }

    // d²/2 + d³/6 + …: of e^d − 1 − d taken as it stands, rounding would leave two digits.
    [Fact]
    public void Keeps_its_digits_where_both_nearly_agree() => Assert.Equal(1, K3([0], [-1e-7])[0] / 5e-15, 1e-6);

    // Two tokens with p = 1/4 and 3/4, q = 1/2 each: p k3 summed is Σ p (q/p − log(q/p) − 1) = 1 + KL − 1 = KL(p ‖ q).
    [Fact]
    public void Is_the_divergence_in_the_mean()
    {
        var divergences = K3([Math.Log(0.25), Math.Log(0.75)], [Math.Log(0.5), Math.Log(0.5)]);
        Assert.Equal(0.25 * Math.Log(0.5) + 0.75 * Math.Log(1.5), 0.25 * divergences[0] + 0.75 * divergences[1], 1e-12);
    }
}
