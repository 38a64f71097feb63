using System.Text.Json;

namespace RewardServer.Grading.Tests.Rubrics.Transforms;

/// <summary>Small groups, worked out by hand.</summary>
public sealed class AdvantageTests
{
    [Fact]
    public void The_advantage_of_GRPO_is_in_standard_deviations()
    {
        // The mean is 1/4, the standard deviation of the sample 1/2.
        Assert.True(Groups.AreClose([1.5, -0.5, -0.5, -0.5], Groups.Transform("grpo", """{"epsilon":0}""").Values(1, 0, 0, 0)));
        Assert.True(Groups.AreClose([0.5 / 0.8, -0.5 / 0.8], Groups.Transform("grpo", $$"""{"epsilon":{{JsonSerializer.Serialize(0.8 - Math.Sqrt(0.5))}}}""").Values(1, 0)));
    }

    [Fact]
    public void Mean_centred_takes_the_mean_away() =>
        Assert.True(Groups.AreClose([0.75, -0.25, -0.25, -0.25], Groups.Transform("mean-centred").Values(1, 0, 0, 0)));

    [Fact]
    public void Leave_one_out_takes_the_mean_of_the_others_away() =>
        Assert.True(Groups.AreClose([1.0, -1 / 3.0, -1 / 3.0, -1 / 3.0], Groups.Transform("leave-one-out").Values(1, 0, 0, 0)));

    [Fact]
    public void Equal_rewards_share_the_mean_of_their_ranks()
    {
        Assert.Equal([-0.5, 0.0, 0.5], Groups.Transform("rank").Values(-7, 0.2, 3));
        Assert.Equal([0.5, -1 / 6.0, -1 / 6.0, -1 / 6.0], Groups.Transform("rank").Values(1, 0, 0, 0));
        Assert.Equal([-0.5, 0.125, 0.125, 0.125, 0.125], Groups.Transform("rank").Values(0, 1, 1, 1, 1));
    }

    [Theory]
    [InlineData("mean-centred", """{"epsilon":0}""", "$.epsilon")]
    [InlineData("rank", """{"ties":"first"}""", "$.ties")]
    [InlineData("pass-at-k", """{"k":0}""", "$.k")]
    [InlineData("pass-at-k", """{"component":"luck"}""", "$.component")]
    [InlineData("pass-at-k", """{"value":"chance"}""", "$.value")]
    [InlineData("relative-length", """{"measure":"metres"}""", "$.measure")]
    [InlineData("diversity", """{"n":0}""", "$.n")]
    [InlineData("diversity", """{"n":21}""", "$.n")]
    public void An_option_that_is_wrong_is_named(string name, string options, string path) =>
        Assert.Equal(path, Assert.Throws<JsonException>(() => Groups.Transform(name, options)).Path);
}
