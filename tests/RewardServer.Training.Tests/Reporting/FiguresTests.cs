using RewardServer.Training.Reporting;

namespace RewardServer.Training.Tests.Reporting;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.00001234, "1.23e-5")]
    [InlineData(0.00123, "0.0012")]
    [InlineData(-0.531, "-0.53")]
    [InlineData(45.06, "45.1")]
    [InlineData(14_213.4, "14,213")]
    [InlineData(double.NaN, "NaN")]
    public void Numbers_have_three_digits_or_so(double value, string words) => Assert.Equal(words, Figures.Plain(value));

    [Theory]
    [InlineData(0, "0 ")]
    [InlineData(840, "840 ")]
    [InlineData(840_000, "840 k")]
    [InlineData(1.234e10, "12.34 G")]
    [InlineData(5e20, "500 E")]
    public void Large_numbers_have_a_letter(double value, string words) => Assert.Equal(words, Figures.Scaled(value));

    [Theory]
    [InlineData(8.2, "8s")]
    [InlineData(192, "3m 12s")]
    [InlineData(3900, "1h 05m")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void Times_have_two_units(double seconds, string words) => Assert.Equal(words, Figures.Time(seconds));

    [Fact]
    public void Shares_are_hundredths() => Assert.Equal(["45.3%", "0%", "100%", "NaN"], new[] { 0.4531, 0, 1, double.NaN }.Select(Figures.Share));

    [Fact]
    public void Times_of_steps_add_up_to_the_time_of_the_run()
    {
        var times = StepTimes.Sum(Steps.Run());
        Assert.Equal(124, times.All, 6);
        Assert.Equal(10.8, times.Generation, 6);
        Assert.Equal(1.2, times.Rewards, 6);
        Assert.Equal(11.1, times.Update, 6);
    }
}
