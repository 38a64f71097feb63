using RewardServer.Grading.Extraction;

namespace RewardServer.Grading.Tests.Extraction;

public sealed class AnswerPlacesTests
{
    [Theory]
    [InlineData(@"so $x=4$ and \boxed{5}", "5", "boxed")]
    [InlineData("It is 4.\n#### 5", "5", "hash")]
    [InlineData("<answer>5</answer> of 6", "5", "answer-tag")]
    [InlineData("We add 2 and 3. The answer is 5.", "5", "phrase")]
    [InlineData("The answer is 5. That was 3 steps.", "5", "phrase")]
    [InlineData("the answer is $\\frac{1}{2}$, as 3.5 is 7/2. Done", "$\\frac{1}{2}$", "phrase")]
    [InlineData("Some work.\n\n**Answer:** 5", "5", "phrase")]
    [InlineData("Some work.\n\n**Final Answer**: $5$", "$5$", "phrase")]
    [InlineData("Some work.\n\n## Final Answer\n\n5 apples\n", "5 apples", "phrase")]
    [InlineData("Final answer = 5", "5", "phrase")]
    [InlineData("The answer to this problem is 5", "5", "phrase")]
    [InlineData("So the answer is **5**.", "5**", "phrase")]
    [InlineData("The final answer is:\n\\[\nx = 5\n\\]\nas 2+3 shows", "\\[\nx = 5\n\\]", "phrase")]
    [InlineData("The answer is 1. No: the answer is 5.", "5", "phrase")]
    [InlineData("The answer is $1$ or $2$.", "$1$ or $2$", "phrase")]
    [InlineData("The answer is 4:30 p.m. on Monday.", "4:30 p.m. on Monday", "phrase")]
    [InlineData("x^2 + 1", "x^2 + 1", "bare-answer")]
    [InlineData("5 apples", "5 apples", "bare-answer")]
    [InlineData("First $a=2$ and then it follows that $b=3$ holds.", "$b=3$", "environment")]
    [InlineData("Then it follows that one has $1$ or $2$ in all.", "$1$ or $2$", "environment")]
    [InlineData("It costs $5 and later it costs $6 in all, so the sum of both is $11 now.", "$11", "last-number")]
    [InlineData("We see that it must be\n\\begin{align*}\nx &= 2\n\\end{align*}", "\\begin{align*}\nx &= 2\n\\end{align*}", "environment")]
    [InlineData("There are 3 boys and then 1,234 girls in the whole school.", "1,234", "last-number")]
    [InlineData("That leaves them with a share of 3/4 for every child.", "3/4", "last-number")]
    [InlineData("This comes to a total increase of -2.5% over the whole year.", "-2.5%", "last-number")]
    public void A_whole_response_is_searched(string response, string answer, string source)
    {
        var found = FinalAnswer.Find(response, new(), AnswerPlaces.WholeResponse)!;
        Assert.Equal((answer, source), (found.Text.Trim('.', ' '), found.Source));
    }

    [Theory]
    [InlineData("")]
    [InlineData("I do not know what one could say about this question")]
    [InlineData("The answer is")]
    public void Nothing_is_found_where_there_is_no_answer(string response) =>
        Assert.True(FinalAnswer.Find(response, new(), AnswerPlaces.WholeResponse) is null or { Source: "bare-answer" });

    [Fact]
    public void The_order_decides()
    {
        const string response = @"The answer is 4. \boxed{5} $6$";
        string? In(params AnswerPlace[] order) => FinalAnswer.Find(response, new(), new([.. order]))?.Text;
        Assert.Equal(
            ["4", "5", "$6$", "$6"],
            [In(AnswerPlace.Phrase, AnswerPlace.Boxed), In(AnswerPlace.Boxed), In(AnswerPlace.Hash, AnswerPlace.Environment), In(AnswerPlace.LastNumber)]);
        Assert.Null(In(AnswerPlace.Hash));
    }

    [Theory]
    [InlineData("$a ")]
    [InlineData("$$")]
    [InlineData("\\(")]
    [InlineData("\\begin{align*}")]
    [InlineData("the answer is ")]
    [InlineData("answer to a ")]
    [InlineData("**Answer")]
    [InlineData("answer\n\n")]
    [InlineData("1,234")]
    [InlineData("1/")]
    [InlineData("\\$")]
    [InlineData("$x$, ")]
    [InlineData("```\n")]
    [InlineData("```python\nx\n```\n")]
    [InlineData("<!--")]
    [InlineData("<s>a</s>")]
    [InlineData(" ~~a~~")]
    [InlineData("#### Step\n")]
    [InlineData("#### Step ")]
    [InlineData("<answer>5</answer>")]
    [InlineData("</answer>")]
    [InlineData("\\boxed{1} or ")]
    [InlineData("% a\n")]
    [InlineData("\\def\\box ")]
    [InlineData("Answer: 5\nQ:")]
    [InlineData("or answer: 5 ")]
    [InlineData("<think></think>")]
    public async Task A_megabyte_of_anything_is_searched_in_no_time(string part)
    {
        var text = "long " + string.Concat(Enumerable.Repeat(part, 1_000_000 / part.Length));
        var search = Task.Run(() => AnswerPlaces.WholeResponse.Order.Select(p => FinalAnswer.Find(text, new(), new([p]))).ToList());
        // What is not linear takes hours; a busy machine, some seconds.
        await search.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void The_default_looks_only_where_an_answer_is_marked() =>
        Assert.Equal([AnswerPlace.Boxed, AnswerPlace.Hash, AnswerPlace.AnswerTag], AnswerPlaces.Marked.Order.AsEnumerable());
}
