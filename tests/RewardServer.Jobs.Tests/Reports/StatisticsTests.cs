using FsCheck;
using FsCheck.Fluent;
using RewardServer.Grading.Voting;
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
    public void Pass_at_k_by_hand(int samples, int passed, int k, double expected) => Assert.Equal(expected, PassAtK.Of(samples, passed, k), 1e-12);

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
        Assert.Equal(expected, PassAtK.Of(given.Rewards.Length, given.Rewards.Count(reward => reward == 1), given.K), 1e-9);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Best_of_k_is_the_mean_over_all_draws() => Prop.ForAll(Cases(), given =>
    {
        var expected = Choices(given.Rewards.Length, given.K).Average(draw => draw.Max(i => given.Rewards[i]));
        Assert.Equal(expected, BestOfK.Of([.. given.Rewards.OrderDescending()], given.K), 1e-9);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Best_of_k_by_hand()
    {
        // Of 3, 2 and 0 the pairs are (3, 2), (3, 0) and (2, 0).
        Assert.Equal(8 / 3.0, BestOfK.Of([3, 2, 0], 2), 1e-12);
        Assert.Equal(5 / 3.0, BestOfK.Of([3, 2, 0], 1), 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>(() => BestOfK.Of([1], 2));
    }

    [Theory]
    [InlineData(2, new[] { 1 }, 1, 4, 1)]
    [InlineData(2, new[] { 1 }, 1, 1, 0.5)]
    [InlineData(1, new[] { 1 }, 0, 2, 0.5)]
    [InlineData(0, new[] { 2 }, 1, 2, 0)]
    [InlineData(0, new int[0], 2, 2, 0)]
    [InlineData(1, new int[0], 3, 2, 0.5)] // Alone among silent ones it wins whenever it is drawn.
    [InlineData(2, new[] { 2 }, 0, 3, 0.5)] // Two of one and one of the other, either way.
    public void The_majority_by_hand(int right, int[] wrong, int silent, int k, double expected) => Assert.Equal(expected, MajorityAtK.Of(right, wrong, silent, k), 1e-12);

    [Fact]
    public void The_majority_is_the_share_of_all_draws() => Prop.ForAll(Votes(), given =>
    {
        // Of each completion the place of its answer: 0 is right, and −1 none.
        int[] answers = [.. Enumerable.Repeat(0, given.Right), .. given.Wrong.SelectMany((count, place) => Enumerable.Repeat(place + 1, count)), .. Enumerable.Repeat(-1, given.Silent)];
        var expected = Choices(answers.Length, given.K).Average(draw => Won([.. draw.Select(i => answers[i])]));
        Assert.Equal(expected, MajorityAtK.Of(given.Right, given.Wrong, given.Silent, given.K), 1e-9);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_majority_of_hundreds_is_near_what_counting_gives_of_as_many_shares()
    {
        // Where k is small beside n, drawing with and without putting back come to one: of three votes at least two, or one of three that all differ by lot.
        var (p, q) = (0.5, 0.25);
        var expected = p * p * p + 3 * p * p * (1 - p) + 6 * p * q * q / 3;
        Assert.Equal(expected, MajorityAtK.Of(1000, [500, 500], 0, 3), 0.01);
        // Beyond what can be counted it is drawn, the same every time.
        Assert.Equal(1, MajorityAtK.Of(700, [150, 150], 0, 500), 0.001);
        Assert.Equal(0.5, MajorityAtK.Of(500, [500], 0, 501), 0.06);
        Assert.Equal(MajorityAtK.Of(500, [500], 0, 501), MajorityAtK.Of(500, [500], 0, 501));
    }

    [Theory]
    [InlineData(1, new[] { 1 }, 0, 3)]
    [InlineData(1, new[] { 1 }, 0, 0)]
    [InlineData(-1, new[] { 1 }, 0, 1)]
    [InlineData(1, new[] { 0 }, 0, 1)]
    public void The_majority_refuses_numbers_that_cannot_be(int right, int[] wrong, int silent, int k) => Assert.Throws<ArgumentOutOfRangeException>(() => MajorityAtK.Of(right, wrong, silent, k));

    private static Jobs.Reports.Statistics.Interval OfMean(IEnumerable<(double Sum, int Count)> problems)
    {
        var bootstrap = new Bootstrap(1);
        foreach (var (sum, count) in problems)
        {
            bootstrap.Add([sum], count);
        }

        return bootstrap.Intervals()[0];
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
            var interval = OfMean(problems);
            Assert.InRange(interval.Mean, interval.Low!.Value, interval.High!.Value);
            held += interval.Low <= 0.4 && 0.4 <= interval.High ? 1 : 0;
        }

        Assert.InRange(held, 176, 200);
    }

    [Fact]
    public void Many_problems_have_the_interval_that_drawing_would_give()
    {
        var random = new Random(2);
        var many = Enumerable.Range(0, Bootstrap.MostDrawn + 1).Select(_ => (random.NextDouble(), 1 + random.Next(3))).ToList();
        var (normal, drawn) = (OfMean(many), OfMean(many[..Bootstrap.MostDrawn]));
        var width = drawn.High!.Value - drawn.Low!.Value;
        Assert.Equal(width, normal.High!.Value - normal.Low!.Value, 0.1 * width);
        Assert.Equal(drawn.Low.Value, normal.Low.Value, 0.1 * width);
    }

    [Fact]
    public void One_problem_has_a_mean_and_no_interval() => Assert.Equal(new Jobs.Reports.Statistics.Interval(0.5, null, null), OfMean([(1, 2)]));

    [Fact]
    public void Means_of_the_same_problems_are_resampled_together()
    {
        var together = new Bootstrap(2);
        foreach (var i in Enumerable.Range(0, 100))
        {
            together.Add([i % 7, 2 * (i % 7)], 1 + i % 3);
        }

        var intervals = together.Intervals();
        Assert.Equal(new Jobs.Reports.Statistics.Interval(2 * intervals[0].Mean, 2 * intervals[0].Low, 2 * intervals[0].High), intervals[1]);
        Assert.Equal(intervals, together.Intervals());
        Assert.Throws<InvalidOperationException>(() => new Bootstrap(1).Intervals());
    }

    [Fact]
    public void No_interval_leaves_what_problems_have()
    {
        // One right of 6,000: the normal distribution alone would go below 0.
        var interval = OfMean(Enumerable.Range(0, 6000).Select(i => (i == 0 ? 1.0 : 0, 1)));
        Assert.InRange(interval.Low!.Value, 0, interval.Mean);
        Assert.Equal(new Jobs.Reports.Statistics.Interval(1, 1, 1), OfMean(Enumerable.Repeat((2.0, 2), 6000)));
    }

    [Fact]
    public void A_sketch_counts_up_to_a_bound()
    {
        var sketch = new QuantileSketch();
        foreach (var number in Enumerable.Range(0, 1001))
        {
            sketch.Add(number);
        }

        Assert.Equal(0, sketch.CountUpTo(-1));
        Assert.Equal(1001, sketch.CountUpTo(1000));
        Assert.Equal(501, sketch.CountUpTo(500), 11.0);
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

        Assert.Equal(numbers.Average(), sketch.Mean, 1e-6 * numbers.Max() + 1e-9);
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
    [InlineData(121, 59, 4.434449263755e-6)]
    public void McNemar_by_hand(long first, long second, double expected) => Assert.Equal(expected, McNemar.PValue(first, second), 1e-10);

    [Fact]
    public void McNemar_is_twice_the_smaller_tail_of_a_fair_coin() => Prop.ForAll(Gen.Choose(0, 30).Zip(Gen.Choose(0, 30)).ToArbitrary(), given =>
    {
        var (first, second) = given;
        var n = first + second;
        // Pascal's triangle, in whole numbers.
        System.Numerics.BigInteger tail = 0, choose = 1;
        for (var i = 0; i <= Math.Min(first, second); i++)
        {
            tail += choose;
            choose = choose * (n - i) / (i + 1);
        }

        Assert.Equal(Math.Min(1, 2 * (double)tail / Math.Pow(2, n)), McNemar.PValue(first, second), 1e-9);
    }).QuickCheckThrowOnFailure();

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

    private static Arbitrary<(int Right, int[] Wrong, int Silent, int K)> Votes() => (
        from right in Gen.Choose(0, 4)
        from wrong in Gen.Choose(0, 3).SelectMany(count => Gen.Choose(1, 3).ArrayOf(count))
        from silent in Gen.Choose(0, 2)
        where right + wrong.Sum() + silent is > 0 and <= 12
        from k in Gen.Choose(1, right + wrong.Sum() + silent)
        select (right, wrong, silent, k)).ToArbitrary();

    // What the right answer has of a vote.
    private static double Won(int[] drawn)
    {
        var counts = drawn.Where(answer => answer >= 0).CountBy(answer => answer).ToList();
        var most = counts.Count == 0 ? 0 : counts.Max(count => count.Value);
        var winners = counts.Where(count => count.Value == most).Select(count => count.Key).ToList();
        return winners.Contains(0) ? 1.0 / winners.Count : 0;
    }

    private static IEnumerable<int[]> Choices(int n, int k) =>
        Enumerable.Range(0, 1 << n).Where(set => int.PopCount(set) == k).Select(set => Enumerable.Range(0, n).Where(i => (set >> i & 1) == 1).ToArray());
}
