using FsCheck;
using FsCheck.Fluent;
using RewardServer.Training.Reporting.Html;

namespace RewardServer.Training.Tests.Reporting.Html;

public sealed class AxisTests
{
    [Theory]
    [InlineData(0.1, 0.93, "0 0.2 0.4 0.6 0.8 1")]
    [InlineData(45, 57, "45 50 55 60")]
    [InlineData(-0.3, 0.2, "-0.3 -0.2 -0.1 0 0.1 0.2")]
    [InlineData(0, 0, "-1 -0.5 0 0.5 1")]
    public void Marks_are_round(double least, double most, string marks) =>
        Assert.Equal(marks, string.Join(' ', Axis.OfValues(least, most).Ticks.Select(tick => Math.Round(tick, 9) + 0.0)));

    [Fact]
    public void Every_value_lies_on_the_axis_among_few_marks() =>
        Prop.ForAll<NormalFloat, NormalFloat>((one, other) =>
        {
            var (least, most) = (Math.Min(Measurable(one.Get), Measurable(other.Get)), Math.Max(Measurable(one.Get), Measurable(other.Get)));
            var axis = Axis.OfValues(least, most);
            return axis.Place(least) >= -1e-6 && axis.Place(most) <= 1 + 1e-6 && axis.Ticks.Count() is >= 2 and <= 13;
        }).QuickCheckThrowOnFailure();

    // Nothing that training measures is outside of what a float holds.
    private static double Measurable(double value) => Math.Abs(value) < 1e-38 ? 0 : Math.Clamp(value, -1e38, 1e38);

    [Fact]
    public void Steps_have_whole_marks() => Assert.Equal([0, 50, 100, 150, 200], Axis.OfSteps(0, 200).Ticks);
}
