namespace RewardServer.Symbolics.Tests;

public sealed class Families_of_solutions
{
    private const string Quarter = "x = \\frac{\\pi}{2} + 2\\pi k, k \\in \\mathbb{Z}";

    [Theory]
    [InlineData("x = \\frac{\\pi}{2} + 2\\pi n, n \\in \\mathbb{Z}")]
    [InlineData("x = -\\frac{3\\pi}{2} - 2\\pi n, n \\in \\mathbb{Z}")]
    [InlineData("x = \\frac{\\pi(4m+1)}{2}")]
    [InlineData("\\frac{\\pi}{2} + 2\\pi n, n \\text{ an integer}")]
    [InlineData("x = \\frac{\\pi}{2} + 2\\pi k \\quad (k \\in \\mathbb{Z})")]
    [InlineData("x = \\frac{\\pi}{2} + 2\\pi n \\text{ where } n \\text{ is any integer}")]
    [InlineData("x = \\frac{\\pi}{2} + 2\\pi k, where k is an integer")]
    [InlineData("x = \\frac{\\pi}{2} + 2\\pi n \\text{ for any integer } n")]
    [InlineData("x = \\frac{\\pi}{2} + 2\\pi n \\quad \\forall n \\in \\mathbb{Z}")]
    [InlineData("x = \\frac{\\pi}{2} + 2\\pi n, n = 0, \\pm 1, \\pm 2, \\ldots")]
    [InlineData("\\{ \\frac{\\pi}{2} + 2\\pi n \\mid n \\in \\mathbb{Z} \\}")]
    [InlineData("\\{ x \\mid x = \\frac{\\pi}{2} + 2\\pi n, n \\in \\mathbb{Z} \\}")]
    [InlineData("x = \\frac{\\pi}{2} + 4\\pi k \\text{ or } x = \\frac{5\\pi}{2} + 4\\pi k, k \\in \\mathbb{Z}")]
    public void A_family_is_one_in_all_of_its_writings(string writing) => Verdicts.AllEqual((Quarter, writing));

    [Theory]
    [InlineData("x = \\frac{\\pi}{2}")]
    [InlineData("x = \\frac{\\pi}{2} + \\pi k, k \\in \\mathbb{Z}")]
    [InlineData("x = \\frac{\\pi}{2} + 4\\pi k, k \\in \\mathbb{Z}")]
    [InlineData("x = \\frac{\\pi}{2} + 2\\pi k, k \\in \\mathbb{R}")]
    [InlineData("x = \\frac{\\pi}{2} + 2\\pi k, k \\in \\mathbb{N}")]
    [InlineData("x = \\frac{\\pi}{2} + 2\\pi k, k \\in \\mathbb{Z}, k \\ne 0")]
    [InlineData("x = \\frac{\\pi}{2} + 2\\pi n, n \\text{ is not an integer}")]
    [InlineData("x = \\frac{\\pi}{2} + 2\\pi n, n \\text{ is a positive integer}")]
    [InlineData("x = \\frac{\\pi}{2} + 2\\pi n, n = 0, 1, 2, \\ldots")]
    [InlineData("y = \\frac{\\pi}{2} + 2\\pi k, k \\in \\mathbb{Z}")]
    [InlineData("x \\ne \\frac{\\pi}{2} + 2\\pi k, k \\in \\mathbb{Z}")]
    [InlineData("x = \\frac{\\pi}{2} + 2\\pi a")]
    public void Another_step_range_name_or_a_single_member_is_another_answer(string other) => Verdicts.NoneEqual((Quarter, other));

    [Fact]
    public void A_clause_on_the_unknown_itself_says_nothing_of_its_value() => Verdicts.AllEqual(
        ("5", "x = 5, where x is an integer"), ("x = 5", "x = 5, x \\in \\mathbb{Z}"), ("\\{1,2,3\\}", "1 \\le x \\le 3, x \\in \\mathbb{Z}"));

    [Fact]
    public void Unions_of_families_are_compared_by_their_members()
    {
        Verdicts.AllEqual(
            ("x = \\pm\\frac{\\pi}{3} + 2\\pi k, k \\in \\mathbb{Z}", "x = \\frac{\\pi}{3} + 2\\pi k, x = \\frac{5\\pi}{3}+2\\pi k, k \\in \\mathbb{Z}"),
            ("x = \\frac{\\pi}{4} + \\frac{k\\pi}{2}, k \\in \\mathbb{Z}", "x = \\frac{\\pi}{4} + k\\pi, x = \\frac{3\\pi}{4} + k\\pi, k \\in \\mathbb{Z}"),
            ("x = (-1)^k\\frac{\\pi}{6} + k\\pi, k \\in \\mathbb{Z}", "x = \\frac{\\pi}{6} + 2k\\pi \\text{ or } x = \\frac{5\\pi}{6} + 2k\\pi, k \\in \\mathbb{Z}"),
            ("x = 30^\\circ + 360^\\circ k, k \\in \\mathbb{Z}", "x = \\frac{\\pi}{6} + 2\\pi n, n \\in \\mathbb{Z}"), ("x = 2k+1, k \\in \\mathbb{Z}", "\\{2n-1 : n \\in \\mathbb{Z}\\}"),
            ("\\mathbb{R} \\setminus \\{ \\frac{\\pi}{2} + k\\pi : k \\in \\mathbb{Z} \\}", "x \\ne -\\frac{\\pi}{2} + n\\pi, n\\in\\mathbb{Z}"),
            ("2k\\pi < x < \\pi + 2k\\pi, k \\in \\mathbb{Z}", "(2n\\pi, (2n+1)\\pi), n \\in \\mathbb{Z}"));
        Verdicts.NoneEqual(
            ("x = \\pm\\frac{\\pi}{3} + 2\\pi k, k \\in \\mathbb{Z}", "x = \\frac{\\pi}{3} + 2\\pi k, k \\in \\mathbb{Z}"),
            ("x = \\frac{k\\pi}{3}, k\\in\\mathbb{Z}", "x = k\\pi, x = \\frac{\\pi}{3}+k\\pi, k\\in\\mathbb{Z}"), ("x = 2k, k \\in \\mathbb{Z}", "x = 2k+1, k \\in \\mathbb{Z}"), ("x = 2\\pi n", "x = -2\\pi n"),
            ("2k\\pi < x < \\pi + 2k\\pi, k \\in \\mathbb{Z}", "2n\\pi \\le x < (2n+1)\\pi, n \\in \\mathbb{Z}"), ("x \\in [2k\\pi, \\pi + 2k\\pi], k \\in \\mathbb{Z}", "[0, \\pi]"));
    }
}
