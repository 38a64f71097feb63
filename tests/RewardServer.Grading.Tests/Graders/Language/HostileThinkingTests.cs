using RewardServer.Grading.Graders;

namespace RewardServer.Grading.Tests.Graders.Language;

public sealed class HostileThinkingTests(SharedSandbox sandbox)
{
    private const int Size = 400_000;

    // Each would take hours where a part of the text is looked at again and again.
    public static TheoryData<string> Pieces => new(
        "$", "$$", "$a ", "$a\\$", "$$a", "`", "`a``b```c", "\\[", "\\(", "\\begin{align}", "\\begin{align}\\end{align*}", "```\n", "```py\n", "````\n```\n", "~~~\n```\n", "<", "<a", "a/", "a1+", "http://",
        "www.", "a", "aя", "aa я ", "好", "好の", "好 ", "한字", "\u0301", "\u200B", "\ud840\udc00", "\ud840", "'a", "a.", "one two three. ", "。", "- ");

    [Theory]
    [MemberData(nameof(Pieces))]
    public async Task Text_that_goes_on_and_on_is_graded(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, Size / piece.Length));
        Assert.Equal(Outcome.Scored, (await Thinking.GradeAsync(sandbox, Thinking.Of(text), """{"target":"zh"}""")).Outcome);
    }

    [Theory]
    [InlineData("word ")]
    [InlineData("aa я ")]
    [InlineData("eins zwei drei vier я ")]
    public async Task Latin_text_that_goes_on_is_graded_where_languages_are_told_apart(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 20_000 / piece.Length));
        Assert.Equal(Outcome.Scored, (await Thinking.GradeAsync(sandbox, Thinking.Of(text), """{"target":"de"}""")).Outcome);
    }
}
