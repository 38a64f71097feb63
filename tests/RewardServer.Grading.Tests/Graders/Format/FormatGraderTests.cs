using RewardServer.Grading.Graders;
using RewardServer.Grading.Extraction;
using RewardServer.Grading.Graders.Format;

namespace RewardServer.Grading.Tests.Graders.Format;

public sealed class FormatGraderTests
{
    [Theory]
    [InlineData("<think>a</think><answer>b</answer>")]
    [InlineData(" <think>a\nb</think>\n\n<answer>b</answer>\n")]
    [InlineData("<think></think> <answer></answer>")]
    public async Task The_template_of_R1_Zero_scores_1(string completion) =>
        Assert.Equal((1.0, "the thinking and the answer stand in their tags"), await Grade(completion));

    [Theory]
    [InlineData("", "<think> is missing")]
    [InlineData("a</think><answer>b</answer>", "<think> is missing")]
    [InlineData("<think>a<answer>b</answer>", "</think> is missing")]
    [InlineData("<think>a</think>b", "<answer> is missing")]
    [InlineData("<think>a</think><answer>b", "</answer> is missing")]
    [InlineData("<think>a<think></think><answer>b</answer>", "<think> stands more than once")]
    [InlineData("<think>a</think><answer>b</answer><answer>c</answer>", "<answer> stands more than once")]
    [InlineData("<answer>b</answer><think>a</think>", "<answer> stands before </think>")]
    [InlineData("<think>a<answer>b</think></answer>", "<answer> stands before </think>")]
    [InlineData("Well <think>a</think><answer>b</answer>", "there is text before <think>")]
    [InlineData("<think>a</think>so<answer>b</answer>", "there is text between </think> and <answer>")]
    [InlineData("<think>a</think><answer>b</answer> QED", "there is text after </answer>")]
    [InlineData("<THINK>a</THINK><answer>b</answer>", "<think> is missing")]
    [InlineData("<think >a</think><answer>b</answer>", "<think> is missing")]
    public async Task Anything_else_scores_0_with_what_is_wrong(string completion, string reason) =>
        Assert.Equal((0.0, reason), await Grade(completion));

    [Fact]
    public async Task A_completion_that_was_cut_off_says_so()
    {
        var verdict = await new FormatGrader(new()).GradeAsync(Items.Math("<think>a", "b") with { Truncated = true }, Verdicts.None, TestContext.Current.CancellationToken);
        Assert.Equal("</think> is missing; the completion was cut off by its length limit", verdict.Reason);
    }

    [Theory]
    [InlineData("a</think><answer>b</answer>", 1)]
    [InlineData("<think>a</think><answer>b</answer>", 0)]
    public async Task A_prompt_that_opened_the_thinking_is_noticed(string completion, double score) =>
        Assert.Equal(score, (await Grade(completion, prompt: "User: 1+1? Assistant: <think>\n")).Score);

    [Fact]
    public async Task A_template_that_opens_the_thinking_unseen_can_be_declared() =>
        Assert.Equal(1, (await Grade("a</think><answer>b</answer>", new() { OpenedInPrompt = OpenedInPrompt.Always })).Score);

    [Fact]
    public async Task Tags_can_be_others()
    {
        var tags = new ThinkTags { ThinkOpen = "[THINKING]", ThinkClose = "[/THINKING]", AnswerOpen = "<final>", AnswerClose = "</final>" };
        Assert.Equal(1, (await Grade("[THINKING]a[/THINKING]<final>b</final>", tags)).Score);
        Assert.Equal((0.0, "[THINKING] is missing"), await Grade("<think>a</think><answer>b</answer>", tags));
    }

    [Theory]
    [InlineData("Thinking: x\n---\nAnswer: 5END", "?", 0)]
    [InlineData("Thinking: x\n---\n\nAnswer: 5END", "?", 1)]
    [InlineData("x\n---\nAnswer: 5END", "Thinking:", 0)]
    [InlineData("x\n---\n\nAnswer: 5END", "Thinking:", 1)]
    public async Task Tags_that_share_their_ends_must_still_stand_apart(string completion, string prompt, double score)
    {
        var tags = new ThinkTags { ThinkOpen = "Thinking:", ThinkClose = "\n---\n", AnswerOpen = "\nAnswer: ", AnswerClose = "END" };
        Assert.Equal(score, (await Grade(completion, tags, prompt)).Score);
    }

    private static async Task<(double? Score, string Reason)> Grade(string completion, ThinkTags? tags = null, string prompt = "?")
    {
        var verdict = await new FormatGrader(tags ?? new()).GradeAsync(Items.Math(completion, "b", prompt), Verdicts.None, TestContext.Current.CancellationToken);
        return (verdict.Score, verdict.Reason);
    }
}
