using System.Text.Json;
using System.Text.Json.Nodes;
using RewardServer.Jobs.Replaying;
using RewardServer.Jobs.Running;

namespace RewardServer.Jobs.Tests.Replaying;

public sealed class ResultReplayTests(Graders graders) : IClassFixture<Graders>
{
    private const string Accuracy = """{"components":[{"grader":"accuracy"},{"grader":"format","weight":0}]}""";

    private static readonly string[] Set = [.. Enumerable.Range(1, 300).Select(i => JsonSerializer.Serialize(new { problem = $"{i} + 1?", answer = $"{i + 1}", completions = new[] { $@"\boxed{{{i + 1}}}", $@"\boxed{{{i}}}" } }))];

    private async Task<List<string>> GradeAsync(string rubric, IEnumerable<string> set)
    {
        var lines = new List<string>();
        await new GradingPipeline(graders.By(graders.Rubric(rubric)), new SampleReader()).RunAsync(
            Graders.Rows(set),
            (results, _) =>
            {
                lines.AddRange(results.Select(result => System.Text.Encoding.UTF8.GetString(result.Json.Span)));
                return Task.CompletedTask;
            },
            TestContext.Current.CancellationToken);
        return lines;
    }

    private async Task<(List<ReplayChange> Changes, ReplayTally Tally)> ReplayAsync(string rubric, IEnumerable<string> results, IEnumerable<string> set)
    {
        var changes = new List<ReplayChange>();
        var ready = graders.Rubric(rubric);
        var tally = await new ResultReplay(graders.By(ready), ready, new SampleReader()).RunAsync(
            Recorded.ReadAsync(Graders.Rows(results)),
            Graders.Rows(set),
            (change, _) =>
            {
                changes.Add(change);
                return Task.CompletedTask;
            },
            _ => { },
            TestContext.Current.CancellationToken);
        return (changes, tally);
    }

    private static string With(string line, Action<JsonNode> change)
    {
        var result = JsonNode.Parse(line)!;
        change(result);
        return result.ToJsonString();
    }

    [Fact]
    public async Task What_is_graded_by_the_same_program_has_not_changed()
    {
        var results = await GradeAsync(Accuracy, Set);
        var (changes, tally) = await ReplayAsync(Accuracy, results, Set);
        Assert.Empty(changes);
        Assert.False(tally.HasChanges);
        Assert.Equal(600, tally.Samples);
        Assert.Equal(graders.By(graders.Rubric(Accuracy)).Identity, Assert.Single(tally.Identities));
    }

    [Fact]
    public async Task Each_kind_of_change_is_told_with_what_it_was_and_is()
    {
        var results = await GradeAsync(Accuracy, Set);
        results[0] = With(results[0], line => line["reward"] = 0.5);
        results[1] = With(results[1], line => line["components"]![1]!["score"] = 1);
        results[2] = With(results[2], line => (line["outcome"], line["reward"], line["reason"]) = ("skipped", null, "accuracy: the gold was not read"));
        results[4] = With(results[4], line => line["components"]![0]!["reason"] = "it is so");
        results[6] = With(results[6], line => line["completionChars"] = 1);
        results[8] = With(results[8], line => line["components"]![0]!["details"] = new JsonObject { ["measured"] = 5 });
        var (changes, tally) = await ReplayAsync(Accuracy, results, Set);
        Assert.Equal(
            [(1, 0, ChangeKind.Reward), (1, 1, ChangeKind.Score), (2, 0, ChangeKind.Outcome), (3, 0, ChangeKind.Reason), (4, 0, ChangeKind.OtherInput)],
            changes.Select(change => ((int)change.Row, change.Sample, change.Kind)));
        Assert.Equal((0.5, 1.0), (changes[0].Was!.Reward, changes[0].Now!.Reward));
        Assert.Equal(("format", 1.0), (changes[1].Was!.Components[0].Name, changes[1].Was!.Components[0].Score));
        Assert.Equal(("skipped", "scored"), (changes[2].Was!.Outcome, changes[2].Now!.Outcome));
        Assert.Equal("it is so", Assert.Single(changes[3].Was!.Components).Reason);
        Assert.Equal(5, tally.Changes.Count);
    }

    [Fact]
    public async Task Another_rubric_is_told_by_its_hash()
    {
        const string Other = """{"components":[{"grader":"accuracy","weight":2},{"grader":"format","weight":0}]}""";
        var results = await GradeAsync(Accuracy, Set.Take(3));
        var (changes, tally) = await ReplayAsync(Other, results, Set.Take(3));
        Assert.Equal(3, changes.Count(change => change.Kind == ChangeKind.Reward));
        Assert.NotEqual(Assert.Single(tally.Identities).RubricHash, graders.By(graders.Rubric(Other)).Identity.RubricHash);
    }

    [Fact]
    public async Task Rows_that_one_side_has_not_are_told()
    {
        var results = await GradeAsync(Accuracy, Set.Take(4));
        // The second row is not in the results, nor is a completion of the third; the fourth is not in the input.
        results.RemoveAt(4);
        results.RemoveRange(2, 2);
        var (changes, tally) = await ReplayAsync(Accuracy, results, Set.Take(3));
        Assert.Equal(
            [(2, 0, ChangeKind.NotInResults), (3, 0, ChangeKind.NotInResults), (4, 0, ChangeKind.NotInInput), (4, 1, ChangeKind.NotInInput)],
            changes.Select(change => ((int)change.Row, change.Sample, change.Kind)).Order());
        Assert.Equal(3, tally.Samples);
    }

    [Fact]
    public async Task A_completion_that_the_input_has_no_more_is_told()
    {
        var results = await GradeAsync(Accuracy, Set.Take(2));
        var (changes, _) = await ReplayAsync(Accuracy, results, [Set[0], Set[1].Replace(@",""\\boxed{2}""", "", StringComparison.Ordinal)]);
        var change = Assert.Single(changes, change => change.Kind == ChangeKind.NotInInput);
        Assert.Equal((2, 1), (change.Row, change.Sample));
    }

    [Fact]
    public async Task Measured_scores_are_no_changes()
    {
        // A program's speed is of no mathematics: the component is skipped, and would have been scored.
        const string Efficient = """{"components":[{"grader":"accuracy"},{"grader":"efficiency","weight":0}]}""";
        var results = (await GradeAsync(Efficient, Set.Take(1))).Select(line => With(line, result => (result["components"]![1]!["score"], result["components"]![1]!["outcome"]) = (0.25, "scored")));
        var (changes, _) = await ReplayAsync(Efficient, results, Set.Take(1));
        Assert.Empty(changes);
    }

    [Fact]
    public async Task Results_out_of_order_are_refused()
    {
        var results = await GradeAsync(Accuracy, Set.Take(2));
        results.Reverse();
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => ReplayAsync(Accuracy, results, Set.Take(2)));
        Assert.Contains("line 2 is of row 2, sample 0, after one of row 2, sample 1", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_result_is_refused()
    {
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => ReplayAsync(Accuracy, Set.Take(1), Set.Take(1)));
        Assert.Contains("line 1 has no 'row'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_last_line_that_is_half_there_is_passed_over_and_another_is_not()
    {
        var results = await GradeAsync(Accuracy, Set.Take(2));
        var notes = new List<string>();
        var read = await Recorded.ReadAsync(Graders.Rows([.. results, results[0][..40]]), notes.Add).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(4, read.Count);
        Assert.StartsWith("the results' line 5 is passed over, it is cut off", Assert.Single(notes), StringComparison.Ordinal);
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => ReplayAsync(Accuracy, [results[0], results[0][..40], results[1]], Set.Take(2)));
        Assert.StartsWith("the results' line 2 is no JSON", fault.Message, StringComparison.Ordinal);
    }
}
