namespace RewardServer.Symbolics.Tests;

public sealed class Formulas
{
    [Fact]
    public void Radicals_have_one_form() => Verdicts.AllEqual(
        ("2\\sqrt2", "\\sqrt8"), ("\\frac{\\sqrt2}{2}", "1/\\sqrt{2}"), ("\\frac{\\sqrt{50}}{5}", "\\sqrt2"), ("\\sqrt[3]{54}", "3\\sqrt[3]{2}"),
        ("\\sqrt6", "\\sqrt2\\sqrt3"), ("-2", "\\sqrt[3]{-8}"), ("2i", "\\sqrt{-4}"), ("\\sqrt2-1", "\\frac{1}{1+\\sqrt2}"),
        ("1+\\sqrt2", "\\sqrt{3+2\\sqrt2}"), ("\\sqrt3-1", "\\sqrt{4-2\\sqrt3}"), ("2^{5/6}", "\\sqrt2 \\cdot \\sqrt[3]2"));

    [Fact]
    public void Roots_of_squares_are_absolute_values()
    {
        Verdicts.AllEqual(("|x|", "\\sqrt{x^2}"), ("x^2", "\\sqrt{x^4}"), ("36x\\sqrt{35x}", "36\\sqrt{35}x^{3/2}"));
        Verdicts.NoneEqual(("x", "\\sqrt{x^2}"));
    }

    [Fact]
    public void Polynomials_are_expanded() => Verdicts.AllEqual(
        ("x^2+2x+1", "(x+1)^2"), ("(x-1)(x+1)", "x^2-1"), ("a^3+3a^2b+3ab^2+b^3", "(a+b)^3"), ("3xy", "y\\cdot 3x"), ("-(x-2)", "2-x"));

    [Fact]
    public void Rational_functions_are_cross_multiplied() => Verdicts.AllEqual(
        ("\\frac{1}{x-1}", "\\frac{x+1}{x^2-1}"), ("\\frac1x+\\frac1y", "\\frac{x+y}{xy}"), ("\\frac{1}{1+\\frac1x}", "\\frac{x}{x+1}"));

    [Fact]
    public void Powers_with_symbols_follow_their_laws() => Verdicts.AllEqual(
        ("4^x", "2^{2x}"), ("e^{x+1}", "e\\cdot e^x"), ("2^{2005}", "2\\cdot 2^{2004}"), ("6^n", "2^n \\cdot 3^n"), ("x^{10000}", "(x^{100})^{100}"),
        ("(-2)^n", "(-1)^n 2^n"), ("6^n", "2^n 3^n"), ("225", "3^2 5^2"));

    [Fact]
    public void Functions_are_evaluated_where_they_are_exact() => Verdicts.AllEqual(
        ("120", "5!"), ("10", "\\binom52"), ("3", "\\log_2 8"), ("2", "\\ln e^2"), ("1/2", "\\sin 30^\\circ"), ("\\frac{\\sqrt6+\\sqrt2}{4}", "\\cos 15^\\circ"),
        ("1", "\\sin^2 x+\\cos^2 x"), ("\\cos 58^\\circ", "\\sin 32^\\circ"), ("\\tan x", "\\frac{\\sin x}{\\cos x}"), ("3", "\\lfloor \\pi \\rfloor"),
        ("2-\\sqrt2", "|\\sqrt2-2|"), ("\\ln 6", "\\ln 2 + \\ln 3"));

    [Fact]
    public void Complex_numbers_multiply_out() => Verdicts.AllEqual(("-1", "i^2"), ("3+4i", "(2+i)^2"), ("\\frac{1-i}{2}", "\\frac{1}{1+i}"));

    [Fact]
    public void Different_formulas_differ() => Verdicts.NoneEqual(
        ("x^2+1", "x^2-1"), ("2\\sqrt2", "\\sqrt2"), ("3\\pi", "\\pi"), ("x+y", "x-y"), ("\\sin x", "\\cos x"), ("5", "x"), ("x", "5"), ("e^x", "e^{-x}"));
}
