using System.Collections.Immutable;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using RewardServer.Grading.Graders;

namespace RewardServer.Grading.Tests.Rubrics.Transforms;

public sealed class PassAtKTests
{
    private static readonly Gen<(int K, double[] Scores)> Cases =
        from size in Gen.Choose(1, 8)
        from k in Gen.Choose(1, size)
        from scores in Gen.Elements(0.0, 1.0).ArrayOf(size)
        select (k, scores);

    private static void Holds(Func<(int K, double[] Scores), bool> property) =>
        Prop.ForAll(Cases.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(2026, 1127));

    [Fact]
    public void A_wrong_one_earns_the_chance_that_the_others_hold_a_right_one()
    {
        // Of the 3 pairs that a wrong one of 4 can be in, 1 holds the right one.
        Assert.True(Groups.AreClose([1, 1 / 3.0, 1 / 3.0, 1 / 3.0], Values(2, "reward", [1, 0, 0, 0])));
        Assert.Equal([1, 0, 0], Values(1, "reward", [1, 0, 0]));
        Assert.Equal([1, 1, 1], Values(3, "reward", [1, 0, 0]));
    }

    [Fact]
    public void The_advantage_is_in_standard_deviations_of_all_sets()
    {
        // 3 of 6 pairs hold the right one: the mean is 1/2, and so is the standard deviation.
        Assert.True(Groups.AreClose([1, -1 / 3.0, -1 / 3.0, -1 / 3.0], Values(2, "normalised", [1, 0, 0, 0])));
        Assert.Equal([0, 0, 0], Values(2, "normalised", [1, 1, 1]));
        Assert.Equal([0, 0, 0], Values(2, "normalised", [0, 0, 0]));
        Assert.Equal([0, 0, 0], Values(2, "normalised", [1, 1, 0]));
    }

    [Fact]
    public void The_margin_is_what_a_set_would_lose() =>
        // In 2 of the 3 pairs that a right one of 4 can be in, the other one is wrong.
        Assert.True(Groups.AreClose([2 / 3.0, 2 / 3.0, 0, 0], Values(2, "marginal", [1, 1, 0, 0])));

    [Fact]
    public void Every_set_that_holds_one_is_counted() => Holds(at =>
        Groups.AreClose(Mean(at, (set, scores, _) => set.Max(i => scores[i])), Values(at.K, "reward", at.Scores))
        && Groups.AreClose(
            Mean(at, (set, scores, own) => set.Max(i => scores[i]) - set.Where(i => i != own).Select(i => scores[i]).DefaultIfEmpty().Max()),
            Values(at.K, "marginal", at.Scores)));

    [Fact]
    public void Advantages_add_up_to_0_and_are_finite() => Holds(at =>
        Values(at.K, "normalised", at.Scores) is var values && values.All(double.IsFinite) && Math.Abs(values.Sum()) < 1e-9);

    [Fact]
    public void The_order_of_a_group_changes_no_value() => Holds(at =>
        Values(at.K, "normalised", at.Scores).Reverse().SequenceEqual(Values(at.K, "normalised", [.. at.Scores.Reverse()])));

    [Theory]
    [InlineData(2000, 7, 1000)]
    [InlineData(10_000, 3, 5000)]
    [InlineData(1000, 999, 2)]
    public void Big_groups_neither_overflow_nor_lose_digits(int size, int right, int k)
    {
        double[] scores = [.. Enumerable.Repeat(1.0, right), .. Enumerable.Repeat(0.0, size - right)];
        var (wrong, all) = (Choose(size - right - 1, k - 1), Choose(size - 1, k - 1));
        var expected = 1 - ((double)(wrong * BigInteger.Pow(10, 30) / all) / 1e30);
        Assert.Equal(expected, Values(k, "reward", scores)[^1], 1e-9);
        Assert.All(Values(k, "normalised", scores), value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void A_group_smaller_than_k_has_no_value() =>
        Assert.All(Groups.Transform("pass-at-k", """{"k":3}""").Apply(Groups.OfRewards(1, 0)), value => Assert.Null(value));

    [Fact]
    public void One_without_a_score_has_no_value_and_is_in_no_set()
    {
        var group = Groups.OfRewards(1, 0, 0);
        var unknown = group[1] with { Verdicts = Verdicts.None.With("accuracy", Verdict.Failed("gone")) };
        var values = Groups.Transform("pass-at-k", """{"k":2}""").Apply([group[0], unknown, group[2]]);
        Assert.Equal<double?>([1, null, 1], values);
    }

    [Fact]
    public void Another_component_and_another_score_may_tell_what_is_right()
    {
        var group = Groups.OfRewards(0.4, 0.6).Select(member => member with { Verdicts = Verdicts.None.With("tests", Verdict.Scored(member.Reward, "")) }).ToImmutableArray();
        var transform = RewardServer.Grading.Rubrics.Transforms.TransformCatalog.Find("pass-at-k")!
            .Create(new(["tests"]), System.Text.Json.JsonElement.Parse("""{"component":"tests","atLeast":0.5,"k":1}"""));
        Assert.Equal<double?>([0, 1], transform.Apply(group));
    }

    private static double[] Values(int k, string value, double[] scores) =>
        Groups.Transform("pass-at-k", $$"""{"k":{{k}},"value":"{{value}}"}""").Values(scores);

    // By going through every set.
    private static double[] Mean((int K, double[] Scores) at, Func<int[], double[], int, double> of) =>
    [
        .. at.Scores.Select((_, own) => Enumerable.Range(0, 1 << at.Scores.Length)
            .Where(bits => BitOperations.PopCount((uint)bits) == at.K && ((bits >> own) & 1) == 1)
            .Average(bits => of([.. Enumerable.Range(0, at.Scores.Length).Where(i => ((bits >> i) & 1) == 1)], at.Scores, own))),
    ];

    private static BigInteger Choose(int n, int k) =>
        k > n ? 0 : Enumerable.Range(0, k).Aggregate(BigInteger.One, (product, i) => product * (n - i) / (i + 1));
}
