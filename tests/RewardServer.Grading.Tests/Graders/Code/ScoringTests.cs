using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Code;
using RewardServer.Grading.Graders.Code.Scoring;
using RewardServer.Grading.Graders.Code.TestRuns;

namespace RewardServer.Grading.Tests.Graders.Code;

public sealed class ScoringTests(SharedSandbox sandbox)
{
    private static readonly ImmutableArray<StdioTest> Four =
    [
        new("1", "1") { Group = "small", Weight = 2 },
        new("2", "2") { Group = "small" },
        new("3", "3") { Group = "large", Weight = 4 },
        new("4", "4") { Group = "large" },
    ];

    private static readonly ImmutableArray<TestGroup> Points = [new("small", 30), new("large", 70)];

    [Theory]
    [InlineData(TestScoring.All, 1, 1, 1, 1, 1)]
    [InlineData(TestScoring.All, 1, 1, 1, 0.5, 0)]
    [InlineData(TestScoring.All, 0, 0, 0, 0, 0)]
    [InlineData(TestScoring.Fraction, 1, 1, 1, 1, 1)]
    [InlineData(TestScoring.Fraction, 1, 0, 0, 0, 0.25)]
    [InlineData(TestScoring.Fraction, 0, 0, 1, 0, 0.5)]
    [InlineData(TestScoring.Fraction, 0.5, 0, 0, 1, 0.25)]
    [InlineData(TestScoring.Groups, 1, 1, 1, 1, 1)]
    [InlineData(TestScoring.Groups, 1, 1, 1, 0, 0.3)]
    [InlineData(TestScoring.Groups, 0, 1, 1, 1, 0.7)]
    [InlineData(TestScoring.Groups, 1, 0.5, 0.25, 1, 0.325)]
    [InlineData(TestScoring.Groups, 0, 1, 0, 1, 0)]
    public void Tests_become_a_score(TestScoring scoring, double first, double second, double third, double fourth, double expected)
    {
        double[] earned = [first, second, third, fourth];
        Assert.Equal(expected, Of(scoring, Four, Points, earned), 12);
        Assert.Equal(expected, Of(scoring, [.. Four.Reverse()], Points, [.. earned.Reverse()]), 12);
    }

    [Fact]
    public void Groups_that_are_not_declared_are_of_one_point_each() =>
        Assert.Equal(0.5, Of(TestScoring.Groups, Four, [], [1, 1, 0, 1]));

    [Fact]
    public void A_test_without_a_group_is_one_of_its_own() =>
        Assert.Equal(0.75, Of(TestScoring.Groups, [Four[0], Four[1] with { Group = null, Weight = 3 }], [], [0, 1]));

    [Fact]
    public void What_groups_earned_is_told()
    {
        var task = new CodeTask("python", [.. Four]) { Groups = Points };
        Assert.Equal([new("small", 30, 0.5), new("large", 70, 1)], Score.Groups(task, task.Tests, Reports(Four, [1, 0.5, 1, 1])).ToArray());
        Assert.True(Score.Groups(new("python", []), [new StdioTest("", "")], Reports([new("", "")], [1])).IsDefault);
    }

    [Fact]
    public async Task After_a_failure_the_rest_of_its_group_is_not_run()
    {
        var verdict = await Grade("n = input()\nprint(n if n != '1' else 'x')", new() { Tests = TestScoring.Groups, StopAtFirstFailure = true }, Four);
        Assert.Equal(0.7, verdict.Score);
        Assert.Equal(
            [TestStatus.WrongAnswer, TestStatus.NotRun, TestStatus.Passed, TestStatus.Passed],
            ((CodeDetails)verdict.Details!).Tests.Select(test => test.Status));
    }

    [Fact]
    public async Task Without_groups_all_after_a_failure_are_not_run()
    {
        var verdict = await Grade("n = input()\nprint(n if n != '2' else 'x')", new() { Tests = TestScoring.Fraction, StopAtFirstFailure = true }, [.. Four.Select(test => test with { Group = null })]);
        Assert.Equal(0.25, verdict.Score);
        Assert.Equal(2, ((CodeDetails)verdict.Details!).Tests.Count(test => test.Status == TestStatus.NotRun));
    }

    [Theory]
    [InlineData("n = input()\nprint({'1': 1, '2': 2}.get(n))", true)]
    [InlineData("n = input()\nprint(n if n == '1' else 0)", false)]
    [InlineData("print(input())", false)]
    public async Task One_that_passes_the_visible_tests_alone_is_suspect(string source, bool suspect)
    {
        var verdict = await Grade(source, new(), [.. Four.Select((test, index) => test with { Visible = index < 2 })]);
        Assert.Equal(suspect ? [Signal.HiddenTestGap] : [], verdict.Signals.ToArray());
    }

    private static double Of(TestScoring scoring, ImmutableArray<StdioTest> tests, ImmutableArray<TestGroup> groups, double[] earned)
    {
        var task = new CodeTask("python", [.. tests]) { Groups = groups };
        return Score.Of(scoring, task, task.Tests, Reports(tests, earned));
    }

    private static ImmutableArray<TestReport> Reports(ImmutableArray<StdioTest> tests, double[] earned) =>
        [.. earned.Select((score, index) => new TestReport(index, "stdio", score == 1 ? TestStatus.Passed : TestStatus.WrongAnswer, "")
        {
            Score = score,
            Group = tests[index].Group,
            Measured = new(0, 0, 0, 0),
        })];

    private async Task<Verdict> Grade(string source, CodeOptions options, ImmutableArray<StdioTest> tests)
    {
        sandbox.Need();
        var item = Items.Code(source, [.. tests]);
        var task = (CodeTask)item.Task with { Groups = tests[0].Group is null ? [] : Points };
        return await new CodeGrader(new(), options, sandbox.Pool).GradeAsync(item, task, TestContext.Current.CancellationToken);
    }
}
