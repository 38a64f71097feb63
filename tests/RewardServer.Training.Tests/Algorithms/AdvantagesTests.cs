using FsCheck;
using FsCheck.Fluent;
using RewardServer.Training.Algorithms;

namespace RewardServer.Training.Tests.Algorithms;

public sealed class AdvantagesTests
{
    private static readonly Gen<double[]> Groups =
        from size in Gen.Choose(2, 12)
        from rewards in Gen.Frequency((3, Gen.Elements(0.0, 1.0, 0.1, -1.0, 0.5)), (1, Gen.Choose(-5000, 5000).Select(whole => whole / 1000.0))).ArrayOf(size)
        select rewards;

    // Those that compare the completions of a group.
    public static TheoryData<AdvantageKind> Kinds => [AdvantageKind.Grpo, AdvantageKind.DrGrpo, AdvantageKind.LeaveOneOut];

    private static double[] Of(AdvantageKind kind, params double[] rewards) => new Algorithm { Name = "", Advantage = kind }.AdvantagesOf(rewards);

    private static void Holds(Gen<double[]> groups, Action<double[]> property) =>
        Prop.ForAll(groups.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(2026, 1127));

    // The mean of 1, 0, 0, 0 is 1/4. The squares of the distances are 9/16 and three times 1/16, together 3/4, by n − 1 = 3: 1/4. So the
    // deviation is 1/2, and the distances 3/4 and −1/4 are 3/2 and −1/2 deviations.
    [Fact]
    public void GRPO_counts_in_standard_deviations() => Derivatives.AreClose([1.5, -0.5, -0.5, -0.5], Advantages.Grpo([1, 0, 0, 0], 0));

    // As above, with 1/2 + 1/4 in place of 1/2.
    [Fact]
    public void GRPO_adds_epsilon_to_the_deviation() => Derivatives.AreClose([1, -1 / 3.0, -1 / 3.0, -1 / 3.0], Advantages.Grpo([1, 0, 0, 0], 0.25));

    [Fact]
    public void Dr_GRPO_counts_from_the_mean() => Derivatives.AreClose([0.75, -0.25, -0.25, -0.25], Advantages.DrGrpo([1, 0, 0, 0]));

    // The others of 3 have the mean 3/2, those of 2 the mean 2, those of 1 the mean 5/2.
    [Fact]
    public void Leave_one_out_counts_from_the_mean_of_the_others() => Derivatives.AreClose([1.5, 0, -1.5], Advantages.LeaveOneOut([3, 2, 1]));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Equal_rewards_and_groups_of_one_or_none_give_0(AdvantageKind kind)
    {
        Assert.Equal([0, 0, 0], Of(kind, 0.1, 0.1, 0.1));
        Assert.Equal([0], Of(kind, 7));
        Assert.Empty(Of(kind));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void They_add_up_to_0(AdvantageKind kind) => Holds(Groups, rewards => Assert.Equal(0, Of(kind, rewards).Sum(), 1e-9));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_added_to_every_reward_changes_nothing(AdvantageKind kind) =>
        Holds(Groups, rewards => Derivatives.AreClose(Of(kind, rewards), Of(kind, [.. rewards.Select(reward => reward + 4)]), 1e-8));

    [Fact]
    public void The_scale_of_rewards_changes_nothing_in_GRPO() =>
        Holds(Groups, rewards => Derivatives.AreClose(Advantages.Grpo(rewards, 0), Advantages.Grpo([.. rewards.Select(reward => reward * 37)], 0), 1e-9));

    [Fact]
    public void GRPO_gives_a_spread_of_1() => Holds(Groups.Where(DynamicSampling.HasSpread), rewards =>
        Assert.Equal(rewards.Length - 1, Advantages.Grpo(rewards, 0).Sum(advantage => advantage * advantage), 1e-9));

    // RLOO's definition, word for word.
    [Fact]
    public void Leave_one_out_is_what_it_says() => Holds(Groups, rewards => Derivatives.AreClose(
        [.. rewards.Select((reward, i) => reward - rewards.Where((_, j) => j != i).Average())], Advantages.LeaveOneOut(rewards), 1e-9));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_largest_and_the_closest_rewards_give_numbers(AdvantageKind kind)
    {
        Assert.All(Of(kind, 1e100, -1e100, 0), advantage => Assert.True(double.IsFinite(advantage)));
        Assert.All(Of(kind, 1e-300, 0, 0), advantage => Assert.True(double.IsFinite(advantage)));
        Derivatives.AreClose([2 / Math.Sqrt(3), -1 / Math.Sqrt(3), -1 / Math.Sqrt(3)], Advantages.Grpo([1e-300, 0, 0], 0));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1e101)]
    public void What_is_no_reward_is_named(double reward) => Assert.All([AdvantageKind.Grpo, AdvantageKind.DrGrpo, AdvantageKind.LeaveOneOut], kind =>
        Assert.Contains("reward 1 of the group", Assert.Throws<ArgumentException>(() => Of(kind, 0, reward)).Message, StringComparison.Ordinal));
}
