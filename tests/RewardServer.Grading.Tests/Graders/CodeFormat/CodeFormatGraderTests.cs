using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Grading.Tests.Graders.CodeFormat;

public sealed class CodeFormatGraderTests(SharedSandbox sandbox)
{
    private const string Python = """{"language":"python"}""";
    private const string Only = """{"language":"python","only":true}""";

    [Theory]
    [InlineData("```python\nprint(1)\n```", 1, "the response holds a block in python")]
    [InlineData("Here:\n```py\nprint(1)\n```\nand in C++:\n```cpp\nint x;\n```", 1, "the response holds a block in python")]
    [InlineData("<think>hm</think><answer>```python3\nprint(1)\n```</answer>", 1, "the response holds a block in python")]
    [InlineData("~~~~ Python\nprint(1)\n~~~~", 1, "the response holds a block in python")]
    [InlineData("print(1)", 0, "the response has no fenced block")]
    [InlineData("`print(1)`", 0, "the response has no fenced block")]
    [InlineData("```\nprint(1)\n```", 0, "no fenced block names python")]
    [InlineData("```java\nprint(1)\n```", 0, "no fenced block names python")]
    [InlineData("```python\nprint(1)", 0, "the block in python is never closed")]
    [InlineData("```python\n \n```", 0, "the block in python is empty")]
    [InlineData("<think>```python\nprint(1)\n```</think>", 0, "the response has no fenced block")]
    [InlineData("<think>\n```python\nprint(1)\n```\n", 0, "the response has no fenced block")]
    public async Task A_block_in_the_language_scores_1(string completion, double score, string reason)
    {
        var graded = await Grade(Python, completion);
        Assert.Equal((score, reason), (graded.Score, graded.Reason));
    }

    [Theory]
    [InlineData("```python\nprint(1)\n```", 1, "the response is a block in python")]
    [InlineData("<think>hm</think>\n<answer>\n```python\nprint(1)\n```\n</answer>\n", 1, "the response is a block in python")]
    [InlineData("<think>hm</think><answer>```python\nprint(1)\n```</answer>", 1, "the response is a block in python")]
    [InlineData("Here:\n```python\nprint(1)\n```", 0, "there is text before the block")]
    [InlineData("```python\nprint(1)\n```\nDone.", 0, "there is text after the block")]
    [InlineData("```python\nprint(1)\n```\n```text\n1\n```", 0, "there are 2 fenced blocks")]
    [InlineData("So:<answer>```python\nprint(1)\n```</answer>", 0, "there is text before the block")]
    public async Task Nothing_else_may_be_allowed_beside_it(string completion, double score, string reason)
    {
        var graded = await Grade(Only, completion);
        Assert.Equal((score, reason), (graded.Score, graded.Reason));
    }

    [Fact]
    public async Task The_language_is_the_tasks_where_the_rubric_names_none()
    {
        var item = Items.Code("```python\nprint(1)\n```");
        Assert.Equal(1, (await Grade("{}", item)).Score);
        Assert.Equal(0, (await Grade("{}", item with { Task = new CodeTask("java", []) })).Score);
        Assert.Equal(0, (await Grade("""{"language":"java"}""", item)).Score);
    }

    [Fact]
    public async Task Without_a_language_it_is_skipped_whatever_was_written()
    {
        foreach (var completion in new[] { "```python\nprint(1)\n```", "" })
        {
            var (math, cobol) = (await Grade("{}", completion), await Grade("{}", Items.Code(completion) with { Task = new CodeTask("cobol", []) }));
            Assert.Equal((Outcome.Skipped, "the task has no language of programs, and the rubric names none"), (math.Outcome, math.Reason));
            Assert.Equal((Outcome.Skipped, "'cobol' is not a language this server knows"), (cobol.Outcome, cobol.Reason));
        }
    }

    [Fact]
    public async Task A_completion_that_was_cut_off_says_so() => Assert.Equal(
        "the block in python is never closed; the completion was cut off by its length limit",
        (await Grade("{}", Items.Code("```python\nprint(1)") with { Truncated = true })).Reason);

    [Fact]
    public void A_language_that_is_none_is_named() =>
        Assert.StartsWith(
            "'cobol' is no language of programs that are graded; there are: ",
            Assert.Single(GradingByRubric.Errors(sandbox, """{"components":[{"grader":"code-format","options":{"language":"cobol"}}]}""")) is { Path: "components[0].options.language" } error ? error.Message : "", StringComparison.Ordinal);

    [Fact]
    public void Whatever_is_written_is_scored() => PropertiesOfText.IsAlwaysScored(sandbox, $$"""{"grader":"code-format","options":{{Only}}}""");

    [Fact]
    public void Half_a_megabyte_of_anything_is_read_at_once() => PropertiesOfText.IsReadAtOnce(sandbox, $$"""{"grader":"code-format","options":{{Python}}}""");

    private Task<GradedComponent> Grade(string options, string completion) => Grade(options, Items.Math(completion, "5"));

    private Task<GradedComponent> Grade(string options, Item item) =>
        GradingByRubric.ComponentAsync(sandbox, $$"""{"grader":"code-format","options":{{options}}}""", item);
}
