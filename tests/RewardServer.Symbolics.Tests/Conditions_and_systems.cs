using RewardServer.Symbolics.Equivalence;

namespace RewardServer.Symbolics.Tests;

public sealed class Conditions_and_systems
{
    [Fact]
    public void Polynomial_conditions_are_the_sets_that_they_describe()
    {
        Verdicts.AllEqual(
            ("(-2,2)", "x^2 < 4"), ("x^2 < 4", "|x| < 2"), ("x^2 < 4", "-2 < x < 2"), ("x^2-3x+2>0", "(-\\infty,1)\\cup(2,\\infty)"), ("[2-\\sqrt3, 2+\\sqrt3]", "x^2-4x+1 \\le 0"),
            ("x < \\sqrt[3]{2}", "x^3 < 2"), ("x^5-x-1 > 0", "2x^5 > 2x+2"), ("(-\\sqrt3,-\\sqrt2)\\cup(\\sqrt2,\\sqrt3)", "x^4 - 5x^2 + 6 < 0"), ("x^2 < 2\\sqrt2", "-\\sqrt{2\\sqrt2} < x < \\sqrt{2\\sqrt2}"),
            ("1<x<3", "(x-1)(x-3)<0"), ("\\mathbb{R}", "x^2+1>0"), ("\\emptyset", "x^2 < -1"), ("x \\in (-\\infty,-1) \\cup (1,\\infty)", "x^2>1"));
        Verdicts.NoneEqual(
            ("(-2,2)", "x^2 \\le 4"), ("[-2,2]", "x^2 < 4"), ("(-\\infty,1)\\cup(2,\\infty)", "x^2-3x+2 \\ge 0"), ("x^5-x-1 > 0", "x^5-x-2 > 0"), ("x<1 \\text{ or } x>2", "x>2"),
            ("x^2 \\ge 0", "x^2 \\ge -1"), ("(-2,2)", "y^2 < x"), ("(0,\\infty)", "\\sqrt{x} > 0"));
    }

    [Fact]
    public void Divisors_and_absolute_values_are_followed_and_no_cancelling_adds_a_number()
    {
        Verdicts.AllEqual(
            ("(0,\\infty)", "\\frac{1}{x} > 0"), ("(-\\infty, 0)\\cup[1,\\infty)", "\\frac{x-1}{x} \\ge 0"), ("(2,3]", "\\frac{x-3}{x-2} \\le 0"), ("(-\\frac12, 0) \\cup (0, \\frac12)", "x^{-2} > 4"),
            ("(-2,3)", "|x-1|+|x| < 5"), ("|x^2-4| < 3", "(-\\sqrt7,-1)\\cup(1,\\sqrt7)"), ("\\frac{|x|}{x} > 0", "x > 0"), ("|x| = 3", "x = \\pm 3"), ("(0,\\infty)", "\\frac{x^2}{x} \\ge 0"));
        Verdicts.NoneEqual(
            ("[0,\\infty)", "\\frac{1}{x} \\ge 0"), ("[2,3]", "\\frac{x-3}{x-2} \\le 0"), ("(-\\infty, 0]\\cup[1,\\infty)", "\\frac{x-1}{x} \\ge 0"), ("[0,\\infty)", "\\frac{x^2}{x} \\ge 0"),
            ("\\frac{x^2-4}{x-2}=0", "x=\\pm 2"), ("\\mathbb{R}", "\\sqrt{x}^2 \\ge 0"));
    }

    [Fact]
    public void Sets_may_be_built_from_any_conditions()
    {
        Verdicts.AllEqual(
            ("\\{-2,2\\}", "\\{x \\mid x^2=4\\}"), ("(-2,2)", "\\left\\{ x \\in \\mathbb{R} \\,\\middle|\\, x^2 < 4 \\right\\}"), ("(1, 2) \\cup (2, 3]", "\\{x | 1 < x \\le 3 \\text{ and } x \\ne 2\\}"),
            ("[0,3]", "\\{x \\in [0,5] : x \\le 3\\}"), ("\\{-2,-1,0,1,2\\}", "\\{n \\in \\mathbb{Z} : n^2 \\le 5\\}"), ("\\{1,2,3,4\\}", "\\{x \\in \\mathbb{N} : x < 5\\}"),
            ("\\mathbb{R} \\setminus \\{-3,3\\}", "x \\ne \\pm 3"), ("\\mathbb{R} \\setminus \\{-3,3\\}", "x \\neq -3, 3"), ("\\mathbb{R}\\setminus\\{2\\}", "\\{2\\}^c"),
            ("(-\\infty,2)\\cup(3,\\infty)", "[2,3]^c"), ("(-\\infty,2)\\cup(3,\\infty)", "\\mathbb{R} - [2,3]"),
            ("(0,\\sqrt{2+\\sqrt{3}})\\cup(\\sqrt{2+\\sqrt{3}},5)", "(0,\\frac{\\sqrt{6}+\\sqrt{2}}{2})\\cup(\\frac{\\sqrt{6}+\\sqrt{2}}{2},5)"));
        Verdicts.NoneEqual(
            ("\\{1,2,3,4\\}", "\\{x \\in \\mathbb{N} : x \\le 5\\}"), ("\\{1,2,3,4\\}", "\\{x \\in \\mathbb{R} : 0 < x < 5\\}"), ("\\{2\\}", "\\{x \\mid x^2=4\\}"), ("\\{1,2\\}", "\\{x \\mid x^2-3x+2<0\\}"),
            ("\\emptyset", "\\{0\\}"), ("\\{0,1,3,4\\}", "[0,1] \\cup \\{x \\in \\mathbb{Z} : 2 < x < 5\\}"), ("\\{x \\mid x^2=-4\\}", "\\{x \\mid x^2=-9\\}"), ("(1,2)", "\\{1,2\\}"));
    }

    [Fact]
    public void And_holds_together_what_or_tells_apart()
    {
        Verdicts.AllEqual(
            ("(2,3]", "x > 2 and x \\le 3"), ("x>2 \\text{ and } x \\ne 3", "(2,3)\\cup(3,\\infty)"), ("(-\\infty,1)\\cup(2,\\infty)", "x<1, x>2"), ("x<1 \\text{ and } x>2", "x > 2 and x < 1"),
            ("x > 0 and y > 0", "y > 0, x > 0"));
        Verdicts.NoneEqual(
            ("(-\\infty,1)\\cup(2,\\infty)", "x<1 and x>2"), ("x<1 \\text{ or } x>2", "x<1 and x>2"), ("x<1 and x>2", "x<1 or x>2"), ("x>0 and y>0", "x>0 or y>0"),
            ("(1,\\infty)", "(1,\\infty]"), ("(-\\infty,2]", "[-\\infty,2]"));
    }

    [Fact]
    public void Equations_in_one_variable_are_their_solutions_where_all_of_them_are_real()
    {
        Verdicts.AllEqual(("x^2=4", "x=\\pm 2"), ("x=2 \\text{ or } x=3", "x^2-5x+6=0"), ("(x-2)^3=0", "x=2"));
        Verdicts.NoneEqual(("x^2=4", "x=2"), ("x=2", "x^2=4"), ("x^2=-4", "x^2=-9"), ("x^3=8", "x=2"), ("5", "2x=10"), ("2, 3", "x^2-5x+6=0"), ("x=y^2", "y=\\sqrt{x}"));
    }

    [Fact]
    public void A_condition_that_is_still_to_be_solved_is_no_final_value()
    {
        var final = new MathOptions { FinalValue = true };
        Assert.False(MathVerifier.Verify("(-2,2)", "x^2 < 4", final).Equal);
        Assert.False(MathVerifier.Verify("x=\\pm 2", "x^2 = 4", final).Equal);
        Assert.True(MathVerifier.Verify("(-2,2)", "-2 < x < 2", final).Equal);
        Assert.True(MathVerifier.Verify("x^2 < 4", "x^2 - 4 < 0", final).Equal);
    }

    [Fact]
    public void Conditions_that_are_not_solved_are_compared_as_they_are_written()
    {
        Verdicts.AllEqual(("\\{x : \\sqrt{x} < 2\\}", "\\{x \\mid \\sqrt{x}<2\\}"), ("\\{x^2 : x \\in \\mathbb{R}\\}", "\\{x^2 | x \\in \\mathbb{R}\\}"));
        Verdicts.NoneEqual(("\\{x : \\sqrt{x} < 2\\}", "\\{x \\mid \\sqrt{x}<3\\}"), ("\\{x^2 : x \\in \\mathbb{R}\\}", "\\{x^3 | x \\in \\mathbb{R}\\}"));
    }

    [Fact]
    public void Ends_that_only_values_tell_to_be_equal_make_the_verdict_numeric()
    {
        var verdict = MathVerifier.Verify("(0,\\arctan 2] \\cup [3,4]", "(0, \\arcsin\\frac{2}{\\sqrt5}] \\cup [3,4]");
        Assert.Equal((true, Stage.Numeric), (verdict.Equal, verdict.Stage));
    }

    [Fact]
    public void Equations_may_differ_by_any_number()
    {
        Verdicts.AllEqual(
            ("y=\\sqrt2 x", "x=\\frac{\\sqrt2}{2}y"), ("\\sqrt2 x+2y=2", "x+\\sqrt2 y=\\sqrt2"), ("\\sqrt2 x+2y<2", "x+\\sqrt2 y<\\sqrt2"), ("y=\\pi x", "\\frac{y}{\\pi}=x"), ("y = \\pm\\frac{3}{4}x", "3x \\pm 4y = 0"), ("1:\\sqrt3:2", "\\sqrt3:3:2\\sqrt3"));
        Verdicts.NoneEqual(("\\sqrt2 x+2y=2", "x+\\sqrt2 y=-\\sqrt2"), ("\\sqrt2 x+2y<2", "-x-\\sqrt2 y<-\\sqrt2"), ("1:\\sqrt3:2", "1:2:\\sqrt3"), ("y = \\pm\\frac{3}{4}x", "4x \\pm 3y = 0"), ("y = 2x", "y = \\pm 2x"));
    }

    [Fact]
    public void A_set_may_be_named_as_the_union_or_intersection_of_others()
    {
        Verdicts.AllEqual(("A \\cap B = \\{0,1\\}", "\\{0,1\\}"), ("[1,2]", "A \\cup B = [1,2]"));
        Verdicts.NoneEqual(("A \\cap B = \\{0,1\\}", "A \\cup B = \\{0,1\\}"), ("A \\cap B = \\{0,1\\}", "\\{0\\}"));
    }

    [Fact]
    public void A_linear_system_is_answered_by_its_solution_but_not_the_other_way()
    {
        Verdicts.AllEqual(("x+y=3, x-y=1", "y=1, x=2"), ("\\begin{cases} x+y+z=6 \\\\ x-y=-1 \\\\ y-z=-1 \\end{cases}", "x=1, y=2, z=3"));
        Verdicts.NoneEqual(("x+y=3, x-y=1", "x=1, y=2"), ("x+y=3, x-y=1", "x=2"), ("x=2, y=1", "x+y=3, x-y=1"), ("y=2x, y=-2x", "x=0, y=0"), ("x+y=3, 2x+2y=6", "x=2, y=1"));
    }

    [Fact]
    public void Matrices_are_worked_out()
    {
        const string Matrix = "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}";
        Verdicts.AllEqual(
            ("\\begin{pmatrix}2&4\\\\6&8\\end{pmatrix}", $"{Matrix}+{Matrix}"), ("\\begin{pmatrix}7&10\\\\15&22\\end{pmatrix}", $"{Matrix}^2"), ("\\begin{pmatrix}7&10\\\\15&22\\end{pmatrix}", $"{Matrix}{Matrix}"),
            ("\\begin{pmatrix}1&3\\\\2&4\\end{pmatrix}", $"{Matrix}^T"), ("\\begin{pmatrix}-2&1\\\\3/2&-1/2\\end{pmatrix}", $"{Matrix}^{{-1}}"), ("-2", $"\\det{Matrix}"),
            ("\\begin{pmatrix}5\\\\11\\end{pmatrix}", $"{Matrix}\\begin{{pmatrix}}1\\\\2\\end{{pmatrix}}"), ("\\begin{pmatrix}3&0\\\\0&3\\end{pmatrix}", "3I"), ("\\begin{pmatrix}1\\\\2\\end{pmatrix}", "(1,2)^T"));
        Verdicts.NoneEqual(
            ("\\begin{pmatrix}5\\\\11\\end{pmatrix}", $"{Matrix}\\begin{{pmatrix}}2\\\\1\\end{{pmatrix}}"), (Matrix, $"{Matrix}^T"), (Matrix, $"{Matrix}^{{-1}}"), (Matrix, "I"), (Matrix, "\\begin{pmatrix}1&2\\\\2&4\\end{pmatrix}^{-1}"));
    }

    [Fact]
    public void Vectors_may_be_sums_of_unit_vectors()
    {
        Verdicts.AllEqual(
            ("(2,3)", "2\\mathbf{i}+3\\mathbf{j}"), ("\\begin{pmatrix}2\\\\3\\end{pmatrix}", "2i+3j"), ("(2,3,-1)", "2\\hat{i}+3\\hat{j}-\\hat{k}"), ("2\\hat{i}+3\\hat{j}", "\\langle 2,3\\rangle"),
            ("2\\mathbf{i}+3\\mathbf{j}", "2\\vec{i}+3\\vec{j}"), ("\\langle \\frac12, \\sqrt3 \\rangle", "\\frac{1}{2}\\hat{i} + \\sqrt{3}\\hat{j}"));
        Verdicts.NoneEqual(("(2,3)", "3i+2j"), ("(2,3)", "2i+3j+k"), ("(2,3,0)", "2i+3j+k"), ("(2,0)", "2i"), ("(0,2)", "2i"), ("(3,2)", "3+2i"));
    }
}
