using System.Text.Json;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Grading.Tests.Rubrics;

public sealed class RubricCompilerTests(SharedSandbox sandbox)
{
    [Fact]
    public void A_rubric_is_compiled_with_its_defaults()
    {
        var (rubric, errors) = Compile("""{"components":[{"grader":"accuracy"},{"grader":"format","name":"shape","weight":0.5}]}""");
        Assert.Empty(errors);
        Assert.Equal([("accuracy", 1.0), ("shape", 0.5)], rubric!.Components.Select(component => (component.Name, component.Weight)));
    }

    [Theory]
    [InlineData("{}", "components", "is required")]
    [InlineData("""{"components":[]}""", "components", "must name at least one grader")]
    [InlineData("""{"components":[{"grader":"format","wieght":2}]}""", "components[0].wieght", "is not a known member")]
    [InlineData("""{"components":[{"grader":"format"},{"grader":"format"}]}""", "components[1].name", "'format' is the name of an earlier component")]
    [InlineData("""{"components":[{"grader":"accuracy","options":{"tests":"some"}}]}""", "components[0].options.tests", "must be one of: all, fraction, groups")]
    [InlineData("""{"combine":"sum, max","components":[{"grader":"format"}]}""", "combine", "must be one of: sum, product, min, max, first-failure")]
    [InlineData("""{"combine":"FirstFailure","components":[{"grader":"format"}]}""", "combine", "must be one of: sum, product, min, max, first-failure")]
    [InlineData("""{"components":[{"grader":"repetition","passAt":0.5}]}""", "components[0].passAt", "must be from -1 to 0, between which the scores of 'repetition' lie")]
    [InlineData("""{"components":[{"grader":"format","gates":[{"component":"tags","atLeast":2}]},{"grader":"tags"}]}""", "components[0].gates[0].atLeast", "must be from 0 to 1, between which the scores of 'tags' lie")]
    [InlineData("""{"name":"a@1","components":[{"grader":"format"}]}""", "name", "must have from 1 to 100 letters, digits, spaces, '-', '_' and '.'")]
    [InlineData("""{"components":[{"grader":"format","name":"signal:x"}]}""", "components[0].name", "must have from 1 to 100 letters, digits, spaces, '-', '_' and '.'")]
    [InlineData("""{"components":[{"grader":"accuracy","options":{"test":"all"}}]}""", "components[0].options.test", "is not a known member")]
    [InlineData("""{"components":[{"grader":"accuracy","options":{"places":["nowhere"]}}]}""", "components[0].options.places[0]", "must be one of: boxed, hash, answer-tag, phrase, bare-answer, environment, last-number")]
    [InlineData("""{"components":[{"grader":"accuracy","options":{"places":[]}}]}""", "components[0].options.places", "must name at least one place")]
    [InlineData("""{"components":[{"grader":"accuracy","options":{"relativeTolerance":1}}]}""", "components[0].options.relativeTolerance", "must be from 0 to 0.5, but is 1")]
    [InlineData("""{"components":[{"grader":"accuracy","options":[]}]}""", "components[0].options", "has the wrong type or value")]
    [InlineData("""{"components":[{"grader":"format","weight":1e308}]}""", "components[0].weight", "must be from -1000000 to 1000000")]
    [InlineData("""{"components":[null]}""", "components[0]", "must not be null")]
    [InlineData("""{"tags":{"thinkOpen":""},"components":[{"grader":"format"}]}""", "tags.thinkOpen", "must not be empty")]
    [InlineData("""{"tags":{"answerOpen":"<think>"},"components":[{"grader":"format"}]}""", "tags.thinkOpen", "'<think>' stands inside another tag, so that the two cannot be told apart")]
    public void What_is_wrong_is_named(string json, string path, string message) =>
        Assert.Contains(new RubricError(path, message), Compile(json).Errors);

    [Fact]
    public void A_grader_that_is_not_there_is_told_with_those_that_are() =>
        Assert.Equal(
            $"'luck' is not a grader; there are: {string.Join(", ", GraderCatalog.All.Select(kind => kind.Name))}",
            Assert.Single(Compile("""{"components":[{"grader":"luck"}]}""").Errors).Message);

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once() =>
        Assert.Equal(
            ["tags.thinkOpen", "components[1].name", "components[0].grader", "components[1].grader"],
            Compile("""{"tags":{"thinkOpen":" "},"components":[{"grader":"luck"},{"grader":"luck"}]}""").Errors.Select(error => error.Path));

    [Fact]
    public void A_rubric_has_a_bounded_number_of_components() =>
        Assert.Equal("components", Assert.Single(Compile($$"""{"components":[{{string.Join(',', Enumerable.Repeat("{}", 65))}}]}""".Replace("{}", """{"grader":"format"}""")).Errors).Path);

    private (Rubric? Rubric, System.Collections.Immutable.ImmutableArray<RubricError> Errors) Compile(string json) =>
        new RubricCompiler(new(sandbox.Pool)).Compile(JsonElement.Parse(json));
}
