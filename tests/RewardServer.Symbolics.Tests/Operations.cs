using RewardServer.Symbolics.Equivalence;

namespace RewardServer.Symbolics.Tests;

public sealed class Operations
{
    private static readonly MathOptions Final = new() { FinalValue = true };

    [Fact]
    public void The_constant_of_an_antiderivative_has_any_name()
    {
        Verdicts.AllEqual(("x^2/2+C", "\\frac{x^2}{2}+c"), ("\\sin x + C", "K + \\sin x"), ("\\ln x + C", "\\ln x + C"));
        Verdicts.NoneEqual(("x^2/2+C", "\\frac{x^2}{2}+x"), ("x^2/2+C", "\\frac{x^2}{2}"), ("x^2/2+C", "\\frac{x^2}{2}+2c"), ("cx+C", "cx+c"), ("x^2+c", "x^2+C"), ("x+C", "cx+c"));
    }

    [Fact]
    public void Geometric_series_have_a_sum()
    {
        Verdicts.AllEqual(("2", "\\sum_{n=0}^\\infty 1/2^n"), ("1", "\\sum_{n=1}^\\infty \\frac{1}{2^n}"), ("\\frac{3}{4}", "\\sum_{k=0}^{\\infty} \\left(-\\frac13\\right)^k"));
        Verdicts.NoneEqual(("3", "\\sum_{n=0}^\\infty 1/2^n"), ("-1", "\\sum_{n=0}^\\infty 2^n"), ("2", "\\sum_{n=1}^\\infty \\frac1n"), ("0", "\\sum_{n=0}^\\infty n"));
    }

    [Fact]
    public void A_final_value_leaves_no_arithmetic_to_do() => Assert.All(
        [("391", "17*23"), ("391", "17 \\cdot 23"), ("1023", "2^{10}-1"), ("120", "\\binom{10}{3}"), ("120", "5!"), ("391", "x = 17*23"), ("6", "\\frac{12}{2}"), ("\\frac12", "\\frac24"),
            ("3", "\\sqrt9"), ("(1,5)", "(1,2+3)"), ("8", "2^3"), ("-5", "-(2+3)"), ("B", "(B) 2+3")],
        p =>
        {
            Assert.True(MathVerifier.Verify(p.Item1, p.Item2).Equal);
            Assert.False(MathVerifier.Verify(p.Item1, p.Item2, Final).Equal);
        });

    [Fact]
    public void Final_values_have_many_forms() => Assert.All(
        [("1/2", "\\frac12"), ("2", "2.0"), ("\\sqrt8", "2\\sqrt2"), ("\\frac73", "2\\frac13"), ("3000", "3\\times 10^{3}"), ("1000000", "10^6"), ("-5", "-5"), ("-\\frac12", "\\frac{-1}{2}"),
            ("25", "25\\%"), ("2\\pi", "2\\pi"), ("1+\\sqrt3", "\\sqrt3+1"), ("\\frac{1+\\sqrt5}{2}", "\\frac12+\\frac{\\sqrt5}{2}"), ("391", "17*23=391"), ("2+3i", "2+3i"), ("2^{10}", "2^{10}"),
            ("x^2+1", "1+x^2"), ("5", "5\\text{ cm}"), ("e^2", "e^2")],
        p => Assert.True(MathVerifier.Verify(p.Item1, p.Item2, Final).Equal));

    [Fact]
    public void Sums_and_products_are_carried_out() => Verdicts.AllEqual(
        ("55", "\\sum_{k=1}^{10} k"), ("385", "\\sum\\limits_{i=1}^{10} i^2"), ("120", "\\prod_{k=1}^{5} k"), ("56", "\\sum_{k=1}^{10} k + 1"), ("0", "\\sum_{k=2}^{1} k"),
        ("10", "\\sum_{n=0}^{2} \\binom{3}{n} + 3"), ("6x", "\\sum_{k=1}^{3} kx"), ("9", "\\sum_{a=1}^{2}\\sum_{b=1}^{2} ab"));

    [Fact]
    public void Derivatives_are_carried_out() => Verdicts.AllEqual(
        ("2x", "\\frac{d}{dx} x^2"), ("2\\cos 2x", "\\frac{d}{dx}\\sin(2x)"), ("6x", "\\frac{d^2}{dx^2} x^3"), ("e^x(\\sin x+\\cos x)", "\\frac{d}{dx}(e^x\\sin x)"),
        ("\\frac{1}{1+x^2}", "\\frac{d}{dx}\\arctan x"), ("2^x\\ln 2", "\\frac{d}{dx} 2^x"), ("x^x(1+\\ln x)", "\\frac{d}{dx} x^x"));

    [Fact]
    public void A_primed_name_is_another_name()
    {
        Verdicts.AllEqual(("f'(x)=2x", "2x"), ("y'=2x", "y' = x+x"), ("2x", "f'(x) = 2x"), ("\\frac{dy}{dx} = 2x", "2x"), ("2x", "\\frac{dy}{dx} = x + x"));
        Verdicts.NoneEqual(("f'(x)=2x", "f(x)=2x"), ("y'=2x", "y=2x"), ("\\frac{dy}{dx} = 2x", "\\frac{dx}{dy} = 2x"), ("\\frac{dy}{dx} = 2x", "y = 2x"));
    }

    [Fact]
    public void Simple_integrals_are_carried_out() => Verdicts.AllEqual(
        ("\\frac12", "\\int_0^1 x\\,dx"), ("2", "\\int_0^\\pi \\sin x\\,dx"), ("e-1", "\\int_{0}^{1} e^x dx"), ("\\frac{x^3}{3}+C", "\\int x^2 dx"), ("\\ln 2", "\\int_1^2\\frac{dx}{x}"),
        ("\\frac{\\pi}{4}", "\\int_0^1\\frac{1}{1+x^2}dx"), ("\\frac73", "\\int_0^1 (x+1)^2 dx"), ("\\frac43", "\\int_0^1 x^2 dx + 1"), ("-\\cos\\theta+C", "\\int\\sin\\theta\\,d\\theta"),
        ("\\frac{\\pi}{2}", "\\int_0^{\\pi/2} 1\\,dt"));

    [Fact]
    public void No_integral_goes_through_a_pole() => Verdicts.NoneEqual(("0", "\\int_{-1}^1 \\frac1x dx"), ("-2", "\\int_{-1}^1 x^{-2} dx"), ("0", "\\int_0^\\pi \\sec^2 x\\,dx"));

    [Fact]
    public void Limits_are_found_by_inserting_and_by_derivatives() => Verdicts.AllEqual(
        ("1", "\\lim_{x \\to 0} \\frac{\\sin x}{x}"), ("2", "\\lim_{x \\to 1} \\frac{x^2-1}{x-1}"), ("\\frac12", "\\lim_{x\\to\\infty} \\frac{x^2+1}{2x^2-x}"), ("4", "\\lim_{x\\to 2} x^2"),
        ("\\frac12", "\\lim_{x \\to 0} \\frac{1-\\cos x}{x^2}"), ("0", "\\lim_{n \\to \\infty} \\frac{1}{n}"));

    [Fact]
    public void No_limit_is_made_up() => Verdicts.NoneEqual(
        ("0", "\\lim_{x\\to 0}\\frac1x"), ("1", "\\lim_{x\\to\\infty} x"), ("0", "\\lim_{x\\to 0^-}\\lfloor x\\rfloor"));

    [Fact]
    public void A_restated_problem_is_no_final_value() => Assert.All(
        [("\\frac12", "\\int_0^1 x\\,dx"), ("55", "\\sum_{k=1}^{10} k"), ("(2, 1)", "(\\frac{d}{dx} 2x, 1)"), ("x=1", "x=\\lim_{t\\to 1} t")],
        pair =>
        {
            Assert.True(MathVerifier.Verify(pair.Item1, pair.Item2).Equal);
            var verdict = MathVerifier.Verify(pair.Item1, pair.Item2, Final);
            Assert.Equal((false, "the prediction holds an operation that is still to be carried out"), (verdict.Equal, verdict.Reason));
        });

    [Fact]
    public void A_gold_that_holds_an_operation_asks_for_no_final_value() =>
        Assert.True(MathVerifier.Verify("\\sum_{k=1}^{10} k", "\\sum_{j=1}^{10} j", Final).Equal);
}
