namespace RewardServer.Symbolics.Tests;

public sealed class Writings_of_models
{
    [Fact]
    public void Quantities_of_siunitx_are_read()
    {
        Verdicts.AllEqual(
            ("5", "\\SI{5}{m}"), ("5\\text{ m}", "\\qty{5}{\\meter}"), ("9.8 m/s^2", "\\SI{9.8}{\\meter\\per\\second\\squared}"), ("1200", "\\num{1.2e3}"), ("5 km", "5\\,\\si{\\kilo\\meter}"),
            ("5 km", "\\SI{5000}{\\meter}"), ("30^\\circ", "\\ang{30}"));
        Verdicts.NoneEqual(("5\\text{ m}", "\\qty{5}{\\second}"), ("5 km", "\\SI{5}{\\meter}"), ("30^\\circ", "\\ang{31}"), ("1.2", "\\num{1.2e3}"));
    }

    [Fact]
    public void Fractions_and_roots_have_rarer_writings()
    {
        Verdicts.AllEqual(
            ("3/4", "^3/_4"), ("3/4", "^{3}/_{4}"), ("15/4", "3^{3}/_{4}"), ("3/4", "³⁄₄"), ("\\frac{x+1}{2}", "{x+1 \\over 2}"), ("10", "{5 \\choose 2}"), ("2", "\\cbrt{8}"), ("\\sqrt[3]{4}", "\\root 3 \\of 4"),
            ("\\frac{13}{20}", "\\frac{13}{20}}"), ("5", "\\underline{\\textbf{5}}"), ("5", "\\mathbf 5"), ("0.000012", "1.2 × 10⁻⁵"));
        Verdicts.NoneEqual(("\\frac{x+1}{2}", "x+\\frac12"), ("1/12", "\\frac112"), ("0.000012", "1.2 × 10⁵"), ("5", "m5"), ("5m", "m5"));
    }

    [Fact]
    public void Periods_may_have_lines_dots_or_parentheses()
    {
        Verdicts.AllEqual(("1/3", "0.\\bar3"), ("1/3", "0.\\dot3"), ("1/3", ".\\overline{3}"), ("1/3", "0.3\u0305"), ("1/6", "0.1(6)"), ("4/33", "0.\\dot{1}\\dot{2}"), ("41/333", "0.\\dot{1}2\\dot{3}"));
        Verdicts.NoneEqual(("1/6", "0.\\overline{16}"), ("1/3", "0.3333333"), ("0.6", "0.1(6)"));
    }

    [Fact]
    public void Factorials_and_choices_are_worked_out()
    {
        Verdicts.AllEqual(("15", "5!!"), ("48", "6!!"), ("720", "(3!)!"), ("10", "{}^5C_2"), ("10", "_5C_2"), ("20", "{}^5P_2"));
        Verdicts.NoneEqual(("120", "5!!"), ("720", "3!!"), ("20", "{}^5C_2"), ("10", "{}^5P_2"));
    }

    [Fact]
    public void Ratios_may_be_in_words()
    {
        Verdicts.AllEqual(("3:4", "3 to 4"), ("3 \\text{ to } 4", "3:4"), ("3/4", "3 to 4"));
        Verdicts.NoneEqual(("3 to 4", "4 to 3"), ("5", "5 to 6"), ("5", "4 to 5"));
    }

    [Fact]
    public void Words_may_say_what_a_symbol_does()
    {
        Verdicts.AllEqual(
            ("\\text{no solutions}", "none"), ("\\emptyset", "There is no solution"), ("\\text{DNE}", "The limit does not exist"), ("\\text{infinitely many}", "There are infinitely many solutions"),
            ("\\mathbb{R}\\setminus\\{2\\}", "all real numbers except 2"), ("x \\ne 2", "all real numbers except x=2"), ("\\mathbb{R}\\setminus\\{1,-1\\}", "\\mathbb{R} except \\pm 1"), ("\\mathbb{Z}", "all integers"), ("\\infty", "\\text{infinity}"));
        Verdicts.NoneEqual(
            ("\\text{no solution}", "one solution"), ("\\emptyset", "not none"), ("0", "none"), ("\\text{infinitely many}", "finitely many"), ("\\mathbb{R}", "all real numbers except 2"), ("2", "all real numbers except 2"),
            ("\\mathbb{R}\\setminus\\{2\\}", "all integers except 2"), ("\\mathbb{R}", "not all real numbers"), ("\\text{does not exist}", "0"));
    }

    [Fact]
    public void A_number_may_be_said_twice()
    {
        Verdicts.AllEqual(("1/2", "1/2 (0.5)"), ("1/2 (0.5)", "1/2"), ("2/3", "2/3 (0.667)"), ("1/4", "1/4 (25\\%)"), ("\\sqrt2", "\\sqrt{2} (≈1.414)"), ("6", "2 (3)"));
        Verdicts.NoneEqual(("1/2", "1/2 (0.6)"), ("2/3", "\\frac{2}{3} (0.68)"), ("2", "2 (3)"));
    }

    [Fact]
    public void What_is_asked_for_may_name_its_value()
    {
        Verdicts.AllEqual(("113", "m+n=113"), ("3", "AB=CD=3"), ("AB = 3", "3"), ("3", "f(2) = 3"), ("1/6", "P(A) = \\frac16"), ("3/5", "\\cos\\theta = 0.6"), ("12", "[ABC] = 12"), ("25", "x^2+y^2=25"));
        Verdicts.NoneEqual(
            ("3", "2x = 3"), ("3", "x^2+1 = 3"), ("3", "|x| = 3"), ("3", "2^x = 3"), ("x+y=1", "1"), ("x+y=1", "a+b=1"), ("AB = 3", "BC = 3"), ("113", "m + n = 100 + 12 = 113"), ("3", "AB = 3 or 4"), ("3", "x+y=3+z"));
    }

    [Fact]
    public void Classes_of_remainders_are_no_numbers()
    {
        Verdicts.AllEqual(("2 \\pmod 5", "7 (mod 5)"), ("x \\equiv 2 \\pmod 5", "x ≡ 2 (mod 5)"));
        Verdicts.NoneEqual(("2", "2 \\pmod 5"), ("2", "x \\equiv 2 \\pmod 5"), ("x \\equiv 2 \\pmod 5", "x \\equiv 2 \\pmod 7"), ("2 \\pmod 5", "(2, 5)"));
    }

    [Fact]
    public void Words_of_quantity_multiply_and_signs_may_be_words()
    {
        Verdicts.AllEqual(("10", "5 pairs"), ("100", "5 score"), ("-5", "negative five"), ("-1/2", "negative one half"), ("2.5", "2 dollars and 50 cents"), ("150\\text{ min}", "2 hours and 30 minutes"));
        Verdicts.NoneEqual(
            ("5", "5 pairs"), ("5", "5 gross"), ("5", "5 lakh"), ("5", "5\\text{ M}"), ("5 m", "5\\text{ M}"), ("5 mg", "5\\text{ Mg}"), ("5", "negative five"), ("-5", "non-negative 5"), ("5", "10 minus 5"), ("2", "2 hours and 30 minutes"),
            ("2", "2 (approx)"), ("5", "5 cats and 6 dogs"), ("5", "She has 5 apples more than Bob"));
    }

    [Fact]
    public void Choices_are_capitals_and_names_keep_their_order()
    {
        Verdicts.AllEqual(("B, C", "BC"), ("ABD", "A, B, D"), ("B", "b"), ("A", "A)21"), ("1,2", "x=1,y=2"), ("2,1", "x_1=1, x_2=2"), ("(1,2),(3,4)", "x=1,y=2 or x=3,y=4"));
        Verdicts.NoneEqual(("B, C", "BD"), ("B, C", "ABC"), ("B, C", "B"), ("b", "B"), ("1,2", "y=1,x=2"), ("\\{1,2,3\\}", "\\{1,2,\\{3\\}\\}"));
    }

    [Fact]
    public void Decimals_in_words_are_told_apart() => Verdicts.NoneEqual(("\\text{Route 3.5}", "Route 3.7"), ("5 PM", "5.5 PM"), ("x_1", "x_{1.5}"));
}
