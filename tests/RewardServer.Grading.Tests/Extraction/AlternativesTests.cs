using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Tests.Extraction;

public sealed class AlternativesTests
{
    [Theory]
    [InlineData(@"\boxed{1} and \boxed{2}", "1, 2")]
    [InlineData(@"$\boxed{1}$ or $\boxed{2}$", "1 or 2")]
    [InlineData(@"$x=\boxed{1}$ or $x=\boxed{2}$", "1 or 2")]
    [InlineData("(a) \\boxed{1}\n(b) \\boxed{2}", "1, 2")]
    [InlineData(@"\boxed{1}\boxed{2}\boxed{3}", "1, 2, 3")]
    [InlineData(@"\boxed{1} \boxed{1}", "1")]
    [InlineData("The answer is \\boxed{1}.\n\nAnother possibility would be \\boxed{2}.", "1 or 2")]
    public void Answers_given_together_are_one_answer(string response, string answer) =>
        Assert.Equal(answer, FinalAnswer.Find(response, new())!.Text);

    [Theory]
    [InlineData(@"\boxed{1}, so \boxed{2}")]
    [InlineData(@"\boxed{1}. No, wait: \boxed{2}")]
    [InlineData(@"\boxed{1} apples. Adding 1 we find \boxed{2}")]
    [InlineData(@"\boxed{1} + 1 = \boxed{2}")]
    [InlineData(@"(a) \boxed{1} (b) We add one to what we had in the first part. Then \boxed{2}")]
    [InlineData(@"\boxed{2} is the result, and not \boxed{1}")]
    public void An_answer_that_takes_the_place_of_another_stands_alone(string response) =>
        Assert.Equal("2", FinalAnswer.Find(response, new())!.Text);

    [Fact]
    public void Answer_tags_are_treated_alike() =>
        Assert.Equal("1 or 2", FinalAnswer.Find("<answer>1</answer> or <answer>2</answer>", new())!.Text);

    [Theory]
    [InlineData("<think>a</think>b<think>c</think>d", "bd")]
    [InlineData("a<think>b", "a")]
    [InlineData("a<think>b<answer>c</answer>", "a<answer>c</answer>")]
    [InlineData("a<think>b</think>c", "c")]
    public void Thinking_anywhere_is_no_response(string completion, string response) =>
        Assert.Equal(response, Response.Of(completion, opened: false, new()).Text);
}
