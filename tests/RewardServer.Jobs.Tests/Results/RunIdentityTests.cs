using RewardServer.Grading.Rubrics.Library;
using RewardServer.Jobs.Results;

namespace RewardServer.Jobs.Tests.Results;

public sealed class RunIdentityTests(Graders graders) : IClassFixture<Graders>
{
    private const string Written = """
        {"name":"mine","components":[
            {"grader":"accuracy","weight":2,"options":{"tests":"fraction","relativeTolerance":0.5,"places":["boxed"]}},
            {"grader":"format","gates":[{"component":"accuracy"}]}],
         "signals":{"budget":-1,"hedged-answer":-0.5}}
        """;

    private string HashOf(string rubric) => RubricContent.HashOf(graders.Rubric(rubric));

    [Theory]
    [InlineData("""{"signals":{"hedged-answer":-5e-1,"budget":-1.0},"version":3,"name":"other","description":"Of mine.","components":[{"options":{"places":["boxed"],"relativeTolerance":0.50,"tests":"fraction"},"weight":2.0,"grader":"accuracy","name":"accuracy"},{"grader":"format","weight":1,"gates":[{"component":"accuracy","atLeast":1}]}]}""")]
    [InlineData("""{"components":[{"grader":"accuracy","weight":2,"options":{"tests":"fraction","relativeTolerance":5e-1,"places":["bo\u0078ed"]}},{"grader":"format","options":{},"passAt":1,"gates":[{"component":"accuracy"}]}],"combine":"sum","transforms":[],"signals":{"budget":-1,"hedged-answer":-0.5}}""")]
    public void The_same_rubric_in_another_spelling_has_the_same_hash(string other) => Assert.Equal(HashOf(Written), HashOf(other));

    [Fact]
    public async Task A_rubric_in_yaml_has_the_hash_of_the_same_in_json()
    {
        var file = Path.ChangeExtension(Path.GetTempFileName(), ".yaml");
        await File.WriteAllTextAsync(file, """
            # Mine.
            signals: { hedged-answer: -0.5, budget: -1 }
            components:
              - grader: accuracy
                options: { places: [boxed], tests: fraction, relativeTolerance: 0.5 }
                weight: 2
              - grader: format
                gates: [{ component: accuracy }]
            """, TestContext.Current.CancellationToken);
        var (rubric, errors) = RubricFile.Compile(file, graders.Compiler);
        File.Delete(file);
        Assert.Empty(errors);
        Assert.Equal(HashOf(Written), RubricContent.HashOf(rubric!));
    }

    [Theory]
    [InlineData("\"weight\":2", "\"weight\":3")]
    [InlineData("0.5,\"places\"", "0.4,\"places\"")]
    [InlineData("\"boxed\"", "\"hash\"")]
    [InlineData("\"budget\":-1", "\"budget\":-2")]
    [InlineData(",\"gates\":[{\"component\":\"accuracy\"}]", "")]
    [InlineData("{\"name\":\"mine\"", "{\"tags\":{\"thinkOpen\":\"<thought>\"}")]
    public void Another_rubric_has_another_hash(string part, string other)
    {
        Assert.Contains(part, Written, StringComparison.Ordinal);
        Assert.NotEqual(HashOf(Written), HashOf(Written.Replace(part, other, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_engine_is_told_by_its_version_and_by_what_it_is_made_of()
    {
        Assert.Matches(@"^\d+\.\d+\.\d+\+([0-9a-f]{12}\.)?[0-9a-f]{8}$", EngineVersion.Current);
        Assert.Equal(EngineVersion.Current, graders.By(graders.Rubric(Written)).Identity.Engine);
    }

    [Theory]
    [InlineData("""{"components":[{"grader":"accuracy"}]}""", null)]
    [InlineData("""{"components":[{"grader":"format"}]}""", null)]
    [InlineData("""{"components":[{"grader":"format","name":"accuracy"},{"grader":"accuracy","name":"correct","weight":0}]}""", "correct")]
    public void Lines_name_the_component_that_tells_what_is_right_where_it_has_a_name_of_its_own(string rubric, string? name) =>
        Assert.Equal(name, graders.By(graders.Rubric(rubric)).Identity.RightBy);
}
