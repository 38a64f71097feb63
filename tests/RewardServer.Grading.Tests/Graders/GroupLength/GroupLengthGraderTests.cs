using FsCheck.Fluent;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.GroupLength;
using RewardServer.Grading.Graders.Length;

namespace RewardServer.Grading.Tests.Graders.GroupLength;

public sealed class GroupLengthGraderTests(SharedSandbox sandbox)
{
    private const string Rubric = """{"components":[{"grader":"accuracy"},{"grader":"group-length"}]}""";

    [Fact]
    public async Task The_shortest_right_answer_earns_a_half_and_no_wrong_one_anything()
    {
        Item[] items = [Answer("5", 100), Answer("5", 150), Answer("5", 300), Answer("6", 100), Answer("6", 250), Answer("6", 300)];
        Assert.Equal([0.5, 0.25, -0.5, 0, -0.25, -0.5], await Scores(items));
    }

    [Fact]
    public async Task Where_all_are_equally_long_none_earns_anything() =>
        Assert.Equal([0, 0, 0], await Scores([Answer("5", 7), Answer("6", 7), Answer("5", 7)]));

    [Fact]
    public async Task One_that_was_cut_off_is_no_shorter_than_the_longest() =>
        Assert.Equal([-0.5, 0.5, -0.5], await Scores([Answer("5", 100) with { Truncated = true }, Answer("5", 200), Answer("5", 300)]));

    [Fact]
    public async Task Prompts_are_compared_apart() =>
        Assert.Equal([0.5, 0, -0.5, 0], await Scores([Answer("5", 1), Answer("5", 9) with { Prompt = "other" }, Answer("5", 2), Answer("5", 50) with { Group = "g" }]));

    [Fact]
    public async Task Where_one_has_no_tokens_words_are_counted_for_all()
    {
        var graded = await GradingByRubric.GradeAsync(sandbox, Rubric, [Items.Math("so it is \\boxed{5}", "5"), Answer("5", 1000)]);
        Assert.Equal([new GroupLengthDetails(4, LengthUnit.Words, 1, 4), new GroupLengthDetails(1, LengthUnit.Words, 1, 4)], graded.Select(item => item.Components[1].Details));
        Assert.Equal([-0.5, 0.5], graded.Select(item => item.Components[1].Score));
    }

    [Fact]
    public async Task An_answer_that_was_not_judged_has_the_same_outcome_and_still_counts_for_what_is_long()
    {
        var graded = await GradingByRubric.GradeAsync(sandbox, Rubric, [Answer("5", 1), Answer("5", 2), Answer("5", 3) with { Task = new MathTask("5 +") }]);
        Assert.Equal([(Outcome.Scored, 0.5), (Outcome.Scored, 0), (Outcome.Skipped, null)], graded.Select(item => (item.Components[1].Outcome, item.Components[1].Score)));
    }

    [Fact]
    public void It_must_come_after_what_says_what_is_right() =>
        Assert.Equal(
            "components[0].options.of",
            Assert.Single(GradingByRubric.Errors(sandbox, """{"components":[{"grader":"group-length"},{"grader":"accuracy"}]}""")).Path);

    [Fact]
    public void The_order_of_a_group_changes_nothing_and_a_longer_answer_never_earns_more() => PropertiesOfText.Holds(
        from answers in Gen.Elements("5", "6").SelectMany(answer => Gen.Choose(0, 1000).Select(tokens => Answer(answer, tokens))).NonEmptyListOf()
        from shuffled in Gen.Shuffle(Enumerable.Range(0, answers.Count).ToArray())
        select (Answers: answers.ToArray(), Order: shuffled),
        at =>
        {
            var scores = Scores(at.Answers).GetAwaiter().GetResult();
            var moved = Scores([.. at.Order.Select(i => at.Answers[i])]).GetAwaiter().GetResult();
            var byLength = at.Answers.Zip(scores).Where(pair => pair.First.CompletionText!.Contains('5')).OrderBy(pair => pair.First.CompletionTokens).Select(pair => pair.Second).ToArray();
            return at.Order.Select(i => scores[i]).SequenceEqual(moved)
                && byLength.SequenceEqual(byLength.OrderDescending())
                && scores.All(score => score is >= -0.5 and <= 0.5);
        },
        tests: 100);

    private static Item Answer(string answer, int tokens) => Items.Math($@"\boxed{{{answer}}}", "5") with { CompletionTokens = tokens };

    private async Task<double?[]> Scores(Item[] items) =>
        [.. (await GradingByRubric.GradeAsync(sandbox, Rubric, items)).Select(item => item.Components[1].Score)];
}
