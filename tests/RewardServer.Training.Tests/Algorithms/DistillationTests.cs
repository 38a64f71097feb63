using RewardServer.Training.Algorithms;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Algorithms;

public sealed class DistillationTests
{
    // Two tokens with π = 1/4 and 3/4, the teacher undecided: ¼ log ½ + ¾ log 3/2. Equal logits but for a constant: 0.
    [Fact]
    public void The_reverse_divergence_is_over_the_whole_vocabulary()
    {
        using var scope = NewDisposeScope();
        var losses = ReverseKullbackLeibler.Of(tensor(new[] { 0, Math.Log(3), 1, 2 }).view(2, 2), tensor(new[] { 5.0, 5, 4, 5 }).view(2, 2));
        Derivatives.AreClose([0.25 * Math.Log(0.5) + 0.75 * Math.Log(1.5), 0], Derivatives.Numbers(losses.Values));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Its_gradient_is_that_of_finite_differences(int seed)
    {
        var random = new Random(seed);
        double[] Drawn() => [.. Enumerable.Range(0, 12).Select(_ => random.NextDouble() * 6 - 3)];
        var (student, teacher) = (Drawn(), Drawn());
        static double[] Share(double[] row)
        {
            var total = row.Sum(Math.Exp);
            return [.. row.Select(logit => Math.Exp(logit) / total)];
        }

        Derivatives.AreClose(
            Derivatives.Differences(
                at => at.Chunk(4).Zip(teacher.Chunk(4)).Sum(rows => Share(rows.First).Zip(Share(rows.Second), (own, other) => own * Math.Log(own / other)).Sum()), student),
            Derivatives.Derived(leaf => ReverseKullbackLeibler.Of(leaf.view(3, 4), tensor(teacher).view(3, 4)).Values.sum(), student),
            1e-7);
    }

    // Of three completions that earn 0, 1 and 2 there are three pairs, whose best earn 1, 2 and 2.
    [Fact]
    public void The_best_of_n_is_that_of_all_ways_to_take_n()
    {
        Assert.Equal(5 / 3.0, BestOfN.Mean([1, 0, 2], 2), 1e-12);
        Assert.Equal(1, BestOfN.Mean([1, 0, 2], 1), 1e-12);
        Assert.Equal(2, BestOfN.Mean([1, 0, 2], 3), 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>(() => BestOfN.Mean([1, 0, 2], 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => BestOfN.Mean([1], 0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_best_of_n_agrees_with_every_subset(int seed)
    {
        var random = new Random(seed);
        var rewards = Enumerable.Range(0, 9).Select(_ => (double)random.Next(5)).ToArray();
        for (var n = 1; n <= 9; n++)
        {
            var best = Enumerable.Range(0, 1 << 9).Where(set => int.PopCount(set) == n).Average(set => rewards.Where((_, i) => (set >> i & 1) == 1).Max());
            Assert.Equal(best, BestOfN.Mean(rewards, n), 1e-9);
        }
    }

    [Fact]
    public void The_best_is_the_first_of_the_highest_and_none_where_nothing_has_a_reward()
    {
        Assert.Equal(2, BestOfN.Of([null, 0.5, 1, 1]));
        Assert.Equal(0, BestOfN.Of([-3]));
        Assert.Null(BestOfN.Of([null, null]));
        Assert.Equal(0, BestOfN.Divergence(1));
        Assert.Equal(Math.Log(4) - 0.75, BestOfN.Divergence(4), 1e-12);
    }
}
