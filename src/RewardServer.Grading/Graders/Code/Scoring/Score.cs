using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code.TestRuns;

namespace RewardServer.Grading.Graders.Code.Scoring;

/// <summary>Makes a score of what became of the tests.</summary>
public static class Score
{
    /// <summary>From 0 to 1.</summary>
    /// <param name="scoring">How.</param>
    /// <param name="task">The task, with its groups.</param>
    /// <param name="tests">The tests, the generated ones last.</param>
    /// <param name="reports">What became of each.</param>
    public static double Of(TestScoring scoring, CodeTask task, ImmutableArray<TestCase> tests, ImmutableArray<TestReport> reports) => scoring switch
    {
        TestScoring.All => reports.All(report => report.Score == 1) ? 1 : 0,
        TestScoring.Fraction => tests.Zip(reports, (test, report) => test.Weight * report.Score).Sum() / tests.Sum(test => test.Weight),
        _ => OfGroups(task, tests, reports),
    };

    /// <summary>What each group earned; default where no test names one.</summary>
    public static ImmutableArray<GroupScore> Groups(CodeTask task, ImmutableArray<TestCase> tests, ImmutableArray<TestReport> reports) =>
        tests.All(test => test.Group is null) ? default
            : [.. Declared(task, tests).Select(group => new GroupScore(
                group.Name, group.Points, reports.Where((_, index) => tests[index].Group == group.Name).Min(report => report.Score)))];

    private static double OfGroups(CodeTask task, ImmutableArray<TestCase> tests, ImmutableArray<TestReport> reports)
    {
        var groups = Groups(task, tests, reports);
        var alone = tests.Zip(reports).Where(pair => pair.First.Group is null).Select(pair => (pair.First.Weight, pair.Second.Score));
        var all = (groups.IsDefault ? [] : groups.Select(group => (group.Points, group.Score))).Concat(alone).ToList();
        return all.Sum(part => part.Item1 * part.Item2) / all.Sum(part => part.Item1);
    }

    private static IEnumerable<TestGroup> Declared(CodeTask task, ImmutableArray<TestCase> tests) =>
        task.Groups.Length > 0 ? task.Groups : tests.Select(test => test.Group).OfType<string>().Distinct().Select(name => new TestGroup(name));
}
