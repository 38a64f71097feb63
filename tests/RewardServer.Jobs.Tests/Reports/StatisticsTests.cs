using FsCheck;
using FsCheck.Fluent;
using RewardServer.Jobs.Reports.Statistics;

namespace RewardServer.Jobs.Tests.Reports;

public sealed class StatisticsTests
{
    [Theory]
    [InlineData(1, 0, 1, 0)]
    [InlineData(1, 1, 1, 1)]
    [InlineData(10, 3, 1, 0.3)]
    [InlineData(10, 3, 10, 1)]
    [InlineData(4, 2, 2, 1 - 1.0 / 6)] // Of the six pairs one fails whole.
    [InlineData(200, 1, 100, 0.5)]
    [InlineData(1_000_000, 500_000, 1, 0.5)]
    public void Pass_at_k_by_hand(int samples, int passed, int k, double expected) => Assert.Equal(expected, PassAtK.Of(samples, passed, k), 12);

    [Theory]
    [InlineData(3, 4, 1)]
    [InlineData(3, -1, 1)]
    [InlineData(3, 1, 4)]
    [InlineData(3, 1, 0)]
    public void Pass_at_k_refuses_numbers_that_cannot_be(int samples, int passed, int k) => Assert.Throws<ArgumentOutOfRangeException>(() => PassAtK.Of(samples, passed, k));

    [Fact]
    public void Pass_at_k_is_the_share_of_draws_with_a_pass() => Prop.ForAll(Cases(), given =>
    {
        var draws = Choices(given.Rewards.Length, given.K).ToList();
        var expected = draws.Average(draw => draw.Any(i => given.Rewards[i] == 1) ? 1.0 : 0);
        Assert.Equal(expected, PassAtK.Of(given.Rewards.Length, given.Rewards.Count(reward => reward == 1), given.K), 9);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Best_of_k_is_the_mean_over_all_draws() => Prop.ForAll(Cases(), given =>
    {
        var expected = Choices(given.Rewards.Length, given.K).Average(draw => draw.Max(i => given.Rewards[i]));
        Assert.Equal(expected, BestOfK.Of(given.Rewards, given.K), 9);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_majority_of_all_is_exact_and_a_tie_is_shared()
    {
        (string?, bool)[] answers = [("4", true), ("4", true), ("5", false), (null, false)];
        Assert.Equal(1, MajorityAtK.Of(answers, 4));
        Assert.Equal(0.5, MajorityAtK.Of(answers, 1));
        Assert.Equal(0.5, MajorityAtK.Of([("4", true), ("5", false)], 2));
        Assert.Equal(0, MajorityAtK.Of([(null, false), (null, false)], 2));
    }

    [Fact]
    public void The_majority_of_some_is_near_the_share_of_all_draws()
    {
        (string? Answer, bool Right)[] answers = [("4", true), ("4", true), ("4", true), ("5", false), ("5", false), ("6", false), (null, false)];
        var exact = Choices(answers.Length, 3).Average(draw => MajorityAtK.Of([.. draw.Select(i => answers[i])], 3));
        Assert.Equal(exact, MajorityAtK.Of(answers, 3), 0.05);
        Assert.Equal(MajorityAtK.Of(answers, 3, 7), MajorityAtK.Of(answers, 3, 7));
    }

    [Fact]
    public void An_interval_holds_the_true_mean_about_as_often_as_it_says()
    {
        var random = new Random(1);
        var held = 0;
        for (var i = 0; i < 200; i++)
        {
            // Completions of a problem that are all alike: only the problems are draws.
            var problems = Enumerable.Range(0, 60).Select(_ => random.NextDouble() < 0.4 ? (4.0, 4) : (0.0, 4)).ToList();
            var interval = Bootstrap.OfMean(problems, i)!;
            Assert.InRange(interval.Mean, interval.Low, interval.High);
            held += interval.Low <= 0.4 && 0.4 <= interval.High ? 1 : 0;
        }

        Assert.InRange(held, 176, 200);
    }

    [Fact]
    public void Many_problems_have_the_interval_that_drawing_would_give()
    {
        var random = new Random(2);
        var many = Enumerable.Range(0, 20_001).Select(_ => (random.NextDouble(), 1 + random.Next(3))).ToList();
        var (normal, drawn) = (Bootstrap.OfMean(many)!, Bootstrap.OfMean(many[..20_000])!);
        Assert.Equal(drawn.High - drawn.Low, normal.High - normal.Low, 0.1 * (drawn.High - drawn.Low));
    }

    [Fact]
    public void Nothing_has_no_interval_and_one_problem_its_own()
    {
        Assert.Null(Bootstrap.OfMean([]));
        Assert.Equal(new Jobs.Reports.Statistics.Interval(0.5, 0.5, 0.5), Bootstrap.OfMean([(1, 2)]));
    }

    [Fact]
    public void A_sketch_knows_quantiles_within_a_hundredth() => Prop.ForAll(Gen.Choose(0, 1_000_000).Select(whole => whole / 997.0).NonEmptyListOf().ToArbitrary(), numbers =>
    {
        var sketch = new QuantileSketch();
        foreach (var number in numbers)
        {
            sketch.Add(number);
        }

        var sorted = numbers.Order().ToArray();
        foreach (var share in (double[])[0, 0.5, 0.9, 1])
        {
            var (below, above) = (sorted[(int)Math.Floor(share * (sorted.Length - 1))], sorted[(int)Math.Ceiling(share * (sorted.Length - 1))]);
            Assert.InRange(sketch.Quantile(share), below * 0.99 - 1e-9, above * 1.01 + 1e-9);
        }

        Assert.Equal(numbers.Average(), sketch.Mean, 6);
        Assert.Equal(numbers.Count, sketch.Count);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_sketch_leaves_out_what_is_no_measure()
    {
        var sketch = new QuantileSketch();
        Assert.Equal(0, sketch.Quantile(0.5));
        foreach (var number in (double[])[double.NaN, -1, double.PositiveInfinity, 1e300, 0])
        {
            sketch.Add(number);
        }

        Assert.Equal(2, sketch.Count);
        Assert.Equal(0, sketch.Quantile(0));
        Assert.Equal(1e300, sketch.Quantile(1));
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(5, 0, 0.0625)]
    [InlineData(0, 5, 0.0625)]
    [InlineData(10, 2, 0.03857421875)]
    [InlineData(7, 7, 1)]
    [InlineData(121, 59, 4.3e-6)]
    public void McNemar_by_hand(long first, long second, double expected) => Assert.Equal(expected, McNemar.PValue(first, second), Math.Max(1e-9, expected * 0.2));

    [Fact]
    public void McNemar_does_not_hang_or_leave_the_numbers_for_large_counts()
    {
        Assert.InRange(McNemar.PValue(50_000_000, 50_010_000), 0.25, 0.4);
        Assert.Equal(0, McNemar.PValue(1_000_000, 0));
    }

    private static Arbitrary<(double[] Rewards, int K)> Cases() => (
        from count in Gen.Choose(1, 7)
        from rewards in Gen.Elements(0.0, 0.25, 1.0).ArrayOf(count)
        from k in Gen.Choose(1, count)
        select (rewards, k)).ToArbitrary();

    private static IEnumerable<int[]> Choices(int n, int k) =>
        Enumerable.Range(0, 1 << n).Where(set => int.PopCount(set) == k).Select(set => Enumerable.Range(0, n).Where(i => (set >> i & 1) == 1).ToArray());
}
