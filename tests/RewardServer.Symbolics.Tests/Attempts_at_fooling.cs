using RewardServer.Symbolics.Equivalence;

namespace RewardServer.Symbolics.Tests;

public sealed class Attempts_at_fooling
{
    [Fact]
    public void Several_answers_are_a_hedge() => Assert.All(
        [("2", "1 or 2"), ("2", "1, 2"), ("2", "\\pm 2"), ("5", "\\boxed{5}\\boxed{6}"), ("A", "A, B"), ("2", "x=1 or x=2"), ("1, 2", "1, 2, 3"), ("2", "\\{1,2\\}")],
        pair =>
        {
            var verdict = MathVerifier.Verify(pair.Item1, pair.Item2);
            Assert.False(verdict.Equal);
            Assert.Equal(["hedged-answer"], verdict.Signals);
        });

    [Fact]
    public void One_answer_said_twice_is_one_answer() => Verdicts.AllEqual(("1/2", "1/2 or 0.5"), ("5", "\\boxed{5}\\boxed{5}"));

    [Fact]
    public void What_is_no_value_equals_nothing() => Verdicts.NoneEqual(
        ("5", ""), ("5", " "), ("5", "nan"), ("5", "5/0"), ("5", "\\frac{5x-5x}{0}"), ("0", "0/0"), ("1", "0^0"), ("5", "5+\\infty"), ("5", "\\boxed{}"), ("0", "-"));

    [Fact]
    public void A_zero_in_disguise_does_not_divide() => Verdicts.NoneEqual(
        ("5", "\\frac{5(\\sqrt{5+2\\sqrt6}-\\sqrt2-\\sqrt3)}{\\sqrt{5+2\\sqrt6}-\\sqrt2-\\sqrt3}"),
        ("5", "\\frac{5(\\sqrt[3]{2+\\sqrt5}-\\frac{1+\\sqrt5}{2})}{\\sqrt[3]{2+\\sqrt5}-\\frac{1+\\sqrt5}{2}}"));

    [Fact]
    public void Prose_that_contains_the_number_is_not_the_number() => Verdicts.NoneEqual(
        ("5", "the answer is not 5, it is 6"), ("5", "5 is wrong"), ("5", "not 5"), ("5", "5 or more"), ("5", "5 (not 6)"),
        ("5", "at least 5"), ("5", "5 minus one"), ("56", "5 6"), ("5", "5 6"), ("5", "5 hundred"));

    [Fact]
    public void A_gold_that_cannot_be_read_is_never_matched() => Assert.All(
        ["", "  ", "nan", "\\frac{1}{", "5/0", "\\unknown{5}", "1 + + ) 2", "\0", "\uD800"],
        text => Assert.Null(MathVerifier.Verify(text, text).Equal));

    [Fact]
    public void A_name_is_no_quantity_of_one() => Verdicts.NoneEqual(
        ("1", "F"), ("1", "m"), ("1", "s^2"), ("-1", "-K"), ("1/2", "\\frac{m}{2}"), ("m", "1 meter"));

    [Fact]
    public void An_equation_brought_to_zero_is_no_answer_of_zero() => Verdicts.NoneEqual(
        ("0", "10x-4y-5z-20=0"), ("0", "x^2+y^2-4=0"), ("0", "x^2-4x=0"));

    [Fact]
    public void What_names_its_quantity_still_gives_the_number() => Verdicts.AllEqual(
        ("1", "1m"), ("5", "5m"), ("5", "-(-5)m"), ("\\sqrt2", "\\sqrt2 m"), ("0", "x+y=0"), ("5", "x+y-2=5"));

    [Fact]
    public void An_interval_or_a_point_is_no_list_of_its_ends() => Verdicts.NoneEqual(
        ("x \\in (1,2)", "1, 2"), ("x \\in (1,2)", "x=1,2"), ("1, 2", "x \\in (1,2)"), ("x \\in (1,2)", "x=1 or x=2"), ("\\{1,2\\}", "(2,1)"), ("\\{1,2\\}", "(1,2)"));

    [Fact]
    public void What_is_in_an_interval_is_the_interval() => Verdicts.AllEqual(
        ("x \\in (1,2)", "(1,2)"), ("(1,2)", "x \\in (1,2)"), ("x \\in (1,2)", "1<x<2"), ("(a,b)", "x \\in (a,b)"), ("\\{1,2\\}", "2, 1"));
}
