using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Tests.Extraction;

public sealed class FinalAnswerTests
{
    [Theory]
    [InlineData(@"so \boxed{5}", "5", "boxed")]
    [InlineData(@"first \boxed{4}, no, \boxed{5}.", "5", "boxed")]
    [InlineData(@"\boxed{\frac{1}{\sqrt{2}}}", @"\frac{1}{\sqrt{2}}", "boxed")]
    [InlineData(@"\boxed {7}", "7", "boxed")]
    [InlineData(@"\fbox{8}", "8", "boxed")]
    [InlineData(@"\boxed{\{1, 2\}}", @"\{1, 2\}", "boxed")]
    [InlineData(@"\boxed{\boxed{9}}", @"\boxed{9}", "boxed")]
    [InlineData(@"\boxed{3} and then cut off \boxed{\frac{1}", "3", "boxed")]
    [InlineData("<answer> 42 </answer>", "42", "answer-tag")]
    [InlineData(@"<answer>It is \boxed{6}.</answer>", "6", "boxed")]
    [InlineData("<answer>Long way.\n#### 12</answer>", "12", "hash")]
    [InlineData("18 - 3 = <<18-3=15>>15\n#### 15", "15", "hash")]
    [InlineData("#### 1\n#### 2\nmore", "2", "hash")]
    [InlineData(@"#### 1 but \boxed{2}", "2", "boxed")]
    public void The_answer_is_found(string response, string answer, string source)
    {
        var found = FinalAnswer.Find(response, new())!;
        Assert.Equal((answer, source), (found.Text, found.Source));
    }

    [Theory]
    [InlineData("")]
    [InlineData("the answer is 5")]
    [InlineData(@"\boxed 5")]
    [InlineData(@"\boxed{5")]
    [InlineData("<answer>5")]
    [InlineData("5</answer>")]
    public void Nothing_is_found_where_nothing_is_marked(string response) =>
        Assert.Null(FinalAnswer.Find(response, new()));

    [Fact]
    public void Different_boxes_are_counted() =>
        Assert.Equal(2, FinalAnswer.Find(@"\boxed{1} or \boxed{2} or \boxed{1}", new())!.Distinct);

    [Fact]
    public void A_million_open_boxes_are_no_answer_and_take_no_time() =>
        Assert.Null(FinalAnswer.Find(string.Concat(Enumerable.Repeat(@"\boxed{", 1_000_000)), new()));

    [Fact]
    public void A_hundred_thousand_nested_boxes_are_one_answer() =>
        Assert.Equal(1, FinalAnswer.Find(string.Concat(Enumerable.Repeat(@"\boxed{", 100_000)) + new string('}', 100_000), new())!.Distinct);
}
