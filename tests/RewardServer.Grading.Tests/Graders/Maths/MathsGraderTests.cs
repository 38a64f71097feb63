using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Accuracy;
using RewardServer.Grading.Graders.Maths;

namespace RewardServer.Grading.Tests.Graders.Maths;

public sealed class MathsGraderTests
{
    [Theory]
    [InlineData(@"<think>hm</think><answer>\boxed{\frac{1}{2}}</answer>", "0.5", 1)]
    [InlineData("<think>hm</think><answer>1,000 dollars</answer>", "1000", 1)]
    [InlineData("#### 18", "18", 1)]
    [InlineData("#### 19", "18", 0)]
    [InlineData(@"\boxed{50\%}", @"50\%", 1)]
    [InlineData(@"\boxed{3.14}", @"\pi", 0)]
    [InlineData(@"\boxed{2\sqrt{2}}", @"\sqrt{8}", 1)]
    [InlineData("#### 18", "She makes 9 * 2 = $18 a day.\n#### 18", 1)]
    [InlineData(@"\boxed{18}", @"So there are $\boxed{18}$ of them, and not 19.", 1)]
    [InlineData(@"\boxed{1} and \boxed{2}", "1, 2", 1)]
    [InlineData(@"\boxed{1} or \boxed{2}", "2", 0)]
    [InlineData(@"<think>a</think> 6 <think>\boxed{5}</think>", "5", 0)]
    [InlineData(@"\boxed{6} <!-- \boxed{5} -->", "5", 0)]
    [InlineData(@"\boxed{6} is right. The answer is not \boxed{5}.", "5", 0)]
    public void The_final_answer_is_compared_as_mathematics(string completion, string gold, double score) =>
        Assert.Equal(score, Grade(completion, gold).Score);

    [Fact]
    public void No_answer_scores_0() => Assert.Equal(0, Grade("I do not know", "5").Score);

    [Fact]
    public void An_answer_only_in_the_thinking_scores_0_with_a_signal()
    {
        var verdict = Grade(@"<think>\boxed{5}</think> so there", "5");
        Assert.Equal(0, verdict.Score);
        Assert.Contains(Signal.AnswerOnlyInThinking, verdict.Signals);
    }

    [Fact]
    public void Different_boxes_carry_a_signal() =>
        Assert.Contains(Signal.SeveralAnswerBlocks, Grade(@"\boxed{4} or \boxed{5}", "5").Signals);

    [Theory]
    [InlineData(@"\boxed{5}")]
    [InlineData("no answer at all")]
    [InlineData(@"\boxed{\frac{}{}}")]
    public void A_gold_that_does_not_parse_is_skipped_whatever_the_candidate_wrote(string completion)
    {
        var verdict = Grade(completion, @"\frac{}{}");
        Assert.Equal((Outcome.Skipped, null), (verdict.Outcome, verdict.Score));
    }

    [Fact]
    public void A_million_parentheses_score_0() =>
        Assert.Equal(0, Grade($@"\boxed{{{new string('(', 1_000_000)}}}", "5").Score);

    [Fact]
    public void The_details_show_what_was_read()
    {
        var details = Assert.IsType<MathsDetails>(Grade(@"\boxed{\frac{2}{4}}", "0.5").Details);
        Assert.Equal((@"\frac{2}{4}", "boxed"), (details.Extracted, details.Source));
        Assert.NotNull(details.Prediction);
        Assert.NotNull(details.Gold);
    }

    [Theory]
    [InlineData("""{"places": ["phrase"]}""", "so the answer is 5.", "5", 1)]
    [InlineData("""{"places": ["hash", "boxed"]}""", "#### 5\n\\boxed{6}", "5", 1)]
    [InlineData("""{"places": ["boxed", "last-number"]}""", "so there are 5 in all", "5", 1)]
    [InlineData("""{"orderedLists": true}""", @"\boxed{2, 1}", "1, 2", 0)]
    [InlineData("{}", @"\boxed{2, 1}", "1, 2", 1)]
    [InlineData("""{"strictUnits": true}""", @"\boxed{5}", @"5\text{ cm}", 0)]
    [InlineData("""{"strictUnits": true}""", @"\boxed{50\text{ mm}}", @"5\text{ cm}", 1)]
    [InlineData("{}", @"\boxed{5}", @"5\text{ cm}", 1)]
    public async Task Options_say_where_to_look_and_how_strictly(string options, string completion, string gold, double score)
    {
        var read = JsonSerializer.Deserialize<AccuracyOptions>(options, ItemJson.Options)!;
        var grader = new MathsGrader(new(), new(read.Places), read.ToMathOptions());
        Assert.Equal(score, (await grader.GradeAsync(Items.Math(completion, gold), new MathTask(gold), TestContext.Current.CancellationToken)).Score);
    }

    [Theory]
    [InlineData("<answer>```\n5\n```</answer>", 1)]
    [InlineData("<answer>```\n5\n```\n</answer>", 1)]
    [InlineData("<answer>\n```\n5\n```</answer>", 1)]
    [InlineData("<answer>```\n6\n```</answer>", 0)]
    public void A_fence_whose_line_is_shared_with_a_tag_hides_no_answer(string completion, double score) =>
        Assert.Equal(score, Grade(completion, "5").Score);

    [Theory]
    [InlineData("""{"relativeTolerance": 0.6}""", "$.relativeTolerance")]
    [InlineData("""{"absoluteTolerance": -1}""", "$.absoluteTolerance")]
    [InlineData("""{"places": []}""", "$.places")]
    public void Options_out_of_range_are_named(string options, string path)
    {
        var read = JsonSerializer.Deserialize<AccuracyOptions>(options, ItemJson.Options)!;
        Assert.Equal(path, Assert.Throws<JsonException>(() => read.ToMathOptions()).Path);
    }

    private static Verdict Grade(string completion, string gold) =>
        new MathsGrader(new()).GradeAsync(Items.Math(completion, gold), new MathTask(gold), CancellationToken.None).AsTask().Result;
}
