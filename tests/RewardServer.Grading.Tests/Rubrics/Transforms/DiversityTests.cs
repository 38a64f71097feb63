using FsCheck;
using FsCheck.Fluent;

namespace RewardServer.Grading.Tests.Rubrics.Transforms;

public sealed class DiversityTests
{
    private const string Pairs = """{"n":2}""";

    private static readonly Gen<string[]> Texts =
        from size in Gen.Choose(1, 6)
        from texts in Gen.Elements("a ", "b ", "c ", "d ", "我").ListOf().Select(string.Concat).ArrayOf(size)
        select texts;

    [Fact]
    public void What_two_have_in_common_is_counted_in_runs_of_words() =>
        // "a b", "b c" and "c d" beside "b c" and "c e": 1 of 4 in common.
        Assert.Equal<double?>([0.75, 0.75], Groups.Transform("diversity", Pairs).Apply(Groups.OfTexts("a b c d", "b c e")));

    [Fact]
    public void The_mean_goes_over_the_others() =>
        // Like a copy, and unlike the third.
        Assert.Equal<double?>([0.5, 0.5, 1], Groups.Transform("diversity", Pairs).Apply(Groups.OfTexts("a b c", "A, b; c", "x y z")));

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "a b", 1)]
    [InlineData("a", "a", 0)]
    [InlineData("a", "b", 1)]
    [InlineData("a a a a", "a a a", 0)]
    public void Short_texts_are_compared_whole(string one, string other, double value) =>
        Assert.Equal<double?>([value, value], Groups.Transform("diversity", Pairs).Apply(Groups.OfTexts(one, other)));

    [Fact]
    public void One_alone_is_unlike_nobody() =>
        Assert.Equal<double?>([0], Groups.Transform("diversity").Apply(Groups.OfTexts("a b c d")));

    [Fact]
    public void The_order_of_a_group_changes_no_value_and_each_lies_between_0_and_1() =>
        Prop.ForAll(Texts.ToArbitrary(), texts =>
        {
            var values = Groups.Transform("diversity", Pairs).Apply(Groups.OfTexts(texts));
            return values.All(value => value is >= 0 and <= 1)
                && values.Reverse().SequenceEqual(Groups.Transform("diversity", Pairs).Apply(Groups.OfTexts(texts.Reverse())));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(2026, 1127));

    [Fact]
    public void Long_texts_are_estimated_closely()
    {
        // Of 6,000 and 6,000 words the second half of one is the first of the other: a third in common.
        var values = Groups.Transform("diversity", """{"n":1}""").Apply(Groups.OfTexts(Words(0, 6000), Words(3000, 6000)));
        Assert.Equal(2 / 3.0, values[0]!.Value, 0.09);
        Assert.Equal(values[0], values[1]);
    }

    [Fact]
    public void A_group_of_a_thousand_long_texts_is_bounded_work()
    {
        var values = Groups.Transform("diversity").Apply(Groups.OfTexts(Enumerable.Range(0, 1000).Select(i => Words(i * 10, 1000))));
        Assert.All(values, value => Assert.True(value is > 0.5 and <= 1));
    }

    private static string Words(int first, int count) => string.Join(' ', Enumerable.Range(first, count).Select(i => $"w{i}"));
}
