using System.Text.Json;
using RewardServer.Grading.Graders.Chain;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Grading.Tests.Graders.Chain;

public sealed class ChainTests(SharedSandbox sandbox)
{
    [Theory]
    [InlineData("3*4 = 12, so 12 + 5 = 17", 2)]
    [InlineData("Then 3*4 = 12 and 12 + 5 = 17 apples.", 2)]
    [InlineData("$1 + 1 = 2 = 4/2$", 2)]
    [InlineData(@"\(\frac{1}{2} + \frac13 = \frac56\)", 1)]
    [InlineData(@"\[ 2^{10} = 1024 \]", 1)]
    [InlineData(@"\begin{align*} x &= 3 \cdot 4 \\ &= 12 \\[2pt] &= 10 + 2 \end{align*}", 2)]
    [InlineData(@"$(x+1)^2 = x^2 + 2x + 1$", 1)]
    [InlineData(@"$\sum_{k=1}^{10} k = 55$", 1)]
    [InlineData("**3 x 4 = 12**", 1)]
    [InlineData("- 3 + 4 = 7", 1)]
    [InlineData("1) 3 + 4 = 7", 1)]
    [InlineData("Total: 1,200 + 300 = 1,500.", 1)]
    [InlineData("2**3 = 8 and 17 % 5 = 2", 2)]
    [InlineData("所以 3*4 = 12，然后 12+5=17。", 2)]
    [InlineData("If each costs 3, then 4*3 = 12.", 1)]
    [InlineData("sqrt(16) = 4", 1)]
    [InlineData("(3*4 = 12)", 1)]
    public async Task What_holds_is_confirmed(string thinking, int confirmed)
    {
        var details = await Chain(thinking);
        Assert.Equal((confirmed, 0), (details.Confirmed, details.False));
    }

    [Theory]
    [InlineData("1/3 = 0.333")]
    [InlineData("2/3 = 0.67")]
    [InlineData("2/3 = 0.66")]
    [InlineData("0.333 = 1/3")]
    [InlineData(@"$\pi \approx 3.14$")]
    [InlineData("√2 ≈ 1.414")]
    [InlineData("1234 ≈ 1200")]
    [InlineData("12/40 * 100 = 30%")]
    [InlineData("1/3 * 100 = 33.3%")]
    [InlineData("50% = 0.5")]
    [InlineData("5 km = 5000 m")]
    [InlineData(@"$5 \text{ km} = 5000 \text{ m}$")]
    [InlineData("3 * $5 = $15")]
    [InlineData(@"$\cos 60^\circ = \frac12$")]
    public async Task Rounding_percent_units_and_currency_are_no_errors(string thinking) =>
        Assert.Equal(0, (await Chain(thinking)).False);

    [Theory]
    [InlineData("3*4 = 13", "3*4", "13")]
    [InlineData("So 3*4 = 12, and 12 + 5 = 18. Then 1 + 1 = 3.", "12 + 5", "18")]
    [InlineData("$17 \\cdot 23 = 381$", "17 \\cdot 23", "381")]
    [InlineData("7/2 = 3", "7/2", "3")]
    [InlineData("1/3 = 0.4", "1/3", "0.4")]
    [InlineData("\\begin{align}a &= 2 + 2 \\\\ &= 5\\end{align}", "2 + 2", "5")]
    [InlineData("2 + 2 ≈ 5", "2 + 2", "5")]
    [InlineData("1,000 + 1 = 1,002", "1,000 + 1", "1,002")]
    public async Task The_first_that_does_not_hold_is_shown_with_its_place(string thinking, string left, string right)
    {
        var first = (await Chain(thinking)).FirstFalse!;
        Assert.Equal((left, right), (first.Left, first.Right));
        Assert.StartsWith(left, thinking[first.Start..]);
    }

    [Theory]
    [InlineData("x = 5, y = 2x, so f(2) = 7")]
    [InlineData("2x + 3 = 7")]
    [InlineData("8 = 5 apples + 3 apples")]
    [InlineData("5 apples + 3 apples = 8")]
    [InlineData("half of 10 = 5, the sum of 5 and 3 = 8, twice 4 = 8")]
    [InlineData("17 / 5 = 3 remainder 2")]
    [InlineData("1 + 2 + ... + 10 = 55")]
    [InlineData(@"$1 + 2 + \cdots + 10 = 55$")]
    [InlineData("7 * 8 = 1 (mod 5)")]
    [InlineData("5 + 6 = 1 in binary")]
    [InlineData("Suppose 1 + 1 = 3.")]
    [InlineData("Is 3*4 = 13?")]
    [InlineData("2 + 2 = 5, which is wrong")]
    [InlineData("it is not true that 2 + 2 = 5")]
    [InlineData("dp[0] = 1; a[2] = 3 + 4; n == 5 + 1; x += 1; y >= 3")]
    [InlineData("```python\nx = 3\nassert 1 + 1 == 3\n3 + 4 = 8\n```")]
    [InlineData("sin 30 = 0.5")]
    [InlineData("i = 0, e = 3")]
    [InlineData("3 + 2 = 5!")]
    [InlineData("8:00 + 2 = 10:00")]
    [InlineData("100 - 20% = 80")]
    [InlineData("0.333 * 3 = 1")]
    [InlineData("total - 3 + 4 = 10")]
    [InlineData("$2$ + 3 = 5")]
    [InlineData("3 = 3")]
    [InlineData("3,5 * 2 = 7")]
    [InlineData("width=100 height=200")]
    [InlineData("5/0 = 3")]
    [InlineData("25 – 2 = 23, and 30*.5 = 15, so $30*.5 = 15$")]
    [InlineData(@"$3 \ast 10 = 2(3) + 5(10)$")]
    [InlineData(@"$2^43^2 = 144$")]
    [InlineData("$1000 \\div 9 = 111$ remainder 1")]
    [InlineData(@"$100 \div 12 = 8 \text{ R } 4$")]
    [InlineData(@"$14 \text{ days} = 2 \text{ weeks} = 1 \text{ fortnight}$")]
    [InlineData(@"\begin{align*} 6 &= 1 + 2 \\ &\qquad + 3 \\ &= 1 + \\ & 5 \end{align*}")]
    [InlineData("This gives $0 = -12$.")]
    [InlineData("$1.5(10) = 15$")]
    [InlineData(@"$\pi \approx \frac{22}{7}$")]
    [InlineData(@"$2(2e + 9) = 17e - 8$")]
    [InlineData("Mary spends 6 squirt guns * $2 = $12")]
    [InlineData(@"$90^\circ - 60^\circ = \boxed{30}$ degrees")]
    public async Task What_cannot_be_decided_is_never_false(string thinking) =>
        Assert.Equal(0, (await Chain(thinking)).False);

    [Fact]
    public async Task The_score_is_the_share_that_holds()
    {
        var graded = await Grade("<think>1 + 1 = 2. 2 + 2 = 5. 3 + 3 = 6. 4 * 2 = 8.</think>");
        Assert.Equal((0.75, 0.0), (graded.Score, graded.Weight));
        Assert.Equal("3 of 4 stated equalities hold; the first that does not is '2 + 2 = 5'", graded.Reason);
    }

    [Theory]
    [InlineData("<think>Easy.</think>")]
    [InlineData("<think></think>")]
    [InlineData("")]
    [InlineData("<think>x = 5</think>")]
    public async Task Nothing_to_check_is_a_score_that_says_so(string completion)
    {
        var graded = await Grade(completion);
        Assert.Equal((0.0, "no equality that can be checked is stated"), (graded.Score, graded.Reason));
    }

    [Fact]
    public async Task Only_the_thinking_counts_unless_the_whole_is_asked_for()
    {
        const string Text = "<think>1 + 1 = 2</think>1 + 1 = 3";
        Assert.Equal(1, (await Grade(Text)).Score);
        var first = Assert.IsType<ChainDetails>((await Grade(Text, """{"part":"whole"}""")).Details).FirstFalse!;
        Assert.StartsWith("1 + 1 = 3", Text[first.Start..]);
    }

    [Theory]
    [InlineData("""{"most":0}""", "$.most")]
    [InlineData("""{"part":"end"}""", "$.part")]
    public void An_option_that_is_wrong_is_named(string options, string path) =>
        Assert.Equal(path, Assert.Throws<JsonException>(() => ChainGrader.Kind.Create(new(new(), new(sandbox.Pool), []), JsonElement.Parse(options))).Path);

    [Fact]
    public async Task The_same_equality_counts_once() =>
        Assert.Equal(1, (await Chain(string.Concat(Enumerable.Repeat("1 + 1 = 2. 1+1 = 2\n", 50)))).Confirmed);

    [Fact]
    public async Task Of_many_those_that_are_judged_are_spread_over_the_text()
    {
        var flood = string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i} + 1 = {i + 1}\n")) + string.Concat(Enumerable.Range(0, 5000).Select(i => $"{i} + 1 = {i + 2}\n"));
        var details = await Chain(flood);
        Assert.Equal((10_000, 100, 100), (details.Found, details.Confirmed, details.False));
    }

    private async Task<ChainDetails> Chain(string thinking) =>
        Assert.IsType<ChainDetails>((await Grade($"<think>{thinking}</think>")).Details);

    private Task<GradedComponent> Grade(string completion, string options = "{}") =>
        GradingByRubric.ComponentAsync(sandbox, $$"""{"grader":"chain","options":{{options}}}""", Items.Math(completion, "5"));
}
