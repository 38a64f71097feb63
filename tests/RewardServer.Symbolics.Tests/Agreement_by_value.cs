using RewardServer.Symbolics.Equivalence;

namespace RewardServer.Symbolics.Tests;

public sealed class Agreement_by_value
{
    [Fact]
    public void Algebraic_numbers_are_proved_equal() => Assert.All(
        [("\\frac{1+\\sqrt5}{2}", "\\sqrt[3]{2+\\sqrt5}"), ("\\cos 36^\\circ", "\\frac{1+\\sqrt5}{4}"), ("\\sin 18^\\circ", "\\frac{\\sqrt5-1}{4}"),
            ("\\frac{\\sqrt{2-\\sqrt2}}{2}", "\\sin 22.5^\\circ"), ("2+i", "\\sqrt{3+4i}"), ("7", "\\tan^2\\frac\\pi7\\tan^2\\frac{2\\pi}7\\tan^2\\frac{3\\pi}7"),
            ("\\sqrt2+\\sqrt3+\\sqrt5", "\\sqrt{10+2\\sqrt6+2\\sqrt{10}+2\\sqrt{15}}"), ("\\frac13(\\sqrt[3]2+\\sqrt[3]{20}-\\sqrt[3]{25})", "\\sqrt{\\sqrt[3]5-\\sqrt[3]4}")],
        pair =>
        {
            var verdict = MathVerifier.Verify(pair.Item1, pair.Item2);
            Assert.Equal((true, Stage.Exact, "both are the same algebraic number"), (verdict.Equal, verdict.Stage, verdict.Reason));
        });

    [Fact]
    public void Algebraic_numbers_that_are_zero_or_integers_are_known_to_be() => Verdicts.AllEqual(
        ("0", "|2\\sqrt[3]{2+\\sqrt5}-1-\\sqrt5|"), ("3", "\\lfloor 8\\cos\\frac\\pi7\\cos\\frac{2\\pi}7\\cos\\frac{3\\pi}7+2\\rfloor"), ("4", "\\lceil\\sqrt[3]{20+14\\sqrt2}+\\sqrt[3]{20-14\\sqrt2}\\rceil"));

    [Fact]
    public void Constants_agree_to_fifty_digits() => Assert.All(
        [("\\frac{3\\pi}{4}", "\\arctan 2+\\arctan 3"), ("\\arctan\\frac43", "\\arccos\\frac35"), ("e^{-\\pi/2}", "i^i")],
        pair =>
        {
            var verdict = MathVerifier.Verify(pair.Item1, pair.Item2);
            Assert.Equal((true, Stage.Numeric, "the values agree to 50 digits"), (verdict.Equal, verdict.Stage, verdict.Reason));
        });

    [Fact]
    public void Signs_and_floors_are_those_of_the_value_and_not_of_its_rounding()
    {
        const string Near = "141421356237309510";
        Verdicts.AllEqual(
            ($"|10^{{17}}\\sqrt2-{Near}|", $"{Near}-10^{{17}}\\sqrt2"), ($"{Near}-10^{{17}}\\sqrt2", $"|10^{{17}}\\sqrt2-{Near}|"), ("141421356237309504", "\\lfloor 10^{17}\\sqrt2 \\rfloor"),
            ("\\lceil 10^{30}\\pi \\rceil", "3141592653589793238462643383280"), ($"(-\\infty, 10^{{17}}\\sqrt2)", $"x < 10^{{17}}\\sqrt2"));
        Verdicts.NoneEqual(
            ($"|10^{{17}}\\sqrt2-{Near}|", $"10^{{17}}\\sqrt2-{Near}"), ($"10^{{17}}\\sqrt2-{Near}", $"|10^{{17}}\\sqrt2-{Near}|"), ("141421356237309505", "\\lfloor 10^{17}\\sqrt2 \\rfloor"),
            ($"[10^{{17}}\\sqrt2, {Near}]", "\\emptyset"));
    }

    [Fact]
    public void A_division_by_zero_is_told_from_one_that_may_be()
    {
        Assert.EndsWith("it divides by zero", MathVerifier.Verify("5", "\\frac{5}{\\sqrt8-2\\sqrt2}").Reason, StringComparison.Ordinal);
        Assert.EndsWith("it divides by zero", MathVerifier.Verify("5", "\\frac{5}{2\\sqrt[3]{2+\\sqrt5}-1-\\sqrt5}").Reason, StringComparison.Ordinal);
        Assert.EndsWith("it cannot be told whether it divides by zero", MathVerifier.Verify("5", "\\frac{5}{\\arctan 2+\\arctan 3-\\frac{3\\pi}{4}}").Reason, StringComparison.Ordinal);
        Verdicts.AllEqual(("\\frac{1}{10^{17}\\sqrt2-141421356237309504}", "\\left(10^{17}\\sqrt2-141421356237309504\\right)^{-1}"), ("\\frac{1}{\\sin 1 + \\sqrt2}", "1/(\\sqrt2+\\sin 1)"));
    }

    [Fact]
    public void Formulas_agree_at_sample_points() => Assert.All(
        [("\\sin 2x", "2\\sin x\\cos x"), ("\\sin(x+y)", "\\sin x\\cos y+\\cos x\\sin y"), ("1-2\\sin^2 x", "\\cos 2x"), ("|x+1|", "\\sqrt{x^2+2x+1}"),
            ("\\tan(x+y)", "\\frac{\\tan x+\\tan y}{1-\\tan x\\tan y}"), ("2\\ln(x+1)", "\\ln(x^2+2x+1)"), ("\\ln x+\\ln(y+1)", "\\ln(xy+x)"),
            ("(-1)^n", "\\cos(n\\pi)"), ("\\sqrt{9-x^2}", "\\sqrt{3-x}\\sqrt{3+x}"), ("\\sin^4 x", "\\frac{3-4\\cos 2x+\\cos 4x}{8}")],
        pair =>
        {
            var verdict = MathVerifier.Verify(pair.Item1, pair.Item2);
            Assert.Equal((true, Stage.Numeric), (verdict.Equal, verdict.Stage));
            Assert.Contains("points", verdict.Reason, StringComparison.Ordinal);
        });

    [Fact]
    public void What_differs_by_little_differs() => Verdicts.NoneEqual(
        ("262537412640768744", "e^{\\pi\\sqrt{163}}"), ("1", "\\sqrt{1+10^{-60}}"), ("10^{100}", "\\sqrt{10^{200}+1}"), ("1", "\\sqrt{1+10^{-100}}"),
        ("e^{-1000}", "e^{-1001}"), ("0", "e^{-100}"), ("1", "\\sqrt{1+e^{-1000}}"), ("0", "\\sin(10^{-80})"), ("\\sqrt2", "\\sin(10^{-80})+\\sqrt2"));

    [Fact]
    public void What_differs_only_for_some_numbers_differs() => Verdicts.NoneEqual(
        ("x", "|x|"), ("x", "\\sqrt{x^2}"), ("x+1", "\\sqrt{x^2+2x+1}"), ("x", "\\lfloor x\\rfloor"), ("x", "\\arcsin(\\sin x)"), ("z", "\\overline{z}"),
        ("0", "\\sin(n\\pi)"), ("0", "\\sin(1009\\pi x)"), ("x^n", "(x^2)^{n/2}"), ("x^n", "\\sqrt{x^{2n}}"), ("\\max(x, 0)", "\\max(x, 0, y-500)"), ("\\lfloor x+\\frac12\\rfloor", "\\lceil x-\\frac12\\rceil"));

    [Fact]
    public void What_differs_beyond_a_distant_kink_differs() => Verdicts.NoneEqual(
        ("x+200", "|x+200|"), ("200-x", "\\sqrt{(x-200)^2}"), ("200-x", "\\sqrt{x^2-400x+40000}"), ("x", "\\max(x, -5000)"), ("|2x-50|", "|x-20|+|x-30|"), ("|2x-40.5|", "|x-20|+|x-20.5|"), ("|2x-2475|", "|x-1237|+|x-1238|"),
        ("x^2-100x+2499", "|x^2-100x+2499|"), ("x^2-100x+2499", "\\sqrt{(x^2-100x+2499)^2}"), ("e^x(x+200)", "e^x|x+200|"), ("x+y+1000", "|x+y+1000|"), ("1", "\\frac{|x+300|}{x+300}"),
        ("\\frac{x}{100}", "\\arcsin(\\sin\\frac{x}{100})"), ("|2x-2y-101|", "|x-y-50|+|x-y-51|"), ("\\max(x, y)", "\\max(x, y, z-300)"));

    [Fact]
    public void What_agrees_beyond_a_distant_kink_agrees() => Verdicts.AllEqual(
        ("|x-200|", "\\sqrt{x^2-400x+40000}"), ("\\max(x, 500)", "\\frac{x+500+|x-500|}{2}"), ("|x^2-40000|", "|x+200||x-200|"), ("|x+1|+|y|", "\\sqrt{x^2+2x+1}+\\sqrt{y^2}"),
        ("\\sqrt{(x+500)(x+400)}", "\\sqrt{x+500}\\sqrt{x+400}"), ("|\\sin x|", "\\sqrt{1-\\cos^2 x}"));

    [Fact]
    public void Sets_are_compared_by_value_too() => Verdicts.AllEqual(
        ("\\{\\cos 36^\\circ, \\sin 18^\\circ\\}", "\\{\\frac{\\sqrt5-1}{4}, \\frac{1+\\sqrt5}{4}\\}"), ("[0, \\arccos\\frac35]", "[0, \\arctan\\frac43]"));

    [Fact]
    public void Values_that_differ_refute()
    {
        var verdict = MathVerifier.Verify("x+1", "\\sqrt{x^2+2x+1}");
        Assert.Equal((false, Stage.Numeric, "the values differ"), (verdict.Equal, verdict.Stage, verdict.Reason));
    }
}
