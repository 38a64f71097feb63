namespace RewardServer.Symbolics.Tests;

public sealed class Shapes_of_answers
{
    [Fact]
    public void A_name_may_be_left_out_or_added_but_not_changed()
    {
        Verdicts.AllEqual(("5", "x = 5"), ("x=5", "5"), ("2x+3", "f(x)=2x+3"), ("y=2x+3", "2x+3"), ("[1,2]", "x \\in [1,2]"));
        Verdicts.NoneEqual(("x=5", "y=5"), ("x=5", "x=6"), ("x=5", "x"));
    }

    [Fact]
    public void Tuples_keep_their_order_and_sets_do_not()
    {
        Verdicts.AllEqual(("(1,2)", "\\left(1, \\frac42\\right)"), ("\\{1,2\\}", "\\{2,1\\}"), ("1, 2", "2 and 1"), ("\\{1,2\\}", "{2, 1}"));
        Verdicts.NoneEqual(("(1,2)", "(2,1)"), ("(1,2)", "(1,2,3)"), ("\\{1,2\\}", "\\{1\\}"), ("1,2", "1,1"));
    }

    [Fact]
    public void Intervals_have_ends()
    {
        Verdicts.AllEqual(("[1,2)", "\\left[1,2\\right)"), ("(-\\infty,2)\\cup(3,\\infty)", "(3, ∞) ∪ (−∞, 2)"), ("(3,\\infty)", "x > 3"), ("[-2,7]", "-2 \\le x \\le 7"));
        Verdicts.NoneEqual(("[1,2)", "[1,2]"), ("(1,2)", "[1,2]"), ("(3,\\infty)", "x \\ge 3"));
    }

    [Fact]
    public void Equations_are_equal_up_to_a_factor()
    {
        Verdicts.AllEqual(("4x-5y=-50", "5y=4x+50"), ("y=2x+3", "2x-y+3=0"), ("x+y=1", "2x+2y=2"));
        Verdicts.NoneEqual(("x+y=1", "x+y=2"), ("x+y=1", "0=0"), ("0=0", "1=1"));
    }

    [Fact]
    public void Chains_of_equal_values_are_one_value()
    {
        Verdicts.AllEqual(("5", "2+3=5"), ("3", "a=b=3"), ("2\\pi", "2\\pi \\approx 6.28"));
        Verdicts.NoneEqual(("5", "2+3=6"), ("6", "2+3=6"), ("6.3", "2\\pi \\approx 6.3"));
    }

    [Fact]
    public void Both_signs_are_two_answers() => Verdicts.AllEqual(("\\pm 2", "2, -2"), ("1 \\pm \\sqrt{19}", "1+\\sqrt{19}, 1-\\sqrt{19}"));

    [Fact]
    public void Matrices_and_ratios_are_compared_by_their_parts()
    {
        Verdicts.AllEqual(("\\begin{pmatrix} 1/2 \\\\ 2 \\end{pmatrix}", "\\begin{bmatrix}0.5\\\\2\\end{bmatrix}"), ("3:1", "6:2"));
        Verdicts.NoneEqual(("\\begin{pmatrix} 1 & 2 \\end{pmatrix}", "\\begin{pmatrix} 2 & 1 \\end{pmatrix}"), ("4:30", "2:15"), ("1:03", "2:06"), ("3:1", "1:3"));
    }

    [Fact]
    public void Words_are_compared_as_words()
    {
        Verdicts.AllEqual(("\\text{Evelyn}", "evelyn"), ("\\text{(C)}", "C"), ("C", "(C)"), ("\\text{A, C}", "A, C"), ("\\text{4:30 p.m.}", "4:30 PM"));
        Verdicts.NoneEqual(("\\text{Evelyn}", "Evan"), ("C", "D"), ("MAKE", "MEAK"), ("\\text{even}", "not even"));
    }
}
