using RewardServer.Training.Algorithms;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Algorithms;

/// <summary>DPO and the loss of reward models: pairs of a better and a worse completion.</summary>
public sealed class PairsTests
{
    // The better gained 1 on the reference, the worse lost 1: the margin is 0.5 · 2 = 1, and −log σ(1) = log(1 + 1/e).
    [Fact]
    public void DPO_is_what_its_equation_says()
    {
        using var scope = NewDisposeScope();
        var losses = Dpo.Of(Row(-2, -3), Row(-5, -3), Row(-3, -3), Row(-4, -3), 0.5);
        Derivatives.AreClose([Math.Log(1 + Math.Exp(-1)), Math.Log(2)], Derivatives.Numbers(losses.Values));
        Derivatives.AreClose([1, 0], Derivatives.Numbers(losses.Margins));
    }

    // By the paper's section 4: the gradient by log π(w) is −β σ(−margin), and by log π(l) the opposite.
    [Fact]
    public void DPO_learns_most_from_pairs_that_it_tells_wrongly()
    {
        double Slope(double margin) => -0.5 / (1 + Math.Exp(margin));
        var gradient = Derivatives.Derived(leaf => Dpo.Of(leaf.narrow(0, 0, 2), leaf.narrow(0, 2, 2), Row(-3, -3), Row(-4, -3), 0.5).Values.sum(), [-2, -6, -5, -2]);
        Derivatives.AreClose([Slope(1), Slope(-2), -Slope(1), -Slope(-2)], gradient);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Gradients_are_those_of_finite_differences(int seed)
    {
        var random = new Random(seed);
        var at = Enumerable.Range(0, 6).Select(_ => random.NextDouble() * 6 - 4).ToArray();
        double Plain(double margin) => Math.Log(1 + Math.Exp(-margin));
        Derivatives.AreClose(
            Derivatives.Differences(own => Enumerable.Range(0, 3).Sum(i => Plain(0.3 * (own[i] + 1 - (own[i + 3] + 2)))), at),
            Derivatives.Derived(leaf => Dpo.Of(leaf.narrow(0, 0, 3), leaf.narrow(0, 3, 3), Row(-1, -1, -1), Row(-2, -2, -2), 0.3).Values.sum(), at),
            1e-7);
        Derivatives.AreClose(
            Derivatives.Differences(own => Enumerable.Range(0, 3).Sum(i => Plain(own[i] - own[i + 3]) + 0.05 * Math.Pow(own[i] + own[i + 3], 2)), at),
            Derivatives.Derived(leaf => BradleyTerry.Of(leaf.narrow(0, 0, 3), leaf.narrow(0, 3, 3), 0.05).Values.sum(), at),
            1e-7);
    }

    // Scores 2 and 1: log(1 + 1/e) + 0.01 · 9. Scores 1 and 1 without centring: log 2.
    [Fact]
    public void A_reward_model_tells_pairs_and_is_held_around_0()
    {
        using var scope = NewDisposeScope();
        Derivatives.AreClose([Math.Log(1 + Math.Exp(-1)) + 0.09], Derivatives.Numbers(BradleyTerry.Of(Row(2), Row(1), 0.01).Values));
        Derivatives.AreClose([Math.Log(2)], Derivatives.Numbers(BradleyTerry.Of(Row(1), Row(1), 0).Values));
        // What is added to both scores counts where they are centred alone.
        Derivatives.AreClose(Derivatives.Numbers(BradleyTerry.Of(Row(2), Row(1), 0).Values), Derivatives.Numbers(BradleyTerry.Of(Row(9), Row(8), 0).Values));
    }

    [Fact]
    public void Pairs_that_lie_far_apart_give_numbers()
    {
        using var scope = NewDisposeScope();
        var losses = Dpo.Of(Row(-5000, 0), Row(0, -5000), Row(0, 0), Row(0, 0), 1);
        Derivatives.AreClose([5000, 0], Derivatives.Numbers(losses.Values));
    }

    [Fact]
    public void Nothing_is_left_in_the_scope_but_the_losses()
    {
        using var scope = NewDisposeScope();
        var (better, worse) = (Row(1), Row(2));
        var before = scope.DisposablesCount;
        Dpo.Of(better, worse, better, worse);
        BradleyTerry.Of(better, worse);
        Assert.Equal(before + 4, scope.DisposablesCount);
    }

    private static Tensor Row(params double[] numbers) => tensor(numbers, float64);
}
