using System.Globalization;
using System.Text;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code.TestRuns.Calls.Values;

namespace RewardServer.Grading.Tests.Graders.Code.Calls;

public sealed class ValueComparisonTests
{
    [Theory]
    [InlineData("1", "1.0", "the result is 1.0 where 1 was expected")]
    [InlineData("1", "true", "the result is true where 1 was expected")]
    [InlineData("[1]", "{\"$tuple\":[1]}", "the result is (1,) where [1] was expected")]
    [InlineData("{\"$set\":[1]}", "{\"$frozenset\":[1]}", "the result is frozenset{1} where set{1} was expected")]
    [InlineData("[1, 3]", "[1, 2]", "the result is [1, 2] where [1, 3] was expected (at [1])")]
    [InlineData("{\"a\":[1]}", "{\"a\":[2]}", "the result is {\"a\": [2]} where {\"a\": [1]} was expected (at [\"a\"][0])")]
    [InlineData("[1, 2]", "[1]", "the result is [1] where [1, 2] was expected")]
    [InlineData("{\"$float\":\"nan\"}", "{\"$float\":\"nan\"}", null)]
    [InlineData("0.0", "-0.0", null)]
    [InlineData("{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", null)]
    [InlineData("\"\\ud800\"", "\"\\ufffd\"", "the result is \"\ufffd\" where \"\\ud800\" was expected")]
    public void Strictly_types_must_be_the_same(string expected, string result, string? difference) =>
        Assert.Equal(difference, Difference(new(), expected, result));

    [Theory]
    [InlineData("[1]", "{\"$tuple\":[1.0]}", true)]
    [InlineData("[2, 1]", "{\"$set\":[1, 2]}", true)]
    [InlineData("[[2, 1], 3]", "{\"$tuple\":[{\"$set\":[1, 2]}, 3.0]}", true)]
    [InlineData("{\"$set\":[{\"$tuple\":[1, 2]}]}", "[[1, 2]]", true)]
    [InlineData("{\"$set\":[{\"$tuple\":[1, 2]}]}", "[[2, 1]]", false)]
    [InlineData("{\"$dict\":[[{\"$frozenset\":[1, 2]}, 3]]}", "{\"$dict\":[[{\"$tuple\":[2, 1]}, 3]]}", true)]
    [InlineData("9007199254740993", "9007199254740992.0", false)]
    [InlineData("1", "true", false)]
    [InlineData("\"1\"", "1", false)]
    [InlineData("null", "[]", false)]
    public void As_JSON_has_it_only_values_count(string expected, string result, bool equal) =>
        Assert.Equal(equal, Difference(ComparisonRules.Of(TypeRule.Json, null, true), expected, result) is null);

    [Theory]
    [InlineData("1.0", "1.001", true)]
    [InlineData("1.0", "1.1", false)]
    [InlineData("[1000000.0]", "[1000900.0]", true)]
    [InlineData("{\"$float\":\"inf\"}", "1e308", false)]
    [InlineData("1e308", "{\"$float\":\"inf\"}", false)]
    [InlineData("{\"$float\":\"nan\"}", "1.0", false)]
    [InlineData("{\"$float\":\"-inf\"}", "{\"$float\":\"inf\"}", false)]
    [InlineData("{\"$float\":\"nan\"}", "{\"$float\":\"nan\"}", true)]
    [InlineData("{\"$set\":[1.0, 2.0]}", "{\"$set\":[2.0001, 1.0001]}", true)]
    [InlineData("{\"$set\":[1.0, 2.0]}", "{\"$set\":[1.0, 1.0001]}", false)]
    public void Numbers_may_differ_by_a_tolerance(string expected, string result, bool equal) =>
        Assert.Equal(equal, Difference(new() { AbsoluteTolerance = 0.002, RelativeTolerance = 0.001 }, expected, result) is null);

    [Theory]
    [InlineData("[[1, 2], [3]]", "[[3], [1, 2]]", true)]
    [InlineData("[[1, 2], [3]]", "[[3], [2, 1]]", false)]
    [InlineData("[1, 1, 2]", "[1, 2, 2]", false)]
    [InlineData("\"AB\"", "\"ab\"", false)]
    public void The_order_of_the_outermost_list_can_be_left_open(string expected, string result, bool equal) =>
        Assert.Equal(equal, Difference(new() { Unordered = true }, expected, result) is null);

    [Fact]
    public void Case_can_be_left_open_in_keys_too()
    {
        var rules = new ComparisonRules { IgnoreCase = true };
        Assert.Null(Difference(rules, "{\"A\":\"x\"}", "{\"a\":\"X\"}"));
        Assert.Null(Difference(rules, "{\"A\":1,\"a\":2}", "{\"A\":2,\"a\":1}"));
        Assert.NotNull(Difference(rules, "{\"A\":1,\"a\":2}", "{\"A\":2,\"a\":2}"));
    }

    // The first of each expected pair would do for both found ones, so that a greedy choice can be the wrong one.
    [Fact]
    public void With_a_tolerance_each_element_finds_the_partner_that_leaves_one_for_the_others() =>
        Assert.Null(Difference(
            new() { Unordered = true, AbsoluteTolerance = 1 },
            "[[1.0, 0.0], [2.0, 0.0], [3.0, 0.0]]",
            "[[3.0, 0.0], [1.0, 0.0], [2.0, 0.0]]"));

    [Theory]
    [InlineData(200_000, 1)]
    [InlineData(1500, 2)]
    [InlineData(20_000, 2)]
    public void Many_elements_in_any_order_end_soon(int count, int each)
    {
        var rules = new ComparisonRules { Unordered = true, AbsoluteTolerance = 0.25 };
        var (ordered, reversed) = (Enumerable.Range(0, count), Enumerable.Range(0, count).Reverse());
        var difference = Difference(rules, Points(ordered, each, 0), Points(reversed, each, 0.125));
        Assert.True(difference is null or "the result is too costly to compare", difference);
        Assert.Equal(count == 20_000, difference is not null);
        Assert.Null(Difference(new() { Unordered = true }, Points(ordered, each, 0), Points(reversed, each, 0)));
    }

    private static string Points(IEnumerable<int> numbers, int each, double shift) =>
        $"[{string.Join(',', numbers.Select(number => each == 1 ? Text(number + shift) : $"[{Text(0)},{Text(number + shift)}]"))}]";

    private static string Text(double number) => number.ToString("0.0##", CultureInfo.InvariantCulture);

    private static string? Difference(ComparisonRules rules, string expected, string result) =>
        new ValueComparison(rules).Difference(Read(expected), Read(result));

    private static Value Read(string json) => ValueReader.Read(Encoding.UTF8.GetBytes(json), out var error) ?? throw new ArgumentException(error);
}
