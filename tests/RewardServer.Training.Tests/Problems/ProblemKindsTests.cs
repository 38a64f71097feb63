using System.Text.Json;
using RewardServer.Training.Problems;

namespace RewardServer.Training.Tests.Problems;

public sealed class ProblemKindsTests
{
    [Fact]
    public void A_kind_that_is_unknown_is_told_with_those_that_are_known() => Assert.Equal(
        [new("kind", "'sums' is not a kind of problem; there are: addition, multiplication, linear-equations, countdown, knights, program, writing, jsonl")],
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
    [InlineData("addition", """{"languages": {"chinese": 1.5, "mixing": -1}}""", "languages.chinese languages.mixing")]
    [InlineData("addition", """{"languages": {"french": 1}}""", "languages.french")]
    [InlineData("knights", """{"people": 5, "texts": {"guess": -1}, "languages": {"mixing": 2}}""", "texts.guess languages.mixing people")]
    [InlineData("knights", """{"people": 2, "connectives": false}""", "connectives")]
    [InlineData("program", """{"operations": 4, "tests": 1, "texts": {"guess": -1}}""", "texts.guess operations tests")]
    [InlineData("writing", """{"effusive": 0.9, "mistaken": 0.2}""", "mistaken")]
    [InlineData("writing", """{"effusive": -1, "mistaken": 2, "texts": {"slip": -1}}""", "texts.slip effusive mistaken")]
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
