using RewardServer.Grading.Graders.Reflection;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Grading.Tests.Graders.Reflection;

public sealed class ReflectionGraderTests(SharedSandbox sandbox)
{
    [Theory]
    [InlineData("Wait, that is odd. But wait! Hmm... WAIT", "but wait=1 hmm=1 wait=2")]
    [InlineData("They wait for the waiter, and the wait is long.", "")]
    [InlineData("Let me double-check: 5. let me Double check.", "let me double-check=2")]
    [InlineData("Let’s check. let's check", "let's check=2")]
    [InlineData("so — wait — no.\nactually, yes", "actually=1 wait=1")]
    [InlineData("Let me. Check it. I rechecked, we reconsiders", "")]
    [InlineData("等等，不对。再检查一遍。苹果、香蕉等等。", "不对=1 再检查=1 等等=1")]
    [InlineData("不对称的图形", "")]
    [InlineData("等一下，讓我檢查。", "等一下=1 讓我檢查=1")]
    [InlineData("Moment mal, das stimmt nicht. Moment! Das Moment of inertia", "das stimmt nicht=1 moment=1 moment mal=1")]
    [InlineData("ATTENDEZ, vérifions. À la réflexion", "attendez=1 vérifions=1 à la réflexion=1")]
    [InlineData("Espera, me equivoqué.", "espera=1 me equivoqué=1")]
    [InlineData("ちょっと待って。彼は待っている。確認してみよう", "ちょっと待って=1 確認してみ=1")]
    [InlineData("잠깐만, 다시 확인하자", "다시 확인=1 잠깐만=1")]
    [InlineData("Подождите, что-то не так.", "подождите=1 что-то не так=1")]
    public async Task Phrases_of_doubt_are_counted_in_the_thinking(string thinking, string found)
    {
        var graded = await Grade($"<think>{thinking}</think> Wait, hmm.");
        var details = Assert.IsType<ReflectionDetails>(graded.Details);
        Assert.Equal(found, string.Join(' ', details.Phrases.Select(phrase => $"{phrase.Key}={phrase.Value}")));
        Assert.Equal(Math.Min(1, details.Phrases.Count / 3.0), graded.Score);
    }

    [Fact]
    public async Task They_are_counted_among_words()
    {
        var details = Assert.IsType<ReflectionDetails>((await Grade("<think>Wait, let me double-check: 等等，好 x=5.</think>")).Details);
        Assert.Equal((3, 10, 300), (details.Count, details.Words, details.PerThousandWords));
    }

    [Fact]
    public async Task To_say_one_again_and_again_earns_nothing_more() =>
        Assert.Equal(1.0 / 3, (await Grade($"<think>{string.Concat(Enumerable.Repeat("Wait. ", 100))}</think>")).Score);

    [Fact]
    public async Task What_never_thought_has_none()
    {
        var graded = await Grade("Wait.");
        Assert.Equal((0.0, "0 phrases of reflection, 0 of them different, in 0 words", 0.0), (graded.Score, graded.Reason, graded.Weight));
        Assert.Equal(1.0 / 3, (await Grade("Wait.", """{"part":"whole"}""")).Score);
    }

    [Fact]
    public void What_is_wrong_with_the_options_is_named() =>
        Assert.Equal(
            new RubricError("components[0].options.phrases", "is not a known member"),
            Assert.Single(GradingByRubric.Errors(sandbox, """{"components":[{"grader":"reflection","options":{"phrases":[]}}]}""")));

    [Fact]
    public void Whatever_is_written_is_scored() => PropertiesOfText.IsAlwaysScored(sandbox, """{"grader":"reflection"}""");

    [Fact]
    public void Half_a_megabyte_of_anything_is_read_at_once() => PropertiesOfText.IsReadAtOnce(sandbox, """{"grader":"reflection"}""");

    private Task<GradedComponent> Grade(string text, string options = "{}") =>
        GradingByRubric.ComponentAsync(sandbox, $$"""{"grader":"reflection","options":{{options}}}""", Items.Math(text, "5"));
}
