namespace RewardServer.Grading.Tests.Rubrics.Transforms;

public sealed class RelativeLengthTests
{
    private const string Position = """{"measure":"position"}""";

    [Fact]
    public void The_longest_is_1_and_the_shortest_0() =>
        Assert.Equal<double?>([0, 0.25, 1], Groups.Transform("relative-length", Position).Apply(Groups.OfTokens(100, 150, 300)));

    [Fact]
    public void The_measure_may_be_standard_deviations() =>
        Assert.Equal<double?>([-1, 0, 1], Groups.Transform("relative-length").Apply(Groups.OfTokens(100, 150, 200)));

    [Theory]
    [InlineData("{}", 0.0)]
    [InlineData(Position, 0.5)]
    public void Equal_lengths_lie_in_the_middle_and_so_does_one_alone(string options, double middle)
    {
        Assert.Equal<double?>([middle, middle], Groups.Transform("relative-length", options).Apply(Groups.OfTokens(7, 7)));
        Assert.Equal<double?>([middle], Groups.Transform("relative-length", options).Apply(Groups.OfTokens(7)));
    }

    [Fact]
    public void Where_one_has_no_tokens_the_words_of_all_count() =>
        Assert.Equal<double?>([0.5, 0.5], Groups.Transform("relative-length", Position).Apply(Groups.OfTokens(9, null)));

    [Theory]
    [InlineData("one, two. three!", 3)]
    [InlineData("x_1 = 2", 3)]
    [InlineData("我们 think", 3)]
    [InlineData("тише едешь", 2)]
    [InlineData("", 0)]
    public void Words_are_counted_in_every_script(string text, int words)
    {
        var texts = Enumerable.Range(0, 5).Select(count => string.Concat(Enumerable.Repeat("w ", count)));
        Assert.Equal(words / 4.0, Groups.Transform("relative-length", Position).Apply(Groups.OfTexts([text, .. texts]))[0]);
    }

    [Fact]
    public void The_longest_counts_are_no_matter() =>
        Assert.Equal<double?>([0, 1], Groups.Transform("relative-length", Position).Apply(Groups.OfTokens(0, int.MaxValue)));
}
