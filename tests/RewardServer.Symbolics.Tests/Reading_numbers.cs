namespace RewardServer.Symbolics.Tests;

public sealed class Reading_numbers
{
    [Fact]
    public void Decimals_are_exact_rationals() => Verdicts.AllEqual(
        ("0.5", "\\frac12"), ("1/2", ".5"), ("3", "3."), ("3", "3.00"), ("1/3", "0.\\overline{3}"), ("-2.75", "-\\frac{11}{4}"));

    [Fact]
    public void Approximations_are_not_the_number() => Verdicts.NoneEqual(
        ("\\pi", "3.14"), ("1/3", "0.333"), ("\\sqrt2", "1.41421356"), ("e", "2.718"));

    [Fact]
    public void Thousands_may_be_grouped_in_many_ways() => Verdicts.AllEqual(
        ("7654321", "7,654,321"), ("7654321", "7{,}654{,}321"), ("7654321", "7\\,654\\,321"), ("7654321", "7 654 321"),
        ("7,654", "7,\\!654"), ("7,654", "7654"), ("7654", "7\u00a0654"), ("7654.25", "7,654.25"));

    [Fact]
    public void Commas_inside_brackets_part_elements() => Verdicts.NoneEqual(("1234", "(1,234)"), ("12", "1,2"));

    [Fact]
    public void Fractions_are_read_in_all_their_writings() => Verdicts.AllEqual(
        ("3/4", "\\frac{3}{4}"), ("3/4", "\\frac34"), ("3/4", "\\dfrac{3}4"), ("3/4", "\\tfrac3{4}"), ("3/4", "\\cfrac{6}{8}"),
        ("3/4", "¾"), ("3/4", "3\\div4"), ("3/4", "3 / 4"), ("-3/4", "\\frac{-3}{4}"), ("-3/4", "−3⁄4"));

    [Fact]
    public void Mixed_numbers_are_sums() => Verdicts.AllEqual(("7/3", "2\\frac{1}{3}"), ("7/3", "2 1/3"), ("5/2", "2½"), ("-5/2", "-2\\frac12"));

    [Fact]
    public void Scientific_notation_is_a_number() => Verdicts.AllEqual(
        ("30000", "3\\times 10^{4}"), ("120000", "1.2e5"), ("0.00012", "1.2 \\cdot 10^{-4}"), ("0.00012", "1.2E-4"), ("30000", "3×10⁴"));

    [Fact]
    public void Other_scripts_of_digits_and_signs_are_folded() => Verdicts.AllEqual(
        ("25", "２５"), ("-5", "−5"), ("6", "2×3"), ("2\\pi", "2π"), ("2\\sqrt{3}", "2√3"), ("x^2", "x²"), ("x^{12}", "x¹²"));

    [Fact]
    public void Numerals_in_a_base_need_their_base_or_their_digits()
    {
        Verdicts.AllEqual(("2112_6", "2112_{6}"), ("2112_6", "2112"), ("1A_{16}", "1A_{16}"));
        Verdicts.NoneEqual(("2112_6", "512"), ("2112_6", "2112_7"), ("11_2", "3"));
    }

    [Fact]
    public void What_surrounds_an_answer_says_nothing() => Verdicts.AllEqual(
        ("5", "$5$"), ("5", "$$5$$"), ("5", "\\(5\\)"), ("5", "\\[5\\]"), ("5", "\\boxed{5}"), ("5", "$\\boxed{5}$."), ("5", " 5. "),
        ("5", "\\left(5\\right)"), ("5", "\\displaystyle 5"), ("5", "\\text{5}"), ("5", "\\mathbf{5}"), ("5", "= 5"), ("5", "**5**"),
        ("5", "\\begin{align*} 5 \\end{align*}"));
}
