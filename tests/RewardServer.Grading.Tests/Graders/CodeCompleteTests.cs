using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Code.Parsing;
using RewardServer.Grading.Graders.CodeComplete;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Grading.Tests.Graders;

public sealed class CodeCompleteTests(SharedSandbox sandbox)
{
    private const string Alone = """{"grader":"code-complete"}""";
    private const string AfterAccuracy = """{"grader":"accuracy"},{"grader":"code-complete"}""";

    [Theory]
    [InlineData("```python\nprint(1)\n```", 1, Completeness.Complete)]
    [InlineData("```python\nraise ValueError\n```", 1, Completeness.Complete)]
    [InlineData("```python\nprint((1,\n", 0, Completeness.Truncated)]
    [InlineData("```python\nx = = 1\nprint(1)\n```", 0, Completeness.Malformed)]
    public async Task A_program_that_is_whole_earns_1_with_or_without_a_run(string completion, double score, Completeness complete)
    {
        sandbox.Need();
        foreach (var components in new[] { Alone, AfterAccuracy })
        {
            var graded = await Grade(components, completion);
            Assert.Equal((score, complete), (graded.Score, Assert.IsType<CodeCompleteDetails>(graded.Details).Complete));
        }
    }

    [Fact]
    public async Task No_program_is_not_whole()
    {
        sandbox.Need();
        Assert.Equal((0.0, "no program was found"), await ScoreAndReason(Alone));
        Assert.Equal((0.0, "no program was found"), await ScoreAndReason(AfterAccuracy));

        async Task<(double?, string)> ScoreAndReason(string components)
        {
            var graded = await Grade(components, "I give up.");
            return (graded.Score, graded.Reason);
        }
    }

    [Theory]
    [InlineData("{}", 0)]
    [InlineData("""{"unknown":0.5}""", 0.5)]
    public async Task What_only_a_run_would_tell_earns_what_the_option_says(string options, double score)
    {
        sandbox.Need();
        Assert.SkipUnless(sandbox.Pool.Languages.Any(language => language is { Name: "sql", Available: true }), "there is no SQL here");
        var item = Items.Code("```sql\nSELECT 1;\n```") with { Task = new CodeTask("sql", [new StdioTest("", "1")]) };
        Assert.Equal(score, (await GradingByRubric.ComponentAsync(sandbox, $$"""{"grader":"code-complete","options":{{options}}}""", item)).Score);
    }

    [Fact]
    public async Task A_component_of_another_kind_tells_nothing_of_programs()
    {
        sandbox.Need();
        Assert.Equal(1, (await Grade("""{"grader":"format","name":"accuracy"},{"grader":"code-complete"}""", "```python\nprint(1)\n```")).Score);
    }

    [Theory]
    [InlineData("""{"of":"accuracy"}""", "components[0].options.of")]
    [InlineData("""{"unknown":2}""", "components[0].options.unknown")]
    public void An_option_that_is_wrong_is_named(string options, string path) =>
        Assert.Equal(path, Assert.Single(new RubricCompiler(new(sandbox.Pool)).Compile(
            JsonElement.Parse($$"""{"components":[{"grader":"code-complete","options":{{options}}}]}""")).Errors).Path);

    [Fact]
    public async Task Only_programs_can_be_whole() =>
        Assert.Equal(Outcome.Skipped, (await GradingByRubric.ComponentAsync(sandbox, Alone, Items.Math("5", "5"))).Outcome);

    private async Task<GradedComponent> Grade(string components, string completion) =>
        (await GradingByRubric.GradeAsync(sandbox, $$"""{"components":[{{components}}]}""", Items.Code(completion, new StdioTest("", "1")))).Components[^1];
}
