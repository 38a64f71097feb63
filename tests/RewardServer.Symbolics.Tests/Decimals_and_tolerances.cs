using RewardServer.Symbolics.Equivalence;

namespace RewardServer.Symbolics.Tests;

public sealed class Decimals_and_tolerances
{
    [Fact]
    public void A_decimal_gold_stands_for_what_rounds_to_it() => Verdicts.AllEqual(
        ("0.333", "1/3"), ("0.67", "\\frac23"), ("3.14", "\\pi"), ("3.14", "3.14159"), ("1.41", "\\sqrt2"), ("-0.333", "-\\frac13"), ("33.33\\%", "\\frac13"),
        ("3.14\\times 10^{2}", "100\\pi"), ("36.87^\\circ", "36.8699^\\circ"), ("(0.333, 1)", "(1/3, 1)"), ("2.68", "2.675"));

    [Fact]
    public void An_exact_gold_is_not_met_by_a_decimal() => Verdicts.NoneEqual(
        ("1/3", "0.333"), ("\\pi", "3.14"), ("\\sqrt2", "1.41421356237"), ("100", "99.99"), ("\\frac12", "0.501"));

    [Fact]
    public void A_short_decimal_stands_for_itself() => Verdicts.NoneEqual(
        ("0.5", "0.52"), ("0.3", "1/3"), ("12.5", "12.54"), ("0.25", "0.254"), ("3.1", "\\pi"), ("0.05", "\\frac{1}{19}"), ("2.5\\pi", "7.85"));

    [Fact]
    public void What_rounds_to_another_decimal_differs() => Verdicts.NoneEqual(
        ("0.333", "0.33"), ("0.333", "0.3336"), ("3.15", "\\pi"), ("0.66", "\\frac23"), ("3.14", "3.1"), ("3.14", "x"));

    [Theory]
    [InlineData("100", "101", 0.01, 0, true)]
    [InlineData("100", "101.1", 0.01, 0, false)]
    [InlineData("-100", "-99", 0.01, 0, true)]
    [InlineData("\\pi", "3.14", 0.001, 0, true)]
    [InlineData("\\pi", "3.14", 0.0001, 0, false)]
    [InlineData("1", "1.3", 0, 0.3, true)]
    [InlineData("1", "1.30001", 0, 0.3, false)]
    [InlineData("0", "0.0001", 0.5, 0, false)]
    [InlineData("(1, 2)", "(1.05, 1.95)", 0, 0.1, true)]
    [InlineData("x", "y", 0.5, 100, false)]
    [InlineData("5", "i", 0.5, 100, false)]
    [InlineData("1", "3", 9, 0, false)]
    [InlineData("1", "3", double.NaN, double.PositiveInfinity, false)]
    public void A_tolerance_is_kept(string gold, string prediction, double relative, double absolute, bool expected)
    {
        var options = new MathOptions { RelativeTolerance = relative, AbsoluteTolerance = absolute };
        var verdict = MathVerifier.Verify(gold, prediction, options);
        Assert.Equal((expected, expected ? Stage.Numeric : verdict.Stage), (verdict.Equal, verdict.Stage));
    }
}
