using FsCheck;
using FsCheck.Fluent;
using RewardServer.Cli.Train;

namespace RewardServer.Tests.Cli.Train;

public sealed class SparklineTests
{
    [Theory]
    [InlineData("", new double[0])]
    [InlineData("▁", new[] { 7.0 })]
    [InlineData("▁▁▁", new[] { 7.0, 7, 7 })]
    [InlineData("▁█", new[] { -1.0, 1 })]
    [InlineData("▁▂▃▄▅▆▇█", new[] { 0.0, 1, 2, 3, 4, 5, 6, 7 })]
    [InlineData("▁ █", new[] { 0.0, double.NaN, 1 })]
    [InlineData("", new[] { double.NaN, double.PositiveInfinity })]
    public void Values_are_drawn_by_their_height(string drawn, double[] values) => Assert.Equal(drawn, Sparkline.Of(values, 8));

    [Fact]
    public void Many_values_are_drawn_as_means() => Assert.Equal("▁▃▆█", Sparkline.Of([0, 0, 2, 4, 6, 6, 9, 9], 4));

    [Fact]
    public void A_line_is_never_wider_than_it_may_be() =>
        Prop.ForAll<double[]>(values => Sparkline.Of(values, 32).Length <= 32).QuickCheckThrowOnFailure();
}
