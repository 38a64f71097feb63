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
    public async Task Accuracy_reports_it()
    {
        var graded = await GradingByRubric.ComponentAsync(sandbox, """{"grader":"accuracy"}""", Items.Math($"<think>a</think>{Prompt} \\boxed{{3}}", "3", Prompt));
        Assert.Equal(1, graded.Score);
        Assert.Equal([Signal.CopiedPrompt], graded.Signals);
    }
}
