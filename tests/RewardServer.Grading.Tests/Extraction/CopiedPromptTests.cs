using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders;

namespace RewardServer.Grading.Tests.Extraction;

public sealed class CopiedPromptTests(SharedSandbox sandbox)
{
    private const string Prompt = """
        A train leaves the station at nine in the morning and goes at sixty miles an hour. Another one leaves two hours later, from the same
        station and on the same track, at ninety miles an hour. At what time does the second train reach the first one?
        """;

    [Theory]
    [InlineData("")]
    [InlineData("The answer is as follows. ")]
    public void What_says_little_but_its_prompt_is_a_copy(string before) => Assert.True(new CopiedPrompt(Prompt).Says(before + Prompt));

    [Fact]
    public void Case_and_signs_do_not_hide_a_copy() => Assert.True(new CopiedPrompt(Prompt).Says(Prompt.ToUpperInvariant().Replace(' ', '*')));

    [Theory]
    [InlineData("The second train reaches the first one at three in the afternoon.")]
    [InlineData("Another one leaves two hours later, from the same station and on the same track. So after t hours of the second train the first has gone 60(t + 2) miles and the second 90 t; the two are equal at t = 4, which is three in the afternoon, since the second left at eleven.")]
    [InlineData("")]
    public void What_answers_is_no_copy_though_it_restates_a_part(string response) => Assert.False(new CopiedPrompt(Prompt).Says(response));

    [Fact]
    public void A_short_prompt_is_no_measure() => Assert.False(new CopiedPrompt("What is 2 + 3?").Says("What is 2 + 3?"));

    [Fact]
    public void Characters_without_spaces_are_words_of_their_own()
    {
        const string Chinese = "一列火车早上九点从车站出发，每小时行驶六十英里。两小时后另一列火车从同一车站沿同一轨道出发，每小时行驶九十英里。";
        Assert.True(new CopiedPrompt(Chinese).Says(Chinese));
        Assert.False(new CopiedPrompt(Chinese).Says("第二列火车下午三点追上第一列，因为它每小时多走三十英里，而第一列已经走了一百二十英里，所以需要四个小时。"));
    }

    [Fact]
    public void A_megabyte_is_read_in_passing()
    {
        var flood = new string('a', 500_000) + string.Concat(Enumerable.Repeat(" a", 250_000));
        Assert.InRange(new CopiedPrompt(flood).ShareOf(flood), 0.99, 1);
    }

    [Fact]
    public async Task Accuracy_reports_it()
    {
        var graded = await GradingByRubric.ComponentAsync(sandbox, """{"grader":"accuracy"}""", Items.Math($"<think>a</think>{Prompt} \\boxed{{3}}", "3", Prompt));
        Assert.Equal(1, graded.Score);
        Assert.Equal([Signal.CopiedPrompt], graded.Signals);
    }
}
