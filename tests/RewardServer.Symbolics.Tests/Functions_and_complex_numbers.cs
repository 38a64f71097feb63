namespace RewardServer.Symbolics.Tests;

public sealed class Functions_and_complex_numbers
{
    [Fact]
    public void Inverse_functions_are_exact_where_they_can_be() => Verdicts.AllEqual(
        ("\\frac{\\pi}{6}", "\\arcsin\\frac12"), ("\\frac\\pi4", "\\arctan 1"), ("\\frac{5\\pi}{12}", "\\arctan(2+\\sqrt3)"), ("\\frac{2\\pi}{3}", "\\arccos(-\\frac12)"),
        ("\\arctan x", "\\tan^{-1} x"), ("45^\\circ", "45^\\circ"), ("-\\frac{\\pi}{2}", "\\arcsin(-1)"), ("\\frac{\\pi}{3}", "\\operatorname{arcsec} 2"));

    [Fact]
    public void Hyperbolic_functions_are_exponentials() => Verdicts.AllEqual(
        ("1", "\\cosh 0"), ("1", "\\cosh^2 x-\\sinh^2 x"), ("\\frac34", "\\sinh(\\ln 2)"), ("\\frac{e^x-e^{-x}}{2}", "\\sinh x"), ("\\tanh x", "\\frac{\\sinh x}{\\cosh x}"),
        ("\\ln(1+\\sqrt2)", "\\operatorname{arcsinh} 1"), ("\\frac{\\ln 3}{2}", "\\operatorname{artanh}\\frac12"), ("\\cosh 2x", "2\\cosh^2 x-1"));

    [Fact]
    public void Logarithms_change_their_base() => Verdicts.AllEqual(
        ("\\log_3 2", "\\frac{1}{\\log_2 3}"), ("x", "e^{\\ln x}"), ("8", "e^{3\\ln 2}"), ("\\frac32", "\\log_4 8"), ("\\log_2 3", "\\frac{\\ln 3}{\\ln 2}"), ("x^2", "2^{2\\log_2 x}"));

    [Fact]
    public void Functions_of_several_integers_are_worked_out() => Verdicts.AllEqual(
        ("6", "\\gcd(12, 18)"), ("12", "\\max(0.001,12)"), ("\\sqrt{300!}", "\\sqrt{300\\cdot 299!}"), ("36", "\\operatorname{lcm}(12, 18)"), ("5", "\\max(3, 5)"), ("3", "\\min\\{3, 5\\}"), ("2", "17 \\bmod 5"));

    [Fact]
    public void Complex_numbers_have_parts() => Verdicts.AllEqual(
        ("-1", "e^{i\\pi}"), ("\\frac{1+i\\sqrt3}{2}", "e^{i\\pi/3}"), ("5", "|3+4i|"), ("\\sqrt2", "|1-i|"), ("2-i", "\\overline{2+i}"), ("3", "\\operatorname{Im}(2+3i)"),
        ("2+2i", "2\\sqrt2\\operatorname{cis} 45^\\circ"), ("-8", "(1+i\\sqrt3)^3"), ("i", "\\sqrt{-1}"), ("\\frac{\\sqrt3+i}{2}", "\\cos 30^\\circ+i\\sin 30^\\circ"));

    [Fact]
    public void Roots_and_logarithms_of_what_is_not_positive_take_the_principal_value() => Verdicts.AllEqual(
        ("\\frac{1+i}{\\sqrt2}", "\\sqrt i"), ("\\frac{1-i}{\\sqrt2}", "\\sqrt{-i}"), ("1+i", "\\sqrt{2i}"), ("\\sqrt3+i", "(8i)^{1/3}"), ("\\ln 5+i\\pi", "\\ln(-5)"), ("\\frac{i\\pi}{2}", "\\ln i"),
        ("-\\cos 3", "\\sqrt{\\cos^2 3}"), ("2\\ln(-\\cos 3)", "\\ln(\\cos^2(3))"), ("\\sqrt{\\cos 3\\cos 2.5}", "\\sqrt{-\\cos 3}\\sqrt{-\\cos 2.5}"));

    [Fact]
    public void Laws_of_positive_numbers_are_not_used_for_negative_ones() => Verdicts.NoneEqual(
        ("2\\ln(\\cos 3)", "\\ln(\\cos^2(3))"), ("\\sqrt{\\cos 3\\cos 2.5}", "\\sqrt{\\cos 3}\\sqrt{\\cos 2.5}"), ("\\ln\\cos 3+\\ln\\cos 2.5", "\\ln(\\cos 3\\cos 2.5)"),
        ("-2", "e^{\\frac13\\ln(-8)}"), ("\\cos 3", "e^{\\frac12\\ln(\\cos^2(3))}"), ("(\\cos 3)^x", "(\\cos^2(3))^{x/2}"), ("(\\cos 3)^{2\\sqrt2}", "(\\cos^2(3))^{\\sqrt2}"), ("\\frac{i-1}{\\sqrt2}", "\\sqrt{-i}"));

    [Fact]
    public void Factorials_of_formulas_are_brought_to_one() => Verdicts.AllEqual(
        ("n", "\\frac{n!}{(n-1)!}"), ("(n+2)!", "(n+2)(n+1)n!"), ("\\binom{n}{k}", "\\frac{n!}{k!(n-k)!}"), ("\\binom{n+1}{k}", "\\binom{n}{k}+\\binom{n}{k-1}"), ("\\binom{n}{k}", "\\binom{n}{n-k}"),
        ("n\\binom{n-1}{k-1}", "k\\binom{n}{k}"), ("\\frac{n(n-1)}{2}", "\\binom{n}{n-2}"), ("\\frac{(2n)!}{n!^2}", "\\binom{2n}{n}"), ("\\frac38", "\\binom{-1/2}{2}"),
        ("n!", "\\Gamma(n+1)"), ("24", "\\Gamma(5)"), ("\\sqrt\\pi", "\\Gamma(\\frac12)"), ("-2\\sqrt\\pi", "\\Gamma(-\\frac12)"));

    [Fact]
    public void Other_factorials_differ() => Verdicts.NoneEqual(
        ("n!", "(n-1)!"), ("n!", "\\Gamma(n)"), ("\\binom{n}{k}", "\\binom{n}{k+1}"), ("\\binom{2n}{n}", "\\frac{(2n)!}{n!}"), ("(n+1)!", "n!+1"), ("(2n)!", "2n!"), ("\\sqrt\\pi", "\\Gamma(\\frac32)"));

    [Fact]
    public void Other_values_differ() => Verdicts.NoneEqual(
        ("\\frac\\pi3", "\\arcsin\\frac12"), ("1", "e^{i\\pi}"), ("5", "|3-5i|"), ("2+i", "\\overline{2+i}"), ("12", "\\gcd(12, 18)"), ("\\sinh x", "\\cosh x"),
        ("\\arcsin 2", "1"), ("1", "x^0+1"));

    [Fact]
    public void The_power_of_zero_is_one() => Verdicts.AllEqual(("1", "x^0"), ("1", "e^0"), ("2", "\\pi^0+1"));
}
