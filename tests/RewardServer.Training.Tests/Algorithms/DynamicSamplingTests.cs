using FsCheck;
using FsCheck.Fluent;
using RewardServer.Training.Algorithms;

namespace RewardServer.Training.Tests.Algorithms;

public sealed class DynamicSamplingTests
{
    private static readonly double[] Spread = [0, 1, 0];
    private static readonly double[] Right = [1, 1, 1];
    private static readonly double[] Wrong = [0, 0, 0];

    [Fact]
    public void Groups_whose_rewards_differ_are_kept() =>
        Assert.Equal([1, 3], new DynamicSampling(4).Kept([Right, Spread, Wrong, [0.5, 0.5, 0.6], [], [1]]));

    [Fact]
    public void No_more_groups_are_kept_than_a_step_has() => Assert.Equal([0, 2], new DynamicSampling(2).Kept([Spread, Wrong, Spread, Spread]));

    [Fact]
    public void A_step_begins_with_all_its_prompts() => Assert.Equal(16, new DynamicSampling(16).More([], 0));

    [Fact]
    public void A_full_step_asks_no_more() => Assert.Equal(0, new DynamicSampling(2).More([Spread, Spread], 1));

    // Of 8 groups 6 had a spread. The share is (6 + 1) / (8 + 2) = 7/10, 2 are missing: 2 / 0.7 = 2.86, so 3.
    [Fact]
    public void Asks_as_many_as_will_likely_do() =>
        Assert.Equal(3, new DynamicSampling(8).More([.. Enumerable.Repeat(Spread, 6), Wrong, Right], 1));

    [Fact]
    public void Where_nothing_has_a_spread_it_asks_again_and_ends()
    {
        var sampling = new DynamicSampling(4, 3);
        Assert.Equal(4, sampling.More([.. Enumerable.Repeat(Wrong, 4)], 1));
        Assert.Equal(4, sampling.More([.. Enumerable.Repeat(Wrong, 8)], 2));
        Assert.Equal(0, sampling.More([.. Enumerable.Repeat(Wrong, 12)], 3));
    }

    [Fact]
    public void Every_step_ends_full_or_after_its_rounds_and_keeps_what_it_can() => Prop.ForAll(
        Gen.Choose(1, 20).ToArbitrary(), Gen.Choose(1, 8).ToArbitrary(), Gen.Choose(0, 100).ToArbitrary(), (groups, rounds, percent) =>
        {
            var sampling = new DynamicSampling(groups, rounds);
            var random = new Random(groups + 100 * rounds + 10_000 * percent);
            var asked = new List<IReadOnlyList<double>>();
            var round = 0;
            for (int more; (more = sampling.More(asked, round)) > 0; round++)
            {
                Assert.InRange(more, 1, groups);
                asked.AddRange(Enumerable.Range(0, more).Select(_ => random.Next(100) < percent ? Spread : Wrong));
            }

            var kept = sampling.Kept(asked);
            Assert.True(round == rounds || kept.Length == groups);
            Assert.InRange(round, 1, rounds);
            Assert.InRange(asked.Count, groups, groups * rounds);
            Assert.Equal(Math.Min(groups, asked.Count(DynamicSampling.HasSpread)), kept.Length);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(2026, 1127));
}
