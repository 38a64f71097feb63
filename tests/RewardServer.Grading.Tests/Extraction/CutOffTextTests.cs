using FsCheck;
using FsCheck.Fluent;
using RewardServer.Grading.Graders.Maths;
using RewardServer.Grading.Rubrics;
using Outcome = RewardServer.Grading.Graders.Outcome;

namespace RewardServer.Grading.Tests.Extraction;

public sealed class CutOffTextTests(SharedSandbox sandbox)
{
    private const string Everywhere = """{"places":["boxed","hash","answer-tag","phrase","bare-answer","environment","last-number"]}""";
    private const string Number = """{"kind":"number","answer":12}""";
    private const string Maths = """{"kind":"math","answer":"12"}""";
    private const string CutOff = "the completion was cut off by its length limit in its answer";

    [Theory]
    [InlineData("The answer is 12")]
    [InlineData("The answer is 12.")]
    [InlineData("The answer is 12 ")]
    [InlineData("#### 12")]
    [InlineData("12")]
    [InlineData("12\n")]
    [InlineData("First 7, and so it must be 12")]
    [InlineData("We sum up all of the parts of it, and it is $x = 12")]
    [InlineData("**Final Answer**\n12")]
    [InlineData("\\boxed{12} or 1")]
    [InlineData("\\boxed{12} or")]
    public async Task An_answer_that_would_be_another_if_the_text_went_on_is_none(string completion)
    {
        foreach (var task in new[] { Number, Maths })
        {
            Assert.Equal(0, (await GradeAsync(task, completion, Everywhere)).Score);
        }
    }

    [Theory]
    [InlineData(@"So \boxed{12}")]
    [InlineData("<answer>12</answer>")]
    [InlineData(@"\boxed{12}, since the answer is 1")]
    [InlineData("#### 12\n")]
    [InlineData("#### 12\nThat is beca")]
    [InlineData("The answer is 12. To see why, note tha")]
    [InlineData("The answer is 12.\n")]
    [InlineData("It follows that $12$.")]
    public async Task An_answer_that_stands_whatever_follows_is_one(string completion)
    {
        foreach (var task in new[] { Number, Maths })
        {
            Assert.Equal(1, (await GradeAsync(task, completion, Everywhere)).Score);
        }
    }

    [Theory]
    [InlineData("The answer is 12")]
    [InlineData("#### 12")]
    [InlineData("12")]
    public async Task What_was_not_cut_off_is_read_to_its_end(string completion) =>
        Assert.Equal(1, (await Answering.GradeAsync(sandbox, Number, completion, Everywhere)).Score);

    [Theory]
    [InlineData("""{"kind":"choice","answer":"B","choices":["Lon","Paris","London"]}""", "The answer is B")]
    [InlineData("""{"kind":"choice","answer":"A","choices":["Lon","Paris","London"]}""", "The answer is Lon")]
    [InlineData("""{"kind":"choice","answer":"B","choices":["Lon","Paris","London"]}""", "B")]
    [InlineData("""{"kind":"text","answer":"Lon"}""", "#### Lon")]
    [InlineData("""{"kind":"pattern","pattern":"[0-9]+"}""", "#### 12")]
    [InlineData("""{"kind":"logic","puzzle":{"kind":"countdown","numbers":[3,4,5],"target":12}}""", "3 + 4 + 5")]
    public async Task Every_kind_of_answer_may_be_cut_off(string task, string completion)
    {
        var graded = await GradeAsync(task, completion);
        Assert.Equal((Outcome.Scored, 0.0, CutOff), (graded.Outcome, graded.Score, graded.Reason));
        Assert.Equal(1, (await Answering.GradeAsync(sandbox, task, completion)).Score);
    }

    [Theory]
    [InlineData("""{"kind":"json","answer":{"a":1}}""", "{\"a\":1}")]
    [InlineData("""{"kind":"json","answer":{"a":1}}""", "```json\n{\"a\":1}\n```")]
    [InlineData("""{"kind":"choice","answer":"B","choices":["one","two"]}""", "The answer is (B). I know thi")]
    [InlineData("""{"kind":"logic","puzzle":{"kind":"countdown","numbers":[3,4,5],"target":12}}""", @"\boxed{3 + 4 + 5}")]
    public async Task What_says_where_it_ends_is_whole(string task, string completion) => Assert.Equal(1, (await GradeAsync(task, completion)).Score);

    [Fact]
    public async Task The_details_show_what_was_cut_off()
    {
        var graded = await GradeAsync(Maths, "#### 12");
        var details = Assert.IsType<MathsDetails>(graded.Details);
        Assert.Equal((CutOff, "12", "hash", null), (graded.Reason, details.Extracted, details.Source, details.Stage));
    }

    [Fact]
    public void No_prefix_of_an_answer_that_is_longer_earns_anything() =>
        Prop.ForAll(ArbMap.Default.ArbFor<ushort>(), value =>
        {
            var (whole, part) = ($"The answer is {value}{value}", $"The answer is {value}");
            Assert.StartsWith(part, whole, StringComparison.Ordinal);
            var graded = GradeAsync(FormattableString.Invariant($$"""{"kind":"number","answer":{{value}}}"""), part, Everywhere).GetAwaiter().GetResult();
            return graded.Score == 0;
        }).QuickCheckThrowOnFailure();

    private Task<GradedComponent> GradeAsync(string task, string completion, string options = "{}") => GradingByRubric.ComponentAsync(
        sandbox, $$"""{"grader":"accuracy","options":{{options}}}""", Answering.Item(task, completion) with { Truncated = true });
}
