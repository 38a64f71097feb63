using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;

namespace RewardServer.Tests.Scripts;

public sealed class ScriptScoreTests(ScoringScripts scoring) : IClassFixture<ScoringScripts>
{
    private readonly RunningScripts scripts = scoring.Running;

    [Theory]
    [InlineData("number", 0.25)]
    [InlineData("whole number", 1)]
    [InlineData("truth value", 1)]
    [InlineData("expression", 0)]
    [InlineData("score", 0.5)]
    [InlineData("score of a truth value", 1)]
    [InlineData("task", 0.75)]
    [InlineData("declarations", 0.25)]
    public async Task Numbers_truth_values_and_scores_are_scores(string script, double score)
    {
        var found = await scripts.GradeAsync(script, "abc");
        Assert.Equal((Outcome.Scored, score), (found.Outcome, found.Score));
        Assert.Equal(FormattableString.Invariant($"the script {script} gave {score}"), found.Reason);
    }

    [Theory]
    [InlineData("pair", 1)]
    [InlineData("pair of a truth value", 0)]
    [InlineData("reason", -3)]
    public async Task A_reason_is_the_verdicts(string script, double score)
    {
        var found = await scripts.GradeAsync(script);
        Assert.Equal((score, "because"), (found.Score!.Value, found.Reason));
    }

    [Fact]
    public async Task All_of_the_item_reaches_the_script_and_all_of_its_answer_the_verdict()
    {
        var item = new Item
        {
            Id = "1",
            Prompt = ChatText.FromMessages([new("system", "be brief"), new("user", "2 + 3?")]),
            Completion = "<think>hm π</think>\\boxed{5}",
            CompletionTokens = 12,
            Truncated = true,
            Task = new MathTask("5"),
        };
        const string Rubric = """{"components":[{"grader":"accuracy"},{"grader":"custom","options":{"script":"all","parameters":{"factor":0.5}}}]}""";
        var graded = (await scripts.GradeAsync(Rubric, [item], TestContext.Current.CancellationToken))[0];
        var found = graded.Components[1];
        Assert.Equal((1.5, 0.5, "all"), (graded.Reward!.Value, found.Score!.Value, found.Reason));
        Assert.Equal(["hedged-answer"], found.Signals);
        Assert.Equal(
            """{"text":"<think>hm π</think>\\boxed{5}","thinking":"hm π","response":"\\boxed{5}","tokens":12,"truncated":true,"prompt":"2 + 3?","roles":["system","user"],"kind":"math","answer":"5","outcome":"scored","reason":"both have the same canonical form","boxed":"5","count":1}""",
            JsonSerializer.Serialize(found.Details, ItemJson.Options));
    }

    [Fact]
    public async Task A_task_of_whatever_kind_can_be_shown_half_characters_and_all()
    {
        var item = JsonSerializer.Deserialize<Item>("""
            {"id":"1","prompt":"?","completion":"x","task":{"kind":"code","language":"python","checker":"tokens","limits":{"cpuSeconds":1},"tests":[
              {"kind":"stdio","stdin":"1","stdout":"1"},{"kind":"check","harness":"assert f()"},{"kind":"call","function":"f","arguments":["\ud800",[1]],"result":"\udc00"},
              {"kind":"files","files":{"a.txt":"1"},"outputs":{"b.txt":"1"}},{"kind":"interactive","interactor":{"language":"python","source":"1"}}]}}
            """, ItemJson.Options)!;
        var found = (await scripts.GradeAsync(RunningScripts.Rubric("task as JSON"), [item], TestContext.Current.CancellationToken))[0].Components[0];
        Assert.Equal(Outcome.Scored, found.Outcome);
        Assert.Contains("\"kind\":\"code\"", found.Reason);
        Assert.Contains("\\ud800", found.Reason);
    }

    [Fact]
    public async Task Of_a_long_completion_the_script_sees_the_first_million_characters()
    {
        Assert.Equal("1000001 1000001 end", (await scripts.GradeAsync("lengths", new string('é', 20_000_000) + "</think>end")).Reason);
    }

    [Fact]
    public void A_script_that_there_is_not_is_an_error_of_the_rubric()
    {
        var (_, errors) = scripts.Compile(RunningScripts.Rubric("c"));
        Assert.Equal("components[0].options.script", errors[0].Path);
        Assert.StartsWith("'c' is no script of the server's configuration; there are: all, declarations, expression, ", errors[0].Message, StringComparison.Ordinal);
        Assert.Equal(("components[0].options.script", "is required"), Fault("""{"components":[{"grader":"custom"}]}"""));
        Assert.Equal(("components[0].options.path", "is not a known member"), Fault("""{"components":[{"grader":"custom","options":{"script":"all","path":"x"}}]}"""));
    }

    [Fact]
    public void A_rubric_knows_the_scripts_range()
    {
        var component = scripts.Compile(RunningScripts.Rubric("reason")).Rubric!.Components[0];
        Assert.Equal(new(-3, 5), component.ValueRange);
        Assert.Equal("What the script 'reason' of the server's owner says, from -3 to 5.", component.Grader.Explanation);
    }

    private (string Path, string Message) Fault(string rubric) => scripts.Compile(rubric).Errors is [var error] ? (error.Path, error.Message) : default;
}
