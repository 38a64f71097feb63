using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Code.Generation;
using RewardServer.Grading.Graders.Code.Generation.Parameters;

namespace RewardServer.Grading.Tests.Graders.Code;

public sealed class ParameterTypeTests
{
    [Theory]
    [InlineData("int(3,size)", "3", "10")]
    [InlineData("int(-size, 2*size+1)", "-10", "21")]
    [InlineData("float(-1,0.5)", "-1.0", "0.5")]
    [InlineData("bool", "false", "true")]
    [InlineData("str", "\"\"", "\"zzzzzzzzzz\"")]
    [InlineData("str(ab0-2,1,3)", "\"0\"", "\"bbb\"")]
    [InlineData("str(\"a, b)\",2)", "\"aa\"", "\"))\"")]
    [InlineData("list[int(0,9)](0,3)", "[]", "[9,9,9]")]
    [InlineData("list[int](2)", "[-100,-100]", "[100,100]")]
    [InlineData("tuple[int(1,2), str(x,1)]", "{\"$tuple\":[1,\"x\"]}", "{\"$tuple\":[2,\"x\"]}")]
    [InlineData("optional[int(1,2)]", "null", "2")]
    [InlineData("choice(\"a\",7,[null])", "\"a\"", "[null]")]
    [InlineData("matrix[bool](1,2)", "[[false]]", "[[true,true],[true,true]]")]
    [InlineData("permutation(4)", "[1,2,3,4]", "[4,3,2,1]")]
    [InlineData("permutation(3,0)", "[0,1,2]", "[2,1,0]")]
    [InlineData("dict[str(a,1),int(5,5)](1)", "{\"a\":5}", "{\"a\":5}")]
    [InlineData("dict[int(1,1),int(5,5)](1)", "{\"$dict\":[[1,5]]}", "{\"$dict\":[[1,5]]}")]
    [InlineData("dict[str(\"$\",1),int(5,5)](1)", "{\"$dict\":[[\"$\",5]]}", "{\"$dict\":[[\"$\",5]]}")]
    [InlineData("set[int(4,4)](1)", "{\"$set\":[4]}", "{\"$set\":[4]}")]
    public void A_type_has_a_smallest_and_a_largest_value(string text, string smallest, string largest)
    {
        var type = Read(text);
        Assert.Equal((smallest, largest), (Json(type, Extreme.Smallest), Json(type, Extreme.Largest)));
    }

    [Fact]
    public void Values_lie_within_their_bounds_and_reach_them()
    {
        var type = Read("int(-2,size-8)");
        var drawn = Enumerable.Range(0, 200).Select(index => (long)type.Draw(new(new(1, index), 10, Extreme.None))!).ToHashSet();
        Assert.Equal([-2, -1, 0, 1, 2], drawn.Order());
    }

    [Fact]
    public void Lists_can_be_sorted_and_distinct()
    {
        var list = (object?[])Read("list[int(1,size)](size,sorted,distinct)").Draw(new(new(1, 2), 50, Extreme.None))!;
        Assert.Equal(Enumerable.Range(1, 50).Select(number => (object)(long)number), list);
    }

    [Fact]
    public void The_same_seed_gives_the_same_values_on_every_machine()
    {
        // Recorded once: tests that are known by their seed must not change with a release.
        var random = new SeededRandom(7, 3);
        Assert.Equal("734853 1050 527392 943551 239860", string.Join(' ', Enumerable.Range(0, 5).Select(_ => random.Between(0, 999_999))));
    }

    [Theory]
    [InlineData("number", "'number' is not a type")]
    [InlineData("", "'' is not a type")]
    [InlineData("int(1)", "'int(1)' is not a form of int")]
    [InlineData("int(0.5,1)", "is not a form of int")]
    [InlineData("int(1,2", "a ')' is missing")]
    [InlineData("list[int", "a ']' is missing")]
    [InlineData("list", "'list' takes 1 type in brackets, but there are 0")]
    [InlineData("int[int]", "'int' takes 0 types in brackets, but there are 1")]
    [InlineData("dict[str]", "'dict' takes 2 types in brackets, but there are 1")]
    [InlineData("int int", "'int' stands after the end of the type")]
    [InlineData("int(5,4)", "the range from 5 to 4 is empty at size 1")]
    [InlineData("int(5,size)", "the range from 5 to 1 is empty at size 1")]
    [InlineData("list[int](0,size-2)", "the range from 0 to -1 is empty at size 1")]
    [InlineData("list[int](-1,2)", "a length of -1 at size 1")]
    [InlineData("list[bool](3,distinct)", "3 distinct values are asked for at size 1, of which there are 2")]
    [InlineData("set[int(0,9)](size)", "100 distinct values are asked for at size 100, of which there are 10")]
    [InlineData("list[list[list[int](size)](size)](size)", "may draw more than 1000000 numbers and characters at size 100")]
    [InlineData("choice()", "is not a form of choice")]
    [InlineData("choice(a)", "is not a form of choice")]
    [InlineData("choice(\"\\ud800\")", "is not a form of choice")]
    [InlineData("str(\"\",1)", "is not a form of str")]
    [InlineData("int(1,9007199254740993)", "is not a form of int")]
    public void What_is_no_type_is_an_error_of_the_member(string text, string error)
    {
        var generated = new GeneratedTests { Count = 5, Function = "f", Parameters = ["int", text], Reference = new("python", "") };
        var (member, message) = Assert.Single(new CodeTask("python", []) { Generated = generated }.Errors());
        Assert.Equal("generated.parameters[1]", member);
        Assert.Contains(error, message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_has_an_end()
    {
        var deep = string.Concat(Enumerable.Repeat("list[", 150)) + "int" + new string(']', 150);
        Assert.Equal("types must not be nested deeper than 16", ParameterReader.Read(deep).Error);
        Assert.Equal("must be at most 1000 characters", ParameterReader.Read(new('[', 1001)).Error);
    }

    private static ParameterType Read(string text)
    {
        var (type, error) = ParameterReader.Read(text);
        Assert.Null(error);
        Assert.Empty(type!.Errors(10));
        return type;
    }

    private static string Json(ParameterType type, Extreme extreme) => DrawnJson.Of(type.Draw(new(new(1, 1), 10, extreme)));
}
