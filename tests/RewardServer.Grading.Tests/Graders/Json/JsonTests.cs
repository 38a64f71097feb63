using System.Globalization;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;

namespace RewardServer.Grading.Tests.Graders.Json;

public sealed class JsonTests(SharedSandbox sandbox)
{
    private const string Gold = """{"name":"Ann","age":41,"tags":["a","b"]}""";

    [Theory]
    [InlineData("<answer>{0}</answer>", 1)]
    [InlineData("<answer>\n```json\n{0}\n```\n</answer>", 1)]
    [InlineData("<answer>Here it is: {0}. Good!</answer>", 1)]
    [InlineData("```json\n{0}\n```", 1)]
    [InlineData("```\n{0}\n```\nThat is all.", 1)]
    [InlineData("First\n```json\n{{}}\n```\nwas wrong.\n```json\n{0}\n```", 1)]
    [InlineData("The object is {0}, as [1] says.", 1)]
    [InlineData("The set {{1, 2}} aside: {0}", 1)]
    [InlineData("\\boxed{0}", 1)]
    [InlineData("\\boxed{{{0}}}", 1)]
    [InlineData("{0}", 1)]
    [InlineData("<answer>{0}", 0)]
    [InlineData("[{0}]", 0)]
    [InlineData("[{0}, {0}", 0)]
    [InlineData("```json\n[{0},\n {0}", 0)]
    [InlineData("{{\"all\": [{0}", 0)]
    [InlineData("{0} or {{\"name\":\"Bob\"}}", 0)]
    [InlineData("<!-- {0} --> {{}}", 0)]
    [InlineData("{{}}<|im_end|>{0}", 0)]
    [InlineData("", 0)]
    [InlineData("<think>{0}</think>", 0)]
    public async Task JSON_is_found_where_it_stands(string form, double score) =>
        Assert.Equal(score, (await GradeAsync(Task(Gold), string.Format(CultureInfo.InvariantCulture, form, Gold))).Score);

    [Fact]
    public async Task JSON_in_a_box_may_have_its_braces_escaped() =>
        Assert.Equal(1, (await GradeAsync(Task(Gold), "\\boxed{" + Gold.Replace("{", "\\{").Replace("}", "\\}") + "}")).Score);

    [Theory]
    [InlineData("1", "1.0", 1)]
    [InlineData("1", "1e0", 1)]
    [InlineData("100", "1E+2", 1)]
    [InlineData("0", "-0.0e5", 1)]
    [InlineData("9007199254740993", "9007199254740992", 0)]
    [InlineData("0.1", "0.1000000000000000000000000000001", 0)]
    [InlineData("1e400", "1e401", 0)]
    [InlineData("""{"a":1,"b":2}""", """{"b":2.0,"a":1}""", 1)]
    [InlineData("""{"a":1}""", """{"a":1,"a":1}""", 0)]
    [InlineData("""{"a":1}""", """{"a":1,"b":null}""", 0)]
    [InlineData("[1,2]", "[2,1]", 0)]
    [InlineData("[1,2]", "[1,2]", 1)]
    [InlineData("null", "null", 1)]
    [InlineData("null", "false", 0)]
    [InlineData("\"a\"", "\"\\u0061\"", 1)]
    [InlineData("\"1\"", "1", 0)]
    [InlineData("true", "\"true\"", 0)]
    [InlineData("1", "01", 0)]
    [InlineData("1", "NaN", 0)]
    [InlineData("""{"a":1}""", "{'a':1}", 0)]
    [InlineData("""{"a":1}""", """{"a":1,}""", 0)]
    [InlineData("[]", "{}", 0)]
    public async Task Values_are_compared_as_JSON(string gold, string answer, double score) =>
        Assert.Equal(score, (await GradeAsync(Task(gold), $"<answer>{answer}</answer>")).Score);

    [Theory]
    [InlineData("[1,2,[3,4]]", "[[4,3],2,1]", "", 1)]
    [InlineData("[1,1,2]", "[1,2,2]", "", 0)]
    [InlineData("""[{"a":[1,2]},{"a":[3]}]""", """[{"a":[3]},{"a":[2,1.0]}]""", "", 1)]
    [InlineData("[1,2]", "[2.05,1.05]", ""","absoluteTolerance":0.1""", 1)]
    [InlineData("[[1.0,5],[1.05,3]]", "[[1.01,3],[1.04,5]]", ""","absoluteTolerance":0.1""", 1)]
    [InlineData("[1,2]", "[2.05,1.2]", ""","absoluteTolerance":0.1""", 0)]
    public async Task Arrays_may_be_unordered(string gold, string answer, string more, double score) =>
        Assert.Equal(score, (await GradeAsync(Task(gold, $""","arrays":"unordered"{more}"""), $"<answer>{answer}</answer>")).Score);

    [Theory]
    [InlineData("[1.04]", ""","absoluteTolerance":0.05""", 1)]
    [InlineData("[1.06]", ""","absoluteTolerance":0.05""", 0)]
    [InlineData("[1.04]", ""","relativeTolerance":0.05""", 1)]
    public async Task Numbers_may_differ_by_a_tolerance(string answer, string more, double score) =>
        Assert.Equal(score, (await GradeAsync(Task("[1]", more), $"<answer>{answer}</answer>")).Score);

    [Fact]
    public async Task Any_of_several_golds_will_do()
    {
        const string Task = """{"kind":"json","answers":[1,{"a":[]},null]}""";
        Assert.Equal(1, (await GradeAsync(Task, """<answer>{"a":[]}</answer>""")).Score);
        Assert.Equal(1, (await GradeAsync(Task, "<answer>null</answer>")).Score);
        Assert.Equal(0, (await GradeAsync(Task, "<answer>2</answer>")).Score);
    }

    [Fact]
    public async Task A_gold_that_names_a_member_twice_is_skipped_whatever_the_candidate_wrote()
    {
        foreach (var completion in new[] { """<answer>{"a":1}</answer>""", "" })
        {
            var found = await GradeAsync(Task("""{"a":1,"a":1}"""), completion);
            Assert.Equal(Outcome.Skipped, found.Outcome);
            Assert.Contains("task.answer", found.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_first_difference_is_told_by_its_place() =>
        Assert.Equal("$.tags[1] of the answer is the string 'c' where the string 'b' was expected", (await GradeAsync(Task(Gold), """<answer>{"name":"Ann","age":41,"tags":["a","c"]}</answer>""")).Reason);

    [Fact]
    public async Task An_answer_only_in_the_thinking_and_several_fences_carry_signals()
    {
        Assert.Contains(Signal.AnswerOnlyInThinking, (await GradeAsync(Task(Gold), $"<think>{Gold}</think>Done.")).Signals);
        Assert.Contains(Signal.SeveralAnswerBlocks, (await GradeAsync(Task(Gold), $"```json\n[1]\n```\n```json\n{Gold}\n```")).Signals);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    [InlineData("[1,")]
    [InlineData("\"")]
    [InlineData("{ ")]
    [InlineData("[]")]
    [InlineData("```json\n{}\n```\n")]
    [InlineData("{]")]
    [InlineData("\\{")]
    [InlineData("<!--")]
    public async Task A_million_characters_are_judged(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));
        foreach (var completion in new[] { text, $"<answer>{text}</answer>", $"\\boxed{{{text}}}" })
        {
            Assert.Equal(0, (await GradeAsync(Task(Gold), completion)).Score);
        }
    }

    [Fact]
    public async Task A_comparison_that_is_too_costly_is_wrong_with_a_signal()
    {
        var gold = $"[{string.Join(",", Enumerable.Range(0, 450).Select(i => $"[{string.Join(",", Enumerable.Range(0, 30).Select(_ => 0))},{i}]"))}]";
        var answer = $"[{string.Join(",", Enumerable.Range(0, 450).Select(i => $"[{string.Join(",", Enumerable.Range(0, 30).Select(_ => 0))},{i}{(i == 449 ? ".4" : "")}]"))}]";
        var found = await GradeAsync(Task(gold, ""","arrays":"unordered","absoluteTolerance":0.3"""), $"<answer>{answer}</answer>");
        Assert.Equal(0, found.Score);
        Assert.Contains(Signal.Budget, found.Signals);
    }

    [Fact]
    public async Task Being_the_same_is_an_equivalence_relation()
    {
        string[][] classes =
        [
            ["1", "1.0", "10e-1", "0.1E1"], ["-1", "-1.00"], ["0", "-0", "0.000e9"], ["\"1\""], ["true"], ["false"], ["null"], ["[]"], ["{}"], ["[1]", "[1.0]", "[ 1e0 ]"], ["[1,2]"], ["[2,1]"],
            ["{\"a\":1,\"b\":[2]}", "{\"b\":[2.0],\"a\":1}"], ["{\"a\":1}"], ["1e400", "10e399"], ["12345678901234567890123", "12345678901234567890123.0"], ["12345678901234567890124"],
        ];
        foreach (var (one, first) in classes.Index().SelectMany(pair => pair.Item.Select(text => (pair.Index, text))))
        {
            foreach (var (other, second) in classes.Index().SelectMany(pair => pair.Item.Select(text => (pair.Index, text))))
            {
                Assert.True((await GradeAsync(Task(first), $"<answer>{second}</answer>")).Score == (one == other ? 1 : 0), $"{first}, {second}");
            }
        }
    }

    private static string Task(string gold, string more = "") => $$"""{"kind":"json","answer":{{gold}}{{more}}}""";

    private Task<GradedComponent> GradeAsync(string task, string completion) => Answering.GradeAsync(sandbox, task, completion);
}
