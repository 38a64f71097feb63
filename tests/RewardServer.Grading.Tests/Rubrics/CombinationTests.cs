using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Grading.Tests.Rubrics;

/// <summary>Rewards of rubrics whose components have known scores: "format" is 1 or 0 by the completion, "accuracy" by its answer.</summary>
public sealed class CombinationTests(SharedSandbox sandbox)
{
    private const string RightAndShaped = @"<think>a</think><answer>\boxed{5}</answer>";
    private const string WrongAndShaped = @"<think>a</think><answer>\boxed{6}</answer>";
    private const string Right = @"\boxed{5}";
    private const string Wrong = @"\boxed{6}";

    [Theory]
    [InlineData(RightAndShaped, 1.25)]
    [InlineData(WrongAndShaped, 0.25)]
    [InlineData(Right, 1)]
    [InlineData(Wrong, 0)]
    public async Task A_sum_adds_values_times_weights(string completion, double reward) =>
        await Earns(reward, completion, """{"components":[{"grader":"accuracy"},{"grader":"format","weight":0.25}]}""");

    [Fact]
    public async Task A_negative_weight_takes_away() =>
        await Earns(-0.5, WrongAndShaped, """{"components":[{"grader":"accuracy"},{"grader":"format","weight":-0.5}]}""");

    [Theory]
    [InlineData(RightAndShaped, 2)]
    [InlineData(Right, 0)]
    public async Task A_product_multiplies_values_times_weights(string completion, double reward) =>
        await Earns(reward, completion, """{"combine":"product","components":[{"grader":"accuracy","weight":2},{"grader":"format"},{"grader":"format","name":"seen","weight":0}]}""");

    [Theory]
    [InlineData("min", WrongAndShaped, 0)]
    [InlineData("max", WrongAndShaped, 1)]
    [InlineData("min", RightAndShaped, 1)]
    [InlineData("max", Wrong, 0)]
    public async Task The_lowest_or_the_highest_value_may_count_alone(string combine, string completion, double reward) =>
        await Earns(reward, completion, """{"combine":"COMBINE","components":[{"grader":"accuracy"},{"grader":"format"}]}""".Replace("COMBINE", combine));

    [Theory]
    [InlineData(Right, -2)]
    [InlineData(WrongAndShaped, -1)]
    [InlineData(RightAndShaped, 2)]
    public async Task The_first_failure_decides_and_where_all_pass_their_sum(string completion, double reward) =>
        await Earns(reward, completion, """{"combine":"first-failure","components":[{"grader":"format","scale":[-2,0]},{"grader":"accuracy","scale":[-1,2]}]}""");

    [Theory]
    [InlineData(RightAndShaped, 1)]
    [InlineData(Right, -0.5)]
    [InlineData(Wrong, -0.5)]
    public async Task A_gate_lets_accuracy_count_only_where_the_format_holds(string completion, double reward) =>
        await Earns(reward, completion, """{"components":[{"grader":"accuracy","gates":[{"component":"format","otherwise":-0.5}]},{"grader":"format","weight":0}]}""");

    [Theory]
    [InlineData(RightAndShaped, 0)]
    [InlineData(Right, 1)]
    public async Task A_gate_may_be_open_below_a_score(string completion, double reward) =>
        await Earns(reward, completion, """{"components":[{"grader":"accuracy","gates":[{"component":"format","below":0.5}]},{"grader":"format","weight":0}]}""");

    [Theory]
    [InlineData(Right, 1)]
    [InlineData(Wrong, -1)]
    public async Task Scale_maps_0_and_1_to_values(string completion, double reward) =>
        await Earns(reward, completion, """{"components":[{"grader":"accuracy","scale":[-1,1]}]}""");

    [Fact]
    public async Task Clip_bounds_a_value_before_its_weight_and_the_reward_in_the_end() =>
        await Earns(1.5, RightAndShaped, """{"clip":[0,1.5],"components":[{"grader":"accuracy","clip":[0,0.25],"weight":4},{"grader":"format"}]}""");

    [Theory]
    [InlineData(@"\boxed{4}, then \boxed{5}", 0.5, 1)]
    [InlineData(Right, 1, 0)]
    public async Task A_signal_has_its_price_and_shows_it_as_a_component(string completion, double reward, double score)
    {
        var graded = await Earns(reward, completion, """{"components":[{"grader":"accuracy"}],"signals":{"several-answer-blocks":-0.5}}""");
        var priced = graded.Components[^1];
        Assert.Equal(("signal:several-answer-blocks", -0.5, score), (priced.Name, priced.Weight, priced.Score));
    }

    [Theory]
    [InlineData("sum")]
    [InlineData("min")]
    [InlineData("first-failure")]
    public async Task Contributions_add_up_to_the_reward(string combine)
    {
        foreach (var completion in new[] { RightAndShaped, WrongAndShaped, Right, Wrong })
        {
            var graded = await Grade(completion, "5", """{"combine":"COMBINE","components":[{"grader":"accuracy","weight":0.1,"scale":[-1,1]},{"grader":"format","weight":0.7}],"signals":{"several-answer-blocks":-0.3}}""".Replace("COMBINE", combine));
            Assert.Equal(graded.Reward!.Value, graded.Components.Sum(component => component.Contribution!.Value), 1e-12);
        }
    }

    [Fact]
    public async Task A_skipped_component_makes_the_item_skipped_and_every_component_still_shows()
    {
        var graded = await Grade(RightAndShaped, "5 +", """{"components":[{"grader":"format"},{"grader":"accuracy"}]}""");
        Assert.Equal((Outcome.Skipped, null), (graded.Outcome, graded.Reward));
        Assert.Equal([("format", 1.0, null), ("accuracy", null, null)], graded.Components.Select(component => (component.Name, component.Score, component.Contribution)));
    }

    [Fact]
    public async Task A_component_of_weight_0_decides_nothing() =>
        await Earns(1, RightAndShaped, """{"components":[{"grader":"accuracy","weight":0},{"grader":"format"}]}""", gold: "5 +");

    [Fact]
    public async Task A_component_of_weight_0_that_a_gate_reads_decides()
    {
        var graded = await Grade(RightAndShaped, "5 +", """{"components":[{"grader":"accuracy","weight":0},{"grader":"format","gates":[{"component":"accuracy"}]}]}""");
        Assert.Equal((Outcome.Skipped, null), (graded.Outcome, graded.Reward));
    }

    [Theory]
    [InlineData("make it so", 1)]
    [InlineData("make it so make it so make it so", 0)]
    public async Task A_gate_on_a_grader_that_never_reaches_1_is_open_at_its_highest_score(string completion, double reward) =>
        await Earns(reward, completion, """{"components":[{"grader":"tags","weight":0},{"grader":"tags","name":"all","scale":[1,1],"gates":[{"component":"repetition"}]},{"grader":"repetition","weight":0}]}""");

    [Fact]
    public async Task A_failed_component_of_weight_0_counts_where_signals_have_a_price()
    {
        using var judges = new RewardServer.Grading.Graders.Judge.JudgeSet(
            new Dictionary<string, RewardServer.Grading.Graders.Judge.JudgeSettings> { ["gone"] = new() { Kind = "chat", Url = "http://127.0.0.1:9/v1", Model = "m", Retries = 0, TimeoutSeconds = 30 } }, TimeProvider.System);
        foreach (var (signals, outcome) in new[] { ("{}", Outcome.Scored), ("""{"judge-injection":-1}""", Outcome.Failed) })
        {
            var (rubric, errors) = new RubricCompiler(new(sandbox.Pool) { Judges = judges }).Compile(System.Text.Json.JsonElement.Parse(
                """{"components":[{"grader":"format"},{"grader":"judge","weight":0,"options":{"judge":"gone"}}],"signals":SIGNALS}""".Replace("SIGNALS", signals)));
            Assert.Empty(errors);
            var graded = await new Sets.SetGrader(1, (_, fault) => throw fault).GradeAsync(rubric!, Items.Math(RightAndShaped, "5"), TestContext.Current.CancellationToken);
            Assert.Equal(outcome, graded.Outcome);
        }
    }

    [Fact]
    public async Task A_chat_without_an_answer_is_skipped_with_the_same_components()
    {
        var item = Items.Math("", "5") with { Completion = RewardServer.Grading.Completions.ChatText.FromMessages([new("user", "5")]) };
        var graded = await GradingByRubric.GradeAsync(sandbox, """{"components":[{"grader":"accuracy"}],"signals":{"budget":-1}}""", item);
        Assert.Equal((Outcome.Skipped, "the completion holds no message of the assistant"), (graded.Outcome, graded.Reason));
        Assert.Equal(["accuracy", "signal:budget"], graded.Components.Select(component => component.Name));
    }

    private async Task<GradedItem> Earns(double reward, string completion, string rubric, string gold = "5")
    {
        var graded = await Grade(completion, gold, rubric);
        Assert.Equal(reward, graded.Reward!.Value, 1e-12);
        return graded;
    }

    private Task<GradedItem> Grade(string completion, string gold, string rubric) =>
        GradingByRubric.GradeAsync(sandbox, rubric, Items.Math(completion, gold));
}
