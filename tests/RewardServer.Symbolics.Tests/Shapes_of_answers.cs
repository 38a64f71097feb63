using RewardServer.Symbolics.Equivalence;

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
        Verdicts.AllEqual(("(1,2)", "\\left(1, \\frac42\\right)"), ("\\{1,2\\}", "\\{2,1\\}"), ("1, 2", "2 and 1"), ("\\{1,2\\}", "{2, 1}"),
            ("(\\frac{1}{1000},12)", "(0.001,12)"), ("(\\frac{617}{500},5)", "(1.234,5)"), ("0.001, 12", "0.001,12"));
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
        Verdicts.NoneEqual(("5", "2+3=6"), ("6", "2+3=6"), ("6.3", "2\\pi \\approx 6.3"), ("5", "5 \\approx 6"), ("\\pi", "\\pi \\approx 3.2"), ("2/3", "\\frac23 \\approx 0.65"));
        Verdicts.AllEqual(("2/3", "\\frac23 \\approx 0.66"), ("2/3", "\\frac23 \\approx 66.7\\%"), ("123456", "123456 \\approx 123000"), ("\\sqrt{2}", "x = \\sqrt2 \\approx 1.414"), ("3.14", "x \\approx 3.14"));
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

    [Fact]
    public void Sets_of_numbers_have_one_form()
    {
        Verdicts.AllEqual(
            ("[1,3]", "[1,2] \\cup [2,3]"), ("[1,3]", "[1,2) \\cup [2,3]"), ("[1,2) \\cup (2,3]", "[1,3] \\setminus \\{2\\}"), ("(1,2)", "(0,2) \\cap (1,3)"),
            ("(-\\infty,0)\\cup(0,\\infty)", "\\mathbb{R} \\setminus \\{0\\}"), ("(-\\infty,0)\\cup(0,\\infty)", "x \\ne 0"), ("\\mathbb{R} \\setminus \\{0\\}", "x \\in \\mathbb{R}, x \\ne 0"),
            ("\\mathbb{R}", "(-\\infty, \\infty)"), ("\\{1,2,3\\}", "\\{1,2\\} \\cup \\{3\\}"), ("[\\sqrt2,\\pi]", "[\\sqrt{2}, 3] \\cup [3, \\pi]"), ("(-\\infty,1)\\cup(3,\\infty)", "x < 1 or x > 3"),
            ("\\{-1\\} \\cup [0, \\infty)", "x=-1 or x >= 0"), ("1 < x < 3", "x > 1 and x < 3"), ("x \\le 2", "-x \\ge -2"), ("(1,2)\\cup(3,4)", "(1,2) or (3,4)"), ("x \\ne 2", "x != 2"));
        Verdicts.NoneEqual(
            ("[1,3]", "[1,2) \\cup (2,3]"), ("x>2", "x \\ge 2"), ("x>2", "x>3"), ("x>2", "t>2"), ("\\mathbb{R}", "x"), ("5", "x \\in [5, 6]"), ("(1,2)", "(1,2),(3,4)"), ("\\emptyset", "\\{\\emptyset\\}"));
    }

    [Fact]
    public void Sets_may_be_given_by_their_conditions() => Verdicts.AllEqual(
        ("(2,\\infty)", "\\{x : x > 2\\}"), ("(2,\\infty)", "\\{x \\mid x > 2\\}"), ("(2,\\infty)", "{x | x > 2}"), ("(2,\\infty)", "\\{x \\in \\mathbb{R} : x > 2\\}"),
        ("\\{1,2,3\\}", "\\{x | 1 \\le x \\le 3, x \\in \\mathbb{Z}\\}"), ("\\{1,2,3\\}", "\\{x \\in \\mathbb{Z} : 1 \\le x \\le 3\\}"), ("[0,1]", "x in [0,1]"));

    [Fact]
    public void Absolute_values_bound_sets()
    {
        Verdicts.AllEqual(("|x|>1", "x<-1 \\text{ or } x>1"), ("x<-1 \\text{ or } x>1", "|x|>1"), ("|x|\\le 2", "[-2,2]"), ("(-1,3)", "|x-1|<2"), ("[-1,3]", "2 \\ge |x-1|"), ("\\mathbb{R}", "|x| > -1"));
        Verdicts.NoneEqual(("|x|>1", "x>1"), ("|x|\\le 2", "|x|<2"), ("(-1,3)", "|x+1|<2"), ("|x|>1", "-1<x<1"));
    }

    [Fact]
    public void Open_ends_may_be_written_with_turned_brackets() => Verdicts.AllEqual(
        ("[1,2)", "[1,2["), ("(1,2)", "]1,2["), ("(1,2]", "]1,2]"), ("(-\\infty, 3]", "(-inf, 3]"));

    [Fact]
    public void Equations_and_inequalities_differ_by_a_number_alone()
    {
        Verdicts.AllEqual(
            ("y = \\frac{1}{x}", "xy = 1"), ("\\frac{x}{2} + \\frac{y}{3} = 1", "3x+2y=6"), ("x + y \\le 3", "2x+2y \\le 6"), ("x + y \\le 3", "-x-y \\ge -3"), ("x > y", "y < x"), ("y = x^2", "f(x) = x^2"));
        Verdicts.NoneEqual(
            ("x+y=1", "x(x+y)=x"), ("x+y=1", "(x+y-1) \\cdot 0 = 0"), ("x=1", "x^2=x"), ("y=x", "xy=x^2"), ("y=x", "y^2=x^2"), ("x + y \\le 3", "-x-y \\le -3"), ("x > y", "x < y"), ("x^2+y^2=1", "0=0"));
    }

    [Fact]
    public void Systems_are_their_equations_and_names_put_values_in_order()
    {
        Verdicts.AllEqual(
            ("\\begin{cases} x+y=3 \\\\ x-y=1 \\end{cases}", "x-y=1, x+y=3"), ("(1,2)", "x = 1 and y = 2"), ("(1,2)", "y=2, x=1"), ("(1,2)", "(x,y) = (1,2)"), ("x=1,y=2", "(1,2)"), ("(3,4)", "P(3,4)"));
        Verdicts.NoneEqual(("(1,2)", "y = 1, x = 2"), ("x=1,y=2", "(2,1)"), ("x=1,y=2", "2,1"), ("x=5", "x = 5 or 6"));
    }

    [Fact]
    public void Names_say_which_value_is_which()
    {
        Verdicts.AllEqual(
            ("(1,2)", "x=1, y=2"), ("(1,2)", "y=2, x=1"), ("x=1, y=2", "(x,y)=(1,2)"), ("x=1, y=2", "(y,x)=(2,1)"), ("x=1, y=2", "1, 2"), ("x=1, y=2", "y=2, x=1"), ("1,2", "x=1 or x=2"),
            ("(m,b)=(2,3)", "(2,3)"), ("(2,3)", "(m,b)=(2,3)"), ("a=2, b=3", "(b,a)=(3,2)"), ("x=1, x=2", "2, 1"), ("x=1 or y=2", "y=2 or x=1"));
        Verdicts.NoneEqual(
            ("x=1, y=2", "2, 1"), ("x=1, y=2", "(y,x)=(1,2)"), ("(1,2)", "(y,x)=(1,2)"), ("(1,2)", "y=1, x=2"), ("1,2", "x=1 or y=2"), ("x=1, y=2", "x=1 or y=2"), ("A", "B=A"), ("(1,2)", "x=1 or y=2"));
    }

    [Fact]
    public void A_name_in_its_own_value_names_nothing() => Verdicts.NoneEqual(
        ("2x+1", "x=2x+1"), ("x", "x=x"), ("x^2", "x=x^2"), ("2x+1", "f(x)=f(x)+2x+1-f(x)"), ("(x, 2)", "(x,y)=(x,2)"));

    [Fact]
    public void Vectors_are_rows_columns_or_tuples()
    {
        Verdicts.AllEqual(
            ("(1,2)", "\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}"), ("\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}", "[1, 2]"), ("(1,2)", "\\langle 1, 2 \\rangle"),
            ("\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}", "[[1,2],[3,4]]"), ("\\begin{pmatrix} 1/2 \\\\ 1 \\end{pmatrix}", "\\frac12 \\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}"),
            ("-2", "\\begin{vmatrix} 1 & 2 \\\\ 3 & 4 \\end{vmatrix}"));
        Verdicts.NoneEqual(("\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}", "\\begin{pmatrix} 1 & 2 \\end{pmatrix}"), ("(1,2)", "\\begin{pmatrix} 2 \\\\ 1 \\end{pmatrix}"));
    }

    [Fact]
    public void A_share_may_be_given_as_a_ratio() => Verdicts.AllEqual(("\\frac{3}{4}", "3:4"), ("\\frac{3}{4}", "6:8"));

    [Fact]
    public void Lists_may_be_asked_for_in_order()
    {
        var ordered = new MathOptions { OrderedLists = true };
        Assert.False(MathVerifier.Verify("1, 2", "2, 1", ordered).Equal);
        Assert.True(MathVerifier.Verify("1, 2", "1, 2", ordered).Equal);
        Assert.True(MathVerifier.Verify("\\{1, 2\\}", "\\{2, 1\\}", ordered).Equal);
    }
}
