using System.Text.Json;
using RewardServer.Training.Problems;

namespace RewardServer.Training.Tests.Problems;

public sealed class ProblemKindsTests
{
    [Fact]
    public void A_kind_that_is_unknown_is_told_with_those_that_are_known() => Assert.Equal(
        [new("kind", "'sums' is not a kind of problem; there are: addition, multiplication, linear-equations, countdown, jsonl")],
        ProblemKinds.Make("sums").Errors);

    [Theory]
    [InlineData("addition", """{"digits": 4, "texts": {"careful": -1, "luckyGuesses": 2}}""", "texts.careful texts.luckyGuesses digits")]
    [InlineData("addition", """{"digit": 2}""", "digit")]
    [InlineData("addition", """{"digits": "two"}""", "digits")]
    [InlineData("addition", """{"texts": null}""", "texts")]
    [InlineData("addition", "null", "")]
    [InlineData("addition", "[]", "")]
    [InlineData("multiplication", """{"texts": {"careful": 0, "guess": 0, "slip": 0, "unfinished": 0}}""", "texts.careful")]
    [InlineData("linear-equations", """{"texts": {"slip": 1e9}}""", "texts.slip")]
    [InlineData("countdown", """{"largest": 31, "longest": 60, "aim": -1, "patience": 1, "operations": "-+"}""", "largest operations longest aim patience")]
    [InlineData("jsonl", """{"pretraining": 0.9, "name": ""}""", "path name pretraining")]
    public void Options_that_are_out_of_range_are_told_all_at_once(string name, string options, string members)
    {
        var (kind, errors) = ProblemKinds.Make(name, JsonElement.Parse(options));
        Assert.Null(kind);
        Assert.Equal(members, string.Join(' ', errors.Select(error => error.Path)));
    }

    [Fact]
    public void Every_kind_says_what_it_asks_and_has_its_own_name() => Assert.All(
        ProblemKinds.All,
        kind =>
        {
            Assert.Same(kind, ProblemKinds.Find(kind.Name));
            Assert.EndsWith(".", kind.Description, StringComparison.Ordinal);
            Assert.True(typeof(IProblemOptions).IsAssignableFrom(kind.Options));
        });
}
