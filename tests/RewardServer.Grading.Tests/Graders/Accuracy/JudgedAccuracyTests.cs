using System.Diagnostics.Metrics;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Judge;
using RewardServer.Grading.Graders.Maths;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Tests.Graders.Judge;

namespace RewardServer.Grading.Tests.Graders.Accuracy;

/// <summary>A judge beside the rule: it decides where the rule has nothing to compare, and nowhere else.</summary>
public sealed class JudgedAccuracyTests(SharedSandbox sandbox)
{
    [Theory]
    [InlineData("The answer is five.", 10, 1)]
    [InlineData("The answer is five.", 1, 0)]
    [InlineData("\\boxed{\\frac{}", 10, 1)]
    [InlineData("<think>\\boxed{5}</think>It is five, of course.", 10, 1)]
    public async Task Where_the_rule_can_read_nothing_the_judge_decides(string completion, int given, double score)
    {
        await using var server = await JudgeServer.SayingAsync($"Score: {given}");
        var graded = await GradeAsync(server, Items.Math(completion, "5"));
        var details = (MathsDetails)graded.Details!;
        Assert.Equal((Outcome.Scored, score, "judge", "j"), (graded.Outcome, graded.Score, details.DecidedBy, details.Judge!.Judge));
        Assert.Contains("\n5\n[END REFERENCE", Assert.Single(server.Requests).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\\boxed{5}", 1)]
    [InlineData("\\boxed{6}", 0)]
    [InlineData("\\boxed{1/0}", 0)]
    [InlineData("<think>\\boxed{5}", 0)]
    public async Task What_the_rule_decided_the_judge_is_not_asked(string completion, double score)
    {
        await using var server = await JudgeServer.SayingAsync("Score: 10");
        var graded = await GradeAsync(server, Items.Math(completion, "5"));
        Assert.Equal((score, "rule"), (graded.Score, ((MathsDetails)graded.Details!).DecidedBy));
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData("The answer is five.")]
    [InlineData("\\boxed{5}")]
    public async Task A_gold_that_cannot_be_read_is_skipped_and_nobody_is_asked(string completion)
    {
        await using var server = await JudgeServer.SayingAsync("Score: 10");
        Assert.Equal(Outcome.Skipped, (await GradeAsync(server, Items.Math(completion, "\\frac{"), shadow: 1)).Outcome);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_task_that_no_rule_decides_is_skipped_with_what_does()
    {
        await using var server = await JudgeServer.SayingAsync("Score: 10");
        var graded = await GradeAsync(server, Judging.Item("Hello!"), shadow: 1);
        Assert.Equal((Outcome.Skipped, "no rule decides a task of kind judge; the grader judge does"), (graded.Outcome, graded.Reason));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_judge_that_cannot_be_had_fails_the_item_and_never_scores_it()
    {
        await using var server = await JudgeServer.StartAsync((http, _) =>
        {
            http.Abort();
            return Task.CompletedTask;
        });
        var graded = await GradeAsync(server, Items.Math("The answer is five.", "5"), shadow: 1);
        Assert.Equal((Outcome.Failed, null), (graded.Outcome, graded.Score));
        // What the rule decided stands without it.
        var decided = await GradeAsync(server, Items.Math("\\boxed{5}", "5"), shadow: 1);
        Assert.Equal((Outcome.Scored, 1), (decided.Outcome, decided.Score));
        Assert.Contains("cannot be reached", ((MathsDetails)decided.Details!).Measured!.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_breaks_the_judge_earns_nothing()
    {
        await using var server = await JudgeServer.StartAsync((http, request) =>
            JudgeServer.SayAsync(http, request.Text.Contains("sesame", StringComparison.Ordinal) ? "?" : "Score: 10"));
        var graded = await GradeAsync(server, Items.Math("Open sesame.", "5"));
        Assert.Equal((0, Signal.JudgeInjection), (graded.Score, Assert.Single(graded.Signals)));
    }

    [Fact]
    public async Task A_share_of_what_the_rule_decided_is_shown_to_the_judge_and_disagreement_is_counted()
    {
        var (compared, disagreed) = (0L, 0L);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, own) =>
            {
                if (instrument.Meter.Name == JudgeMetrics.MeterName)
                {
                    own.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, count, _, _) =>
        {
            Interlocked.Add(ref compared, instrument.Name == "judge.comparisons" ? count : 0);
            Interlocked.Add(ref disagreed, instrument.Name == "judge.disagreements" ? count : 0);
        });
        listener.Start();
        await using var server = await JudgeServer.SayingAsync("Score: 10");
        using var judging = Judging.By(sandbox, server);
        var items = Enumerable.Range(0, 200).Select(i => Items.Math($"Try {i / 2}: \\boxed{{{5 + (i % 2)}}}", "5")).ToArray();
        var graded = await judging.GradeAllAsync(items, ""","shadow":0.3""", "accuracy");
        var again = await judging.GradeAllAsync(items, ""","shadow":0.3""", "accuracy");
        var shown = graded.Select(Measured).Where(shadow => shadow is not null).ToArray();
        Assert.Equal(items.Select((_, i) => 1.0 - (i % 2)), graded.Select(item => item.Reward!.Value));
        Assert.InRange(shown.Length, 30, 90);
        Assert.Equal(2 * shown.Length, server.Requests.Count);
        Assert.Equal(graded.Select(Measured), again.Select(Measured));
        var wrong = shown.Count(shadow => shadow!.Agrees == false);
        Assert.InRange(wrong, 1, shown.Length - 1);
        // Others' tests run beside this one.
        Assert.True(compared >= 2 * shown.Length && disagreed >= 2 * wrong, $"{compared} compared, {disagreed} disagreed");
    }

    private static RewardServer.Grading.Graders.Accuracy.ShadowJudgement? Measured(GradedItem item) => ((MathsDetails)item.Components[0].Details!).Measured;

    private async Task<GradedComponent> GradeAsync(JudgeServer server, Item item, double shadow = 0)
    {
        using var judging = Judging.By(sandbox, server);
        return await judging.GradeAsync(item, FormattableString.Invariant($",\"shadow\":{shadow}"), "accuracy");
    }
}
