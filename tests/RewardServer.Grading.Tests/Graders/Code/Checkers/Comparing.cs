using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Graders.Code.Checkers;

namespace RewardServer.Grading.Tests.Graders.Code.Checkers;

public sealed class Comparing
{
    private static readonly Checker Lines = new(), Tokens = new() { Kind = CheckerKind.Tokens }, Json = new() { Kind = CheckerKind.Json }, Exact = new() { Kind = CheckerKind.Exact };

    private static string? Difference(Checker checker, string expected, string given) => OutputComparison.Compare(checker, expected, given).Difference;

    private static bool Agree(Checker checker, string expected, string given)
    {
        var comparison = OutputComparison.Compare(checker, expected, given);
        Assert.True((comparison.Difference ?? "").Length < 400);
        return comparison.Agrees;
    }

    [Theory]
    [InlineData("a\nb", "a  \nb\n\n", true)]
    [InlineData("a\nb", "a\r\nb\r\n", true)]
    [InlineData("a\n\nb", "a\nb", false)]
    [InlineData("a b", "a  b", false)]
    [InlineData("a", " a", false)]
    [InlineData("a", "a\0", false)]
    [InlineData("", "", true)]
    [InlineData("", "\n \t\n", true)]
    [InlineData("", "a", false)]
    public void Lines_are_equal_but_for_white_space_at_their_ends(string expected, string given, bool agree) => Assert.Equal(agree, Agree(Lines, expected, given));

    [Theory]
    [InlineData("a b\nc", "a\tb c", true)]
    [InlineData("a b", "ab", false)]
    [InlineData("a b", "a", false)]
    [InlineData("a", "a b", false)]
    [InlineData("1", "1.0", false)]
    public void Tokens_are_what_stands_between_white_space(string expected, string given, bool agree) => Assert.Equal(agree, Agree(Tokens, expected, given));

    [Theory]
    [InlineData("a\n", "a\n", true)]
    [InlineData("a\n", "a", false)]
    [InlineData("a\n", "a\r\n", false)]
    public void Exactly_means_every_byte(string expected, string given, bool agree) => Assert.Equal(agree, Agree(Exact, expected, given));

    [Fact]
    public void Bytes_that_are_no_text_are_a_difference()
    {
        Assert.Equal("the output differs at byte 2 (line 1): '\uFFFD' where 'b' was expected", OutputComparison.Compare(Exact, "ab", new byte[] { 97, 0xff }).Difference);
        Assert.False(OutputComparison.Compare(Lines, "ab", new byte[] { 97, 0xff }).Agrees);
        Assert.True(OutputComparison.CompareBytes(new byte[] { 0xff, 0 }, new byte[] { 0xff, 0 }).Agrees);
    }

    [Theory]
    [InlineData(CheckerKind.Exact)]
    [InlineData(CheckerKind.Lines)]
    [InlineData(CheckerKind.Tokens)]
    public void Case_can_be_ignored(CheckerKind kind)
    {
        Assert.True(Agree(new() { Kind = kind, IgnoreCase = true }, "Yes \u00c9", "YES \u00e9"));
        Assert.False(Agree(new() { Kind = kind, IgnoreCase = true }, "yes", "yet"));
        Assert.False(Agree(new() { Kind = kind }, "Yes", "YES"));
    }

    [Fact]
    public void A_difference_names_its_place_and_shows_little()
    {
        Assert.Equal("line 2 of the output is 'x' where 'b' was expected", Difference(Lines, "a\nb", "a\nx"));
        Assert.Equal("token 3 of the output is 'x' where 'c' was expected", Difference(Tokens, "a b c", "a b x"));
        Assert.Equal("the output ends where 'c' was expected as token 3", Difference(Tokens, "a b c", "a b"));
        Assert.Equal("token 2 of the output is 'b' where its end was expected", Difference(Tokens, "a", "a b"));
        Assert.Equal("$.a[1].b of the output is '2' where '1' was expected", Difference(Json, """{"a":[0,{"b":1}]}""", """{"a":[0,{"b":2}]}"""));
        Assert.Equal("$.a of the output lacks the member 'b'", Difference(Json, """{"a":{"b":1}}""", """{"a":{}}"""));
        Assert.Equal("the output has the member 'c', which was not expected", Difference(Json, """{"b":1}""", """{"b":1,"c":2}"""));
        Assert.Equal($"line 1 of the output is '{new string('x', 80)}…' (1000 characters) where 'a' was expected", Difference(Lines, "a", new string('x', 1000)));
    }

    [Theory]
    [InlineData("1", "1.1", 0.1, 0, true)]
    [InlineData("1", "1.1000001", 0.1, 0, false)]
    [InlineData("0.5", ".5", 1e-9, 0, true)]
    [InlineData("100", "1.0e2", 1e-9, 0, true)]
    [InlineData("1000000", "1000001", 0, 1e-6, true)]
    [InlineData("1000000", "1000001.1", 0, 1e-6, false)]
    [InlineData("1000000", "999999", 0, 1e-6, true)]
    [InlineData("0", "1e-300", 0, 1e-6, false)]
    [InlineData("-1", "1", 1e-6, 1e-6, false)]
    [InlineData("1 2 x", "1.0 2.0 x", 1e-6, 0, true)]
    [InlineData("1 2 x", "1.0 2.0 y", 1e-6, 0, false)]
    [InlineData("1 2", "1", 1e-6, 0, false)]
    [InlineData("9007199254740993", "9007199254740992", 0.5, 0, false)]
    [InlineData("9007199254740993", "9007199254740993", 0.5, 0, true)]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567891", 1, 0, true)]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567892", 1, 0, false)]
    [InlineData("1e300", "1.0000001e300", 0, 1e-6, true)]
    [InlineData("1e308", "-1e308", 1e300, 1, false)]
    public void Numbers_may_differ_by_a_tolerance(string expected, string given, double absolute, double relative, bool agree)
    {
        foreach (var kind in new[] { CheckerKind.Lines, CheckerKind.Tokens })
        {
            Assert.Equal(agree, Agree(new() { Kind = kind, AbsoluteTolerance = absolute, RelativeTolerance = relative }, expected, given));
        }
    }

    [Theory]
    [InlineData("nan")]
    [InlineData("-NaN")]
    [InlineData("inf")]
    [InlineData("+Infinity")]
    [InlineData("nan(1)")]
    [InlineData("1e999")]
    [InlineData("-1e9999999999999999999999")]
    [InlineData("0x1p0")]
    [InlineData("1_0")]
    [InlineData("\u0661")]
    public void What_only_looks_like_a_number_stands_for_none_and_is_a_signal(string given)
    {
        foreach (var kind in new[] { CheckerKind.Lines, CheckerKind.Tokens })
        {
            var checker = new Checker { Kind = kind, AbsoluteTolerance = 1e300, RelativeTolerance = 1e300 };
            Assert.Equal((false, Signal.CheckTampering), (OutputComparison.Compare(checker, "10", given).Agrees, OutputComparison.Compare(checker, "10", given).Signal));
            Assert.True(Agree(checker, given, given));
            Assert.False(Agree(checker, given, "10"));
            Assert.False(Agree(checker, given, given + "0"));
        }

        Assert.Equal(Signal.CheckTampering, OutputComparison.Compare(new() { Kind = CheckerKind.Tokens, AbsoluteTolerance = 1 }, "1", "1." + new string('0', 2000)).Signal);
        Assert.Null(OutputComparison.Compare(new() { Kind = CheckerKind.Tokens, AbsoluteTolerance = 1 }, "10", "ten").Signal);
        Assert.Null(OutputComparison.Compare(new() { Kind = CheckerKind.Tokens, AbsoluteTolerance = 1 }, "10", "1,0").Signal);
    }

    [Theory]
    [InlineData("""{"a":1,"b":[true,null,"x"]}""", """ { "b" : [ true , null , "x" ], "a" : 1.0 } """, true)]
    [InlineData("1", "1.0", true)]
    [InlineData("100", "1e2", true)]
    [InlineData("-0", "0.000", true)]
    [InlineData("0.1", "0.10000000000000001", false)]
    [InlineData("1", "true", false)]
    [InlineData("1", "\"1\"", false)]
    [InlineData("\"\\u0041\"", "\"A\"", true)]
    [InlineData("\"a\"", "\"A\"", false)]
    [InlineData("[1,2]", "[2,1]", false)]
    [InlineData("[1,2]", "[1]", false)]
    [InlineData("[]", "{}", false)]
    [InlineData("null", "", false)]
    [InlineData("1", "1 2", false)]
    [InlineData("1", "01", false)]
    [InlineData("{\"a\":1}", "{\"a\":2,\"a\":1}", false)]
    [InlineData("{\"a\":1}", "{\"\\u0061\":1}", true)]
    [InlineData("\"\uFFFD\"", "\"\\ud800\"", true)]
    public void JSON_is_equal_by_its_values(string expected, string given, bool agree) => Assert.Equal(agree, Agree(Json, expected, given));

    [Theory]
    [InlineData("NaN")]
    [InlineData("[1, NaN]")]
    [InlineData("[1,-Infinity]")]
    [InlineData("[1,1e999]")]
    public void JSON_has_no_words_for_what_is_no_number(string given)
    {
        var comparison = OutputComparison.Compare(Json with { AbsoluteTolerance = 1 }, "[1,2]", given);
        Assert.Equal((false, Signal.CheckTampering), (comparison.Agrees, comparison.Signal));
    }

    [Fact]
    public void Numbers_in_JSON_may_differ_by_a_tolerance()
    {
        Assert.True(Agree(Json with { AbsoluteTolerance = 1e-6 }, """{"a":[0.3]}""", """{"a":[0.30000000000000004]}"""));
        Assert.False(Agree(Json with { AbsoluteTolerance = 1e-6 }, """["0.3"]""", """["0.30000000000000004"]"""));
    }

    [Theory]
    [InlineData(CheckerKind.Lines, "a\nb\na", "a\na\nb", true)]
    [InlineData(CheckerKind.Lines, "a\nb\na", "a\nb\nb", false)]
    [InlineData(CheckerKind.Lines, "a\nb", "a\nb\nb", false)]
    [InlineData(CheckerKind.Lines, "a\n\nb", "\na\nb", true)]
    [InlineData(CheckerKind.Tokens, "a b\na", "a\na b", true)]
    [InlineData(CheckerKind.Tokens, "a b\na", "a b\nb", false)]
    [InlineData(CheckerKind.Json, "[1,[2,3],{\"a\":1}]", "[{\"a\":1.0},1,[2,3]]", true)]
    [InlineData(CheckerKind.Json, "[1,[2,3]]", "[1,[3,2]]", false)]
    [InlineData(CheckerKind.Json, "[1,1,2]", "[1,2,2]", false)]
    public void Order_can_be_without_meaning_and_number_never_is(CheckerKind kind, string expected, string given, bool agree) =>
        Assert.Equal(agree, Agree(new() { Kind = kind, Unordered = true }, expected, given));

    [Fact]
    public void What_was_not_expected_is_told_without_an_order()
    {
        var unordered = Lines with { Unordered = true };
        Assert.Equal("the output has the line 'b', which was not expected, or not so often", Difference(unordered, "a\nc", "b\na"));
        Assert.Equal("the output lacks the line 'b', or has it too seldom", Difference(unordered, "a\nb", "c\na"));
        Assert.Equal("the output has 1 lines where 2 were expected", Difference(unordered, "a\nb", "a"));
    }

    [Fact]
    public void Tolerance_and_disorder_go_together()
    {
        // Sorted, the first numbers change places by their errors, and pairs must be looked for.
        Assert.True(Agree(new() { Unordered = true, AbsoluteTolerance = 0.01 }, "1.000 3\n1.001 2", "1.000 2\n1.001 3"));
        Assert.False(Agree(new() { Unordered = true, AbsoluteTolerance = 0.01 }, "1.000 3\n1.001 2", "1.000 2\n1.001 2"));
        Assert.True(Agree(Json with { Unordered = true, AbsoluteTolerance = 0.01 }, "[[1.000,3],[1.001,2]]", "[[1.000,2],[1.001,3]]"));
        Assert.True(Agree(Tokens with { Unordered = true, AbsoluteTolerance = 1 }, "0 1", "-1 0"));
    }

    [Fact]
    public void An_expected_text_that_is_no_JSON_can_be_told_beforehand()
    {
        Assert.Null(OutputComparison.Unjudgeable(Json, "[1]"));
        Assert.Equal("the expected output of a test is no JSON of at most 256 levels (line 1, byte 2)", OutputComparison.Unjudgeable(Json, "[x]"));
        Assert.Equal("the expected output of a test names the member 'a' of an object twice", OutputComparison.Unjudgeable(Json, "{\"a\":1,\"a\":1}"));
        Assert.Null(OutputComparison.Unjudgeable(Lines, "[x]"));
    }

    [Theory]
    [InlineData("YES", "YES\nNO", true)]
    [InlineData("YES", "NO\nYES\n", true)]
    [InlineData("1\n2", "0\n1\n2\n3", true)]
    [InlineData("1\n1\n2", "1\n1\n1\n2", true)]
    [InlineData("1\n2", "1\n3\n2", false)]
    [InlineData("YES", "NO", false)]
    [InlineData("YES", "YES", false)]
    [InlineData("", "anything", false)]
    public void Printing_every_answer_is_seen(string expected, string given, bool hedged)
    {
        Assert.Equal(hedged, HedgedOutput.Holds(Lines, expected, given));
        Assert.Equal(hedged, HedgedOutput.Holds(Tokens, expected, given.Replace('\n', ' ')));
    }
}
