using RewardServer.Symbolics.Equivalence;

namespace RewardServer.Symbolics.Tests;

public sealed class Hostile_input
{
    private static readonly string[] OverBudget =
    [
        "10^{10^{10}}", "2^{999999999}", "1000000!", "9^{9^{9^{9^{9}}}}", "(x+1)^{5000}", "(x+y+z+a+b+c)^{60}", Many("1", 1 << 20), Many("(", 1_000_000),
        Many("{", 100_000) + "1" + Many("}", 100_000), Many("(", 9_000), Many("2^", 4_000) + "2", Many("\\frac{", 1_500), Many("\\sqrt", 1_900) + "2",
        "\\sqrt{" + Many("9", 4_900) + "7}", "1e999999999", Many("7/", 4_900) + "3", "\\binom{1000000000}{500000000}",
        "\\sum_{k=1}^{10^9} k", "\\sum_{k=1}^{3000} \\frac{1}{k}", "\\sum_{a=1}^{60}\\sum_{b=1}^{60}\\sum_{c=1}^{60} abc", "\\prod_{k=1}^{300} (x+k)",
        Many("\\frac{d}{dx}", 40) + "e^{x^x}", "\\frac{d^8}{dx^8} x^{x^{x^x}}", Many("\\cosh(", 30) + "x" + Many(")", 30),
    ];

    private static readonly string[] Odd =
    [
        "\0\0", "\uD800x\uDC00", Many("\\", 9_000), Many("$", 9_000), Many("|", 9_000), Many("!", 9_000), "3" + Many("!", 9_000), Many("\\text{", 1_500),
        Many("\\text{1", 1_200) + Many("}", 1_200), Many("1A", 4_900), Many("-", 9_000) + "1", Many("x+", 4_900) + "1", Many("x=", 4_900) + "1",
        Many("1,", 4_900) + "1", Many("1:", 4_900) + "1", Many("\\begin{pmatrix}", 500), "0.\\overline{" + Many("3", 4_000) + "}", Many("\\left.", 1_000),
        Many("\\boxed{*", 1_200) + "5" + Many("}", 1_200), Many("[1,2]\\cup", 1_100) + "[1,2]", "\\{" + Many("1,", 4_900) + "1\\}\\cup[0,1]", Many("{x:", 3_000) + "x>2",
        Many("the answer is ", 700) + "6", "6 " + Many("(five ", 1_500) + Many(")", 900), Many("one ", 2_400), "x" + Many("^{rd}", 40), Many("two hundred ", 800), Many("x<", 4_900) + "1",
        Many("x>1,", 2_400) + "x>2", Many("x \\ne 1 or ", 800) + "x>2", Many("\\begin{vmatrix}", 600), "\\{x\\in\\mathbb{Z}:-10^{30}<x<10^{30}\\}", Many("1 km/h/", 1_400) + "6",
        "6 " + Many("\\text{m}/", 1_200), Many("\\text{and}", 900), Many("1_", 4_900), Many("1.000", 1_900), Many("`", 9_000), Many("1'000", 1_900), Many("A) ", 3_000),
        Many("\\sum", 1_900), Many("\\int", 1_900), Many("\\lim_{x\\to", 900), Many("\\int ", 60) + "x" + Many(" dx", 60), "y" + Many("'", 9_000), "\\binom{x}{2000}",
        "\\int_0^1 (x+1)^{5000} dx", "e^{-e^{e^{e}}}", "\\tan(10^{600})", "(\\sqrt2+\\sqrt3)^{1000}", Many("\\sqrt{2+", 60) + "x" + Many("}", 60), "\\sqrt{10^{3000}+1}", "\\cosh^{50} x",
        "x^{40}+x^{39}+7x^{38}-3x+1 > 0", string.Concat(Enumerable.Range(1, 24).Select(k => $"(x-{k})")) + "<0", "x^4 - 10^{3000}x + 1 < 0", Many("|x-1|+", 40) + "1>x", Many("|", 40) + "x" + Many("-1|", 40) + "<2",
        "x=k\\pi/9973, x=k\\pi/9967, k \\in \\mathbb{Z}", "\\begin{pmatrix}" + Many("9", 900) + "&2\\\\3&4\\end{pmatrix}" + Many("^{12}", 200), Many("x+y=1,", 800) + "x-y=2", "\\{" + Many("k,", 2_000) + "k|k\\in\\mathbb{Z}\\}",
    ];

    [Fact]
    public void A_prediction_over_budget_is_wrong_and_says_so() => Assert.All(OverBudget, text =>
    {
        var verdict = MathVerifier.Verify("5", text);
        Assert.Equal((false, Stage.Undecided), (verdict.Equal, verdict.Stage));
        Assert.Equal(["budget"], verdict.Signals);
    });

    [Fact]
    public void A_gold_over_budget_is_undecided() => Assert.All(OverBudget, text =>
    {
        var verdict = MathVerifier.Verify(text, text);
        Assert.Equal((null, Stage.Undecided), (verdict.Equal, verdict.Stage));
    });

    [Fact]
    public void Odd_texts_are_answers_like_others() => Assert.All(Odd, text =>
    {
        Assert.False(MathVerifier.Verify("5", text).Equal);
        Assert.NotEqual(true, MathVerifier.Verify(text, "5").Equal);
    });

    [Fact]
    public void No_text_takes_more_than_its_share_of_memory() => Assert.All(OverBudget.Concat(Odd), text =>
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        MathVerifier.Verify(text, text);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64L << 20);
    });

    [Fact]
    public void A_small_stack_is_enough()
    {
        string[] deep = [Many("(", 63) + "1" + Many(")", 63), Many("\\sin ", 120) + "x", Many("-(", 63) + "1" + Many(")", 63), Many("2^{", 60) + "1" + Many("}", 60)];
        var thread = new Thread(() => Array.ForEach(deep, text => MathVerifier.Verify(text, text)), 512 * 1024);
        thread.Start();
        thread.Join();
    }

    [Fact]
    public void A_missing_text_is_an_empty_one() => Assert.Null(MathVerifier.Verify(null!, null!).Equal);

    private static string Many(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
