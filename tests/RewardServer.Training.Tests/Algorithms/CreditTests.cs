using FsCheck;
using FsCheck.Fluent;
using RewardServer.Training.Algorithms;

namespace RewardServer.Training.Tests.Algorithms;

public sealed class CreditTests
{
    private static readonly Episode Two = new(0, 1, [-0.5f, -1]) { Reference = [-1, -0.75f], Values = [0.5f, 0.25f] };
    private static readonly Episode One = new(1, 0, [-2]) { Reference = [-1.5f], Values = [0.5f] };

    private static double[][] Of(string name, double coefficient = 0, double? baseline = null, AdvantageKind? advantage = null)
    {
        var algorithm = Algorithm.Named(name);
        return Credit.Of(algorithm with { KlCoefficient = coefficient, Advantage = advantage ?? algorithm.Advantage }, [Two, One], baseline).Advantages;
    }

    private static void AreClose(double[][] expected, double[][] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Derivatives.AreClose(pair.First, pair.Second, 1e-7));
    }

    // β = 0.1. The first token was likelier than under the reference by 0.5, and pays 0.05; the second less likely by 0.25, and gets 0.025 beside the reward of 1.
    [Fact]
    public void A_token_pays_for_going_away_from_the_reference_and_the_last_has_the_reward()
    {
        Derivatives.AreClose([-0.05, 1.025], TokenRewards.Of(1, Two.LogProbabilities, Two.Reference, 0.1), 1e-7);
        Assert.Equal([0, 0, 2.5], TokenRewards.Of(2.5, [-1, -1, -1]));
        Assert.Throws<ArgumentException>(() => TokenRewards.Of(1, [-1], [-1, -1], 0.1));
        Assert.Throws<ArgumentException>(() => TokenRewards.Of(1, []));
    }

    // With γ = 1/2: 4, 2 + 4/2 = 4, 1 + 4/2 = 3.
    [Fact]
    public void What_comes_counts_less_the_later_it_comes() => Assert.Equal([3, 4, 4], TokenRewards.ToGo([1, 2, 4], 0.5));

    // The completions earn 1 and 0: the mean is 1/2.
    [Fact]
    public void REINFORCE_compares_with_the_step() => AreClose([[0.5, 0.5], [-0.5]], Of("reinforce"));

    [Fact]
    public void A_running_baseline_is_that_of_earlier_steps() => AreClose([[0.75, 0.75], [-0.25]], Of("reinforce", baseline: 0.25, advantage: AdvantageKind.Running));

    // A completion alone in its group has nobody to be compared with.
    [Fact]
    public void RLOO_compares_within_a_group()
    {
        AreClose([[0, 0], [0]], Of("rloo"));
        var episodes = new[] { Two, One with { Group = 0 }, One with { Group = 0, Reward = 2 } };
        // 1 − (0 + 2)/2, 0 − 3/2, 2 − 1/2.
        AreClose([[0, 0], [-1.5], [1.5]], Credit.Of(Algorithm.Named("rloo"), episodes).Advantages);
    }

    // What is paid for the whole completion: 0.1 (0.5 − 0.25) = 0.025 of the first, −0.05 of the second. So 0.975 and 0.05: half their difference is 0.4625.
    [Fact]
    public void A_divergence_in_the_reward_counts_before_the_baseline() => AreClose([[0.4625, 0.4625], [-0.4625]], Of("reinforce", coefficient: 0.1));

    // To go: −0.05 + 1.025 = 0.975 and 1.025; 0.05. The mean of the three is 2.05 / 3, the deviation by hand.
    [Fact]
    public void REINFORCE_plus_plus_norms_what_each_token_and_those_after_it_earn_over_the_step()
    {
        double[] togo = [0.975, 1.025, 0.05];
        var mean = togo.Sum() / 3;
        var deviation = Math.Sqrt(togo.Sum(one => (one - mean) * (one - mean)) / 3);
        AreClose([[(0.975 - mean) / deviation, (1.025 - mean) / deviation], [(0.05 - mean) / deviation]], Of("reinforce++", coefficient: 0.1));
    }

    // γ = 1, λ = 0.95. δ of the second token: 1 − 0.25 = 0.75; of the first: 0.25 − 0.5 = −0.25, and A = −0.25 + 0.95 · 0.75 = 0.4625. The other: −0.5.
    // Returns A + V: 0.9625, 1 and 0. The advantages are normed over the step, the returns are not.
    [Fact]
    public void PPO_takes_generalised_advantages_and_gives_the_critic_what_came()
    {
        Derivatives.AreClose([0.4625, 0.75], Gae.Of([0, 1], [0.5f, 0.25f], 1, 0.95));
        var credits = Credit.Of(Algorithm.Named("ppo") with { Lambda = 0.95 }, [Two, One]);
        AreClose([[0.9625, 1], [0]], credits.Returns!);
        AreClose(GlobalNormalization.Of([[0.4625, 0.75], [-0.5]]), credits.Advantages);
    }

    private static readonly Gen<(double[] Rewards, float[] Values)> Courses =
        from length in Gen.Choose(1, 9)
        from rewards in Gen.Choose(-1000, 1000).Select(whole => whole / 500.0).ArrayOf(length)
        from values in Gen.Choose(-1000, 1000).Select(whole => whole / 500f).ArrayOf(length)
        select (rewards, values);

    [Fact]
    public void With_a_lambda_of_1_generalised_advantages_are_what_comes_less_what_was_expected() => Prop.ForAll(Courses.ToArbitrary(), course =>
        Derivatives.AreClose([.. TokenRewards.ToGo(course.Rewards, 0.9).Zip(course.Values, (came, expected) => came - expected)], Gae.Of(course.Rewards, course.Values, 0.9, 1), 1e-6))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(2026, 1127));

    // Equation 16 word for word: Σ (γ λ)^l δ_{t+l}.
    [Fact]
    public void Generalised_advantages_are_the_sum_that_defines_them() => Prop.ForAll(Courses.ToArbitrary(), course =>
    {
        var (rewards, values) = course;
        var deltas = rewards.Select((reward, i) => reward + 0.9 * (i + 1 < values.Length ? values[i + 1] : 0) - values[i]).ToArray();
        Derivatives.AreClose(
            [.. deltas.Select((_, t) => deltas.Skip(t).Select((delta, l) => Math.Pow(0.9 * 0.7, l) * delta).Sum())], Gae.Of(rewards, values, 0.9, 0.7), 1e-6);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(2026, 1127));

    [Fact]
    public void What_is_normed_over_the_step_has_a_mean_of_0_and_a_deviation_of_1()
    {
        var normed = GlobalNormalization.Of([[1, 5, 2], [0.5], [-3, 7]]).SelectMany(one => one).ToArray();
        Assert.Equal(0, normed.Average(), 1e-9);
        Assert.Equal(1, normed.Average(one => one * one), 1e-6);
        Assert.Equal([[0, 0], [0]], GlobalNormalization.Of([[0.1, 0.1], [0.1]]));
    }

    // 0.9 · 1 + 0.1 · 0 = 0.9; 0.9 · 0.9 + 0.1 · 0.5 = 0.86.
    [Fact]
    public void A_running_baseline_forgets_slowly_and_begins_with_the_first_step()
    {
        var baseline = new RunningBaseline(0.9);
        Assert.Equal(1, baseline.Of([0.5, 1.5]));
        baseline.Add([1, 1]);
        baseline.Add([0, 0]);
        Assert.Equal(0.9, baseline.Of([7]), 1e-12);
        baseline.Add([0, 1]);
        Assert.Equal(0.86, baseline.Mean!.Value, 1e-12);
    }

    [Fact]
    public void What_an_algorithm_needs_and_has_not_is_named()
    {
        Assert.Contains("no critic", Assert.Throws<ArgumentException>(() => Credit.Of(Algorithm.Named("ppo"), [Two with { Values = null }])).Message, StringComparison.Ordinal);
        Assert.Contains("no reference", Assert.Throws<ArgumentException>(() => Credit.Of(Algorithm.Named("reinforce++"), [Two with { Reference = null }])).Message, StringComparison.Ordinal);
        Assert.Contains("no running baseline", Assert.Throws<ArgumentException>(() => Of("reinforce", advantage: AdvantageKind.Running)).Message, StringComparison.Ordinal);
    }
}
