using RewardServer.Symbolics.Equivalence;

namespace RewardServer.Symbolics.Tests;

public sealed class Presentation_of_answers
{
    [Fact]
    public void A_sentence_may_lead_to_the_answer() => Verdicts.AllEqual(
        ("5", "The answer is 5."), ("5", "The answer is $5$."), ("5", "The final answer is $\\boxed{5}$."), ("5", "the answer is: 5"), ("5", "Answer: 5"),
        ("5", "**Answer:** 5"), ("5", "**Final Answer:** $5$"), ("5", "Therefore, the answer is 5."), ("5", "So x = 5"), ("5", "Thus, $x = 5$."),
        ("5", "x is 5"), ("5", "x equals 5"), ("5", "It is 5"), ("5", "The value of x is 5"), ("5", "The total cost is $5."), ("(B)", "The answer is B."),
        ("\\text{Evelyn}", "The answer is Evelyn."));

    [Fact]
    public void A_sentence_that_says_anything_else_does_not() => Verdicts.NoneEqual(
        ("5", "The answer is not 5"), ("5", "it isn't 5"), ("5", "I think 5 is wrong"), ("5", "The answer is probably 5"), ("5", "The answer is 5. The answer is 6"),
        ("5", "The answer is 5 or 6"), ("5", "either 5 or 6"), ("5", "The negative of the answer is 5"), ("5", "The wrong answer is 5"), ("5", "minus 5"),
        ("5", "There are 5 cats and 6 dogs"), ("5", "5 to 6"), ("5", "5, I guess, or 6"), ("5", "one of 4, 5, 6"), ("5", "5..."), ("\\text{Evelyn}", "Not Evelyn"),
        ("\\text{Evelyn}", "Evelyn or Bob"), ("\\text{Yes}", "Yes and no"), ("5", "any number"), ("5", "5 or any number"));

    [Fact]
    public void Markdown_around_an_answer_says_nothing() => Verdicts.AllEqual(
        ("5", "**5**"), ("5", "`5`"), ("5", "**$5$**"), ("5", "__5__"), ("5", "*5*"), ("5", "```\n5\n```"), ("5", "# 5"), ("x^2", "x**2"), ("A", "**A**"));

    [Fact]
    public void What_only_pleases_the_eye_is_skipped() => Verdicts.AllEqual(
        ("5", "\\color{red}{5}"), ("5", "\\textcolor{blue}{5}"), ("5", "\\Large{5}"), ("5", "5 \\tag{1}"), ("5", "{\\bf 5}"), ("5", "\\underline{5}"), ("5", "5\\\\"),
        ("5", "5\\!"), ("5", "\\, 5 \\;"), ("(1,2)", "\\left( 1, 2 )"), ("(1,2)", "( 1, 2 \\right)"), ("\\sin x", "\\operatorname{sin} x"), ("\\sin x", "\\mathrm{sin}(x)"));

    [Fact]
    public void Rarer_writings_are_read()
    {
        Verdicts.AllEqual(
            ("1011_2", "(1011)_2"), ("(1011)_2", "1011_{2}"), ("100\\frac{\\text{m}}{\\text{s}}", "100 m/s"), ("100\\text{ m/s}", "100\\frac{\\text{m}}{\\text{s}}"), ("7/3", "2 and 1/3"), ("2, 1/3", "2 and 1/3"),
            ("\\angle A", "∠A"), ("\\angle ABC", "\\angle{ABC}"), ("\\vec{v}", "\\overrightarrow{v}"), ("2\\vec{v}+\\vec{w}", "\\vec w+2\\vec v"));
        Verdicts.NoneEqual(
            ("1011_2", "(1011)_3"), ("7/3", "2 and 2/3"), ("\\angle A", "A"), ("\\angle ABC", "\\angle ACB"), ("\\vec{v}", "v"), ("100\\text{ m/s}", "100\\frac{\\text{s}}{\\text{m}}"));
    }

    [Fact]
    public void Environments_are_read_through() => Verdicts.AllEqual(
        ("5", "\\begin{equation} 5 \\end{equation}"), ("5", "\\begin{align} x &= 2+3 \\\\ &= 5 \\end{align}"), ("5", "\\begin{aligned} x &= 5 \\end{aligned}"),
        ("5", "\\[ x = \\boxed{5} \\]"), ("x=1,y=2", "\\begin{align*} x &= 1 \\\\ y &= 2 \\end{align*}"), ("5", "\\boxed{5"), ("5", "\\boxed 5"), ("5", "\\boxed{$5$}"));

    [Fact]
    public void A_remark_in_parentheses_may_follow() => Verdicts.AllEqual(
        ("5", "5 (five)"), ("5", "5 (units)"), ("1/2", "\\frac{1}{2} (or 0.5)"), ("5", "5 (since x > 0)"), ("5", "5 (cm)"), ("2", "x=2 (double root)"));

    [Fact]
    public void A_remark_that_denies_or_adds_does_not_pass() => Verdicts.NoneEqual(
        ("5", "5 (not 6)"), ("5", "5 (wrong)"), ("5", "5 (or 6)"), ("5", "5 (since it is not 6)"), ("5", "6 (or 5)"), ("5\\text{ cm}", "5 (m)"));

    [Fact]
    public void Choices_are_their_letters() => Verdicts.AllEqual(
        ("A", "(A)"), ("A", "A."), ("A", "A)"), ("A", "A) 5"), ("A", "(A) 5"), ("A", "\\textbf{(A) } 5"), ("\\textbf{(A)}\\ 5", "A"), ("A", "Option A"), ("A", "A: 5"),
        ("A", "a"), ("\\text{(B)}", "(B) 42 cm"), ("\\textbf{(A)}\\ 5", "5"), ("5", "A) 5"), ("\\text{(B)}", "choice (B)"), ("\\text{B, C}", "B and C"));

    [Fact]
    public void Another_letter_or_another_content_is_another_choice() => Verdicts.NoneEqual(
        ("A", "B) A"), ("A", "B"), ("A", "A or B"), ("A", "A, B"), ("\\textbf{(A)}\\ 5", "A) 6"), ("\\textbf{(A)}\\ 5", "B) 5"), ("B", "(A) B"), ("x", "X"));

    [Fact]
    public void Words_are_folded() => Verdicts.AllEqual(
        ("\\text{the cat}", "cat"), ("\\text{Alice and Bob}", "Bob and Alice"), ("\\text{east}", "East."), ("\\text{No solution}", "\\emptyset"), ("\\emptyset", "no real solutions"),
        ("\\mathbb{R}", "all real numbers"), ("undefined", "\\text{undefined}"));

    [Fact]
    public void No_value_is_no_number() => Verdicts.NoneEqual(
        ("0", "undefined"), ("5", "null"), ("5", "None"), ("5", "N/A"), ("5", "\\text{DNE}"), ("5", "[]"), ("5", "()"), ("5", "\\text{}"), ("5", "$"), ("0", "\\emptyset"),
        ("\\emptyset", "0"), ("\\emptyset", "\\{0\\}"), ("5", "\\text{not } 5"), ("1", "\\frac{\\infty}{\\infty}"));

    [Fact]
    public void A_hedge_in_words_is_told()
    {
        var verdict = MathVerifier.Verify("2", "either 1 or 2");
        Assert.Equal((false, "hedged-answer"), (verdict.Equal, Assert.Single(verdict.Signals)));
    }
}
