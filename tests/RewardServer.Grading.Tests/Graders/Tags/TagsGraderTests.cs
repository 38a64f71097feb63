using FsCheck.Fluent;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Grading.Tests.Graders.Tags;

public sealed class TagsGraderTests(SharedSandbox sandbox)
{
    private static readonly string[] InOrder = ["<think>", "</think>", "<answer>", "</answer>"];

    [Theory]
    [InlineData("<think>a</think><answer>b</answer>", 1, "4 of 4 tags stand once")]
    [InlineData("</answer> x <answer></think><think>", 1, "4 of 4 tags stand once")]
    [InlineData("<think>a</think> b", 0.5, "2 of 4 tags stand once; <answer> is missing")]
    [InlineData("<think>a<think>b</think><answer>c</answer>", 0.75, "3 of 4 tags stand once; <think> stands more than once")]
    [InlineData("<think>a</think><answer>b</answer><answer>c</answer>", 0.5, "2 of 4 tags stand once; <answer> stands more than once")]
    [InlineData("<THINK>a</ think>", 0, "0 of 4 tags stand once; <think> is missing")]
    [InlineData("", 0, "0 of 4 tags stand once; <think> is missing")]
    public async Task Each_tag_that_stands_once_earns_a_quarter(string completion, double score, string reason)
    {
        var graded = await Grade("{}", completion);
        Assert.Equal((score, reason), (graded.Score, graded.Reason));
    }

    [Theory]
    [InlineData("a</think><answer>b</answer>", 1)]
    [InlineData("a</think>", 1.0 / 3)]
    [InlineData("<think>a</think>", 1.0 / 3)]
    public async Task Where_the_prompt_opened_the_thinking_there_are_three(string completion, double score) =>
        Assert.Equal(score, (await Grade("{}", completion, prompt: "1+1? <think>\n")).Score);

    [Theory]
    [InlineData("<think>\na\n</think>\n<answer>\nb\n</answer>", 1)]
    [InlineData("<think>\r\na\r\n</think>\r\n<answer>\r\nb\r\n</answer>", 1)]
    [InlineData("<think>a\n</think>\n<answer>\nb\n</answer>", 0.75)]
    [InlineData("<think>\na\n</think> <answer>\nb\n</answer>", 0.5)]
    [InlineData("<think>\na\n</think>\n<answer>b</answer>", 0.5)]
    public async Task Line_breaks_around_them_may_be_asked_for(string completion, double score) =>
        Assert.Equal(score, (await Grade("""{"ownLines":true}""", completion)).Score);

    [Fact]
    public async Task The_tags_are_those_of_the_rubric()
    {
        const string Rubric = """{"tags":{"thinkOpen":"[T]","thinkClose":"[/T]"},"components":[{"grader":"tags"}]}""";
        Assert.Equal(0.5, (await GradingByRubric.GradeAsync(sandbox, Rubric, Items.Math("[T]a[/T]</think>", "5"))).Reward);
    }

    [Fact]
    public void An_option_that_is_none_is_named() =>
        Assert.Equal(
            new RubricError("components[0].options.lines", "is not a known member"),
            Assert.Single(GradingByRubric.Errors(sandbox, """{"components":[{"grader":"tags","options":{"lines":true}}]}""")));

    [Theory]
    [InlineData("false")]
    [InlineData("true")]
    public void A_tag_that_was_missing_never_lowers_the_score(string ownLines)
    {
        var rubric = GradingByRubric.Compile(sandbox, $$$"""{"components":[{"grader":"tags","options":{"ownLines":{{{ownLines}}}}}]}""");
        PropertiesOfText.Holds(
            from before in PropertiesOfText.Texts from after in PropertiesOfText.Texts select (before, after),
            at =>
            {
                var missing = Array.Find(InOrder, tag => !(at.before + at.after).Contains(tag, StringComparison.Ordinal));
                return missing is null
                    || PropertiesOfText.Grade(rubric, at.before + at.after).Score <= PropertiesOfText.Grade(rubric, $"{at.before}\n{missing}\n{at.after}").Score;
            });
    }

    [Fact]
    public void Whatever_is_written_is_scored() => PropertiesOfText.IsAlwaysScored(sandbox, """{"grader":"tags"}""");

    [Fact]
    public void Half_a_megabyte_of_anything_is_read_at_once() => PropertiesOfText.IsReadAtOnce(sandbox, """{"grader":"tags"}""");

    private Task<GradedComponent> Grade(string options, string completion, string prompt = "?") =>
        GradingByRubric.ComponentAsync(sandbox, $$"""{"grader":"tags","options":{{options}}}""", Items.Math(completion, "5", prompt));
}
