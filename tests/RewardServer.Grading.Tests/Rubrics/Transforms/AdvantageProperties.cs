using FsCheck;
using FsCheck.Fluent;

namespace RewardServer.Grading.Tests.Rubrics.Transforms;

/// <summary>What holds of the transforms of rewards, whatever the rewards.</summary>
public sealed class AdvantageProperties
{
    private static readonly Gen<double> Rewards = Gen.Frequency(
        (4, Gen.Elements(0.0, 1.0, 0.5, -1.0, 0.1, 0.3)),
        (1, Gen.Choose(-1_000_000, 1_000_000).Select(whole => whole / 1000.0)));

    private static readonly Gen<double[]> Groups1 = from size in Gen.Choose(1, 12) from rewards in Rewards.ArrayOf(size) select rewards;

    private static readonly Gen<double[]> Wild = from size in Gen.Choose(1, 6)
        from rewards in Gen.Elements(0.0, 1.0, double.MaxValue, double.MinValue, double.Epsilon, -double.Epsilon, 1e150, 1e-200, double.PositiveInfinity, double.NegativeInfinity).ArrayOf(size)
        select rewards;

    public static TheoryData<string> All => ["grpo", "mean-centred", "leave-one-out", "rank"];

    public static TheoryData<string> Differences => ["mean-centred", "leave-one-out"];

    private static void Holds(Gen<double[]> groups, Func<double[], bool> property) =>
        Prop.ForAll(groups.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(2026, 1127));

    [Theory]
    [MemberData(nameof(All))]
    public void The_order_of_a_group_changes_no_value(string name) => Holds(Groups1, rewards =>
        Groups.Transform(name).Values(rewards).Reverse().SequenceEqual(Groups.Transform(name).Values(rewards.Reverse())));

    [Theory]
    [MemberData(nameof(All))]
    public void The_values_of_a_group_add_up_to_0(string name) => Holds(Groups1, rewards =>
        Math.Abs(Groups.Transform(name).Values(rewards).Sum()) <= 1e-9 * (1 + rewards.Sum(Math.Abs)));

    [Theory]
    [MemberData(nameof(All))]
    public void A_higher_reward_never_has_a_lower_value(string name) => Holds(Groups1, rewards =>
    {
        var values = Groups.Transform(name).Values(rewards);
        return rewards.Zip(values).OrderBy(pair => pair.First).Select(pair => pair.Second).ToArray() is var ordered && ordered.Zip(ordered.Skip(1)).All(next => next.First <= next.Second);
    });

    [Theory]
    [MemberData(nameof(All))]
    public void What_is_added_to_every_reward_changes_no_value(string name) => Holds(Groups1, rewards =>
        Groups.AreClose(Groups.Transform(name).Values(rewards), Groups.Transform(name).Values(rewards.Select(reward => reward + 4))));

    [Theory]
    [MemberData(nameof(All))]
    public void Values_are_finite_whatever_the_rewards(string name) => Holds(Wild, rewards =>
        Groups.Transform(name).Values(rewards).All(double.IsFinite));

    [Theory]
    [MemberData(nameof(All))]
    public void Equal_rewards_have_the_value_0_and_so_has_one_alone(string name)
    {
        Assert.Equal([0.0, 0.0, 0.0], Groups.Transform(name).Values(0.1, 0.1, 0.1));
        Assert.Equal([0.0], Groups.Transform(name).Values(7));
    }

    [Theory]
    [MemberData(nameof(Differences))]
    public void Differences_grow_with_the_scale_of_the_rewards(string name) => Holds(Groups1, rewards =>
        Groups.AreClose([.. Groups.Transform(name).Values(rewards).Select(value => value * 4)], Groups.Transform(name).Values(rewards.Select(reward => reward * 4))));

    [Fact]
    public void Deviations_do_not_change_with_the_scale_of_the_rewards() => Holds(Groups1, rewards =>
        Groups.AreClose(Groups.Transform("grpo", """{"epsilon":0}""").Values(rewards), Groups.Transform("grpo", """{"epsilon":0}""").Values(rewards.Select(reward => reward * 4))));

    [Fact]
    public void Ranks_do_not_change_with_what_keeps_the_order_of_the_rewards() => Holds(Groups1, rewards =>
        Groups.Transform("rank").Values(rewards).SequenceEqual(Groups.Transform("rank").Values(rewards.Select(reward => reward * reward * reward))));

    [Fact]
    public void Ranks_lie_between_the_two_halves() => Holds(Wild, rewards =>
        Groups.Transform("rank").Values(rewards).All(rank => rank is >= -0.5 and <= 0.5));
}
