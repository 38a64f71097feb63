using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Tests.Extraction;

public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("a <!-- b --> c", "ac")]
    [InlineData("a <!-- b", "a")]
    [InlineData("a\n% b\nc", "ac")]
    [InlineData("5% of a", "5%ofa")]
    [InlineData(@"a \iffalse b \fi c", "ac")]
    [InlineData(@"a \verb|b| c", "ac")]
    [InlineData("a ~~b~~ c", "ac")]
    [InlineData("a~~b~~c", "a~~b~~c")]
    [InlineData("a <s>b</s> c", "ac")]
    [InlineData("a<|im_end|>b", "a")]
    [InlineData("```\na\n```", "a")]
    [InlineData("```latex\na\n```", "a")]
    [InlineData("```python\na\n```\nb", "b")]
    [InlineData("```python\na", "")]
    [InlineData(@"a $\blacksquare$", "a")]
    [InlineData("a ✅", "a")]
    public void What_a_reader_does_not_see_as_said_is_left_out(string text, string seen) =>
        Assert.Equal(seen, string.Concat(VisibleText.Of(text).Where(c => !char.IsWhiteSpace(c))));
}
