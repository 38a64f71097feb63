using FsCheck;
using FsCheck.Fluent;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Efficiency;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Grading.Tests.Graders;

/// <summary>What holds of the score for whatever times were measured.</summary>
public sealed class EfficiencyProperties
{
    // From a microsecond to an hour, each size as often as another.
    private static readonly Gen<double> Seconds = Gen.Choose(-6000, 3556).Select(thousandths => Math.Pow(10, thousandths / 1000.0));

    private static readonly Gen<double> Factor = Gen.Choose(1, 2000).Select(thousandths => Math.Pow(10, thousandths / 1000.0));

    private static readonly Gen<EfficiencyOptions> Options =
        from fast in Gen.Choose(-1000, 1000).Select(thousandths => Math.Pow(10, thousandths / 1000.0))
        from wider in Factor
        select new EfficiencyOptions { Fast = fast, Slow = fast * wider }.Checked();

    // Times that vary by up to a half of themselves, and such that vary by anything.
    private static readonly Gen<Times> Measured =
        from rounds in Gen.Choose(5, 60)
        from program in Seconds
        from reference in Gen.OneOf(Seconds, Factor.Select(factor => program / factor))
        from noise in Gen.Elements(0, 0.02, 0.5)
        from own in Gen.Choose(0, 1000).ArrayOf(rounds)
        from other in Gen.Choose(0, 1000).ArrayOf(rounds)
        from wild in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        from any in Seconds.ArrayOf(rounds)
        select new Times(
            wild ? any : [.. own.Select(thousandths => program * (1 + (noise * thousandths / 1000)))],
            [.. other.Select(thousandths => reference * (1 + (noise * thousandths / 1000)))]);

    [Fact]
    public void Whatever_was_measured_earns_from_0_to_1_and_the_same_again() => PropertiesOfText.Holds(
        from times in Measured
        from options in Options
        select (times, options),
        at =>
        {
            var (score, reason) = EfficiencyScore.Of(at.times.Measurement, at.options);
            return score is >= 0 and <= 1 && reason.Length > 0 && (score, reason) == EfficiencyScore.Of(at.times.Measurement, at.options);
        },
        tests: 300);

    [Fact]
    public void A_program_that_is_slower_in_every_round_never_earns_more() => PropertiesOfText.Holds(
        from times in Measured
        from options in Options
        from factor in Factor
        select (times, options, factor),
        at => EfficiencyScore.Of(at.times.Slower(at.factor).Measurement, at.options).Score <= EfficiencyScore.Of(at.times.Measurement, at.options).Score + 1e-9,
        tests: 300);

    [Fact]
    public void Both_of_whatever_speed_a_ratio_that_is_certain_earns_no_less_than_a_larger_one() => PropertiesOfText.Holds(
        from ratio in Seconds
        from options in Options
        from factor in Factor
        select (ratio, options, factor),
        at =>
        {
            var (faster, slower) = (EfficiencyScore.Of(at.ratio, at.options), EfficiencyScore.Of(at.ratio * at.factor, at.options));
            var noiseless = new Times([.. Enumerable.Repeat(at.ratio, 15)], [.. Enumerable.Repeat(1.0, 15)]);
            return slower >= 0 && faster <= 1 && slower <= faster && Math.Abs(EfficiencyScore.Of(noiseless.Measurement, at.options).Score - faster) < 1e-9;
        });

    [Theory]
    [InlineData(1e308, 0.01, "baseline.cpuSeconds")]
    [InlineData(0, 0.01, "baseline.cpuSeconds")]
    [InlineData(double.NaN, 0.01, "baseline.cpuSeconds")]
    [InlineData(1, 1e-308, "baseline.loopSeconds")]
    [InlineData(1, double.PositiveInfinity, "baseline.loopSeconds")]
    public void A_baseline_of_no_machine_is_the_tasks_fault(double cpuSeconds, double loopSeconds, string member)
    {
        var task = new CodeTask("python", [new StdioTest("", "")]) { Baseline = new(cpuSeconds, loopSeconds) };
        Assert.Equal($"task.{member}", Assert.Single((Items.Code("") with { Task = task }).Errors()).Member);
    }

    private sealed record Times(double[] Program, double[] Reference)
    {
        public Measurement Measurement => Measurement.Of(Program, Reference);

        public Times Slower(double factor) => this with { Program = [.. Program.Select(seconds => seconds * factor)] };

        public override string ToString() => $"{string.Join(' ', Program)} beside {string.Join(' ', Reference)}";
    }
}
