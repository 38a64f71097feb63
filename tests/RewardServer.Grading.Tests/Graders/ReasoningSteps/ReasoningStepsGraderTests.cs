using RewardServer.Grading.Graders.ReasoningSteps;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Grading.Tests.Graders.ReasoningSteps;

public sealed class ReasoningStepsGraderTests(SharedSandbox sandbox)
{
    [Theory]
    [InlineData("", 0, 0, 0)]
    [InlineData("Step 1: a\nStep 2: b\n**Step 3:** c", 0, 0, 3)]
    [InlineData("### Step 10. a", 0, 0, 1)]
    [InlineData("1. a\n 2) b\n**3.** c\n> 4. d", 4, 0, 0)]
    [InlineData("- a\n* b\n  • c\n-d\n---\n**e**", 0, 3, 0)]
    [InlineData("First, a. Second, b. Next, c. Finally, d.", 0, 0, 4)]
    [InlineData("3.14 is pi\n2024 was\n1234. x", 0, 0, 0)]
    [InlineData("At first, he. Step by step. HeadFirst, Step 5", 0, 0, 0)]
    [InlineData("首先，设x。其次，代入。最后，得解。", 0, 0, 3)]
    [InlineData("第一步：a\n第二步：b\n步骤3：c\n步骤如下", 0, 0, 3)]
    [InlineData("1、设x\n2、代入", 2, 0, 0)]
    public async Task What_sets_steps_apart_is_counted(string text, int numbered, int bulleted, int worded) =>
        Assert.Equal(new ReasoningStepsDetails(numbered, bulleted, worded), (await Grade("{}", text)).Details);

    [Theory]
    [InlineData("{}", "1. a", 1.0 / 3)]
    [InlineData("{}", "1. a\n2. b\n3. c\n4. d", 1)]
    [InlineData("""{"steps":8}""", "1. a\n2. b", 0.25)]
    [InlineData("""{"part":"thinking","steps":1}""", "<think>a</think>1. b", 0)]
    public async Task Three_of_them_earn_1(string options, string text, double score) =>
        Assert.Equal(score, (await Grade(options, text)).Score);

    [Fact]
    public async Task It_is_a_metric_that_decides_nothing() => Assert.Equal(0, (await Grade("{}", "1. a")).Weight);

    [Fact]
    public void What_is_wrong_with_the_options_is_named() =>
        Assert.Equal(
            new RubricError("components[0].options.steps", "must be from 1 to 1000, but is 0"),
            Assert.Single(GradingByRubric.Errors(sandbox, """{"components":[{"grader":"reasoning-steps","options":{"steps":0}}]}""")));

    [Fact]
    public void Whatever_is_written_is_scored() => PropertiesOfText.IsAlwaysScored(sandbox, """{"grader":"reasoning-steps"}""");

    [Fact]
    public void Half_a_megabyte_of_anything_is_read_at_once() => PropertiesOfText.IsReadAtOnce(sandbox, """{"grader":"reasoning-steps"}""");

    private Task<GradedComponent> Grade(string options, string text) =>
        GradingByRubric.ComponentAsync(sandbox, $$"""{"grader":"reasoning-steps","options":{{options}}}""", Items.Math(text, "5"));
}
