using FsCheck;
using FsCheck.Fluent;
using RewardServer.Training.Tokens.Unicode;

namespace RewardServer.Training.Tests.Tokens;

public sealed class CanonicalCompositionTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("e\u0301", "\u00E9")]
    [InlineData("\u212B", "\u00C5")]
    [InlineData("\u1112\u1161\u11AB", "\uD55C")]
    [InlineData("\uD558\u11AB", "\uD55C")]
    [InlineData("a\u0301\u0323", "\u1EA1\u0301")]
    [InlineData("\u1E9B\u0323", "\u1E9B\u0323")]
    [InlineData("\u0958", "\u0915\u093C")]
    [InlineData("\U0001D15E", "\U0001D157\U0001D165")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307")]
    [InlineData("\u0344", "\u0308\u0301")]
    [InlineData("x\u0301\u00E9", "x\u0301\u00E9")]
    public void Texts_are_composed_as_UAX_15_says(string text, string composed) => Assert.Equal(composed, CanonicalComposition.Of(text));

    [Fact]
    public void What_is_composed_stays_as_it_is()
    {
        var texts = Gen.Elements("e", "\u0301", "\u0323", "\u0308", "\u1161", "\u1112", "\u11AB", "\uAC00", "\u0915", "\u093C", "é", "\U0001D157", "\U0001D165").ArrayOf().Select(string.Concat);
        Prop.ForAll(texts.ToArbitrary(), text => CanonicalComposition.Of(CanonicalComposition.Of(text)) == CanonicalComposition.Of(text)).QuickCheckThrowOnFailure();
    }
}
